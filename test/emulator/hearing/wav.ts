import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { listeningRate } from "../tone/analyse.ts";
import { SampleQueue } from "../tone/sample-queue.ts";

/** How a WAV file's samples lie in it. */
interface WavFormat {
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSample: number;
  readonly isFloat: boolean;
  readonly dataStart: number;
  /** Exclusive. */
  readonly dataEnd: number;
}

/** The samples of a WAV file as one channel at the listening rate, streamed; null for one that is not PCM. */
export async function readWav(path: string): Promise<AsyncIterable<Float32Array> | null> {
  const format = await readWavFormat(path);
  return format === null ? null : resample(monoSamples(path, format), format.sampleRate);
}

async function readWavFormat(path: string): Promise<WavFormat | null> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, 1 << 16));
    await handle.read(head, 0, head.length, 0);
    if (head.toString("latin1", 0, 4) !== "RIFF" || head.toString("latin1", 8, 12) !== "WAVE") return null;
    let format: Omit<WavFormat, "dataStart" | "dataEnd"> | null = null;
    for (let at = 12; at + 8 <= head.length; ) {
      const id = head.toString("latin1", at, at + 4);
      const length = head.readUInt32LE(at + 4);
      if (id === "fmt ") format = readFormatChunk(head.subarray(at + 8, at + 8 + length));
      if (id === "data") {
        return format && { ...format, dataStart: at + 8, dataEnd: Math.min(size, at + 8 + length) };
      }
      at += 8 + length + (length % 2);
    }
    return null;
  } finally {
    await handle.close();
  }
}

function readFormatChunk(chunk: Buffer): Omit<WavFormat, "dataStart" | "dataEnd"> | null {
  const tag = chunk.readUInt16LE(0);
  // In the extensible form, the codec is the first half of the sub-format's identifier.
  const codec = tag === 0xfffe && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  if (codec !== 1 && codec !== 3) return null;
  return {
    channels: chunk.readUInt16LE(2),
    sampleRate: chunk.readUInt32LE(4),
    bytesPerSample: chunk.readUInt16LE(14) / 8,
    isFloat: codec === 3,
  };
}

async function* monoSamples(path: string, format: WavFormat): AsyncGenerator<Float32Array> {
  const { channels, bytesPerSample, dataStart, dataEnd } = format;
  if (dataEnd <= dataStart) return;
  const frameBytes = channels * bytesPerSample;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, {
    start: dataStart,
    end: dataEnd - 1,
    highWaterMark: 1 << 20,
  })) {
    const bytes = Buffer.concat([rest, chunk]);
    const frames = Math.floor(bytes.length / frameBytes);
    yield mix(bytes, frames, format);
    rest = bytes.subarray(frames * frameBytes);
  }
}

function mix(bytes: Buffer, frames: number, format: WavFormat): Float32Array {
  const { channels, bytesPerSample } = format;
  const mono = new Float32Array(frames);
  if (channels === 1 && bytesPerSample === 2) {
    // What most recordings are: no need to look at the format for each sample.
    const view = new DataView(bytes.buffer, bytes.byteOffset, frames * 2);
    for (let frame = 0; frame < frames; frame += 1) mono[frame] = view.getInt16(frame * 2, true) / 32_768;
    return mono;
  }
  for (let frame = 0, at = 0; frame < frames; frame += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1, at += bytesPerSample)
      sum += sampleAt(bytes, at, format);
    mono[frame] = sum / channels;
  }
  return mono;
}

function sampleAt(bytes: Buffer, at: number, { bytesPerSample, isFloat }: WavFormat): number {
  if (bytesPerSample === 2) return bytes.readInt16LE(at) / 32_768;
  if (isFloat) return bytesPerSample === 8 ? bytes.readDoubleLE(at) : bytes.readFloatLE(at);
  if (bytesPerSample === 1) return (bytes.readUInt8(at) - 128) / 128;
  return bytes.readIntLE(at, bytesPerSample) / 2 ** (8 * bytesPerSample - 1);
}

/** Each sample at the listening rate is the mean of those that lie in its time, or the nearest one. */
async function* resample(source: AsyncIterable<Float32Array>, rate: number): AsyncGenerator<Float32Array> {
  if (rate === listeningRate) return yield* source;
  const ratio = rate / listeningRate;
  const queue = new SampleQueue();
  let consumed = 0;
  let produced = 0;
  for await (const chunk of source) {
    queue.add(chunk);
    const held = queue.first(queue.length);
    const out = new Float32Array(Math.max(0, Math.floor((consumed + held.length) / ratio) - produced));
    for (let index = 0; index < out.length; index += 1) {
      const from = Math.floor((produced + index) * ratio) - consumed;
      const to = Math.max(from + 1, Math.floor((produced + index + 1) * ratio) - consumed);
      let sum = 0;
      for (let at = from; at < to; at += 1) sum += held[at] ?? 0;
      out[index] = sum / (to - from);
    }
    produced += out.length;
    const done = Math.min(held.length, Math.floor(produced * ratio) - consumed);
    queue.drop(done);
    consumed += done;
    yield out;
  }
}
