import type { Reader } from "../../world.ts";
import { findAiffData } from "../walk/aiff.ts";
import { findWavData, isPlainCodec } from "../walk/riff.ts";
import { alawSample, mulawSample } from "./g711.ts";
import type { Channels, Sound } from "./sound.ts";

/** How many samples of each channel are decoded at once. */
const blockSamples = 1 << 16;

/** Where the samples of a file lie, and how one of them is read. */
interface PlainSamples {
  readonly start: number;
  readonly bytes: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly sampleBytes: number;
  readonly read: ReadSample;
}

/** Reads the sample that begins at a byte. */
type ReadSample = (view: DataView, at: number) => number;

/** Decodes the samples of a WAV (RF64 too) or AIFF file, a block at a time; nothing when they are not plain. */
export async function* decodePlain(
  reader: Reader,
  key: "wav" | "aiff",
  wanted: Channels,
): AsyncGenerator<Sound> {
  const found = key === "wav" ? await plainWav(reader) : await plainAiff(reader);
  if (found === null) return;
  const { start, bytes, channels, sampleRate, sampleBytes, read } = found;
  const frameBytes = channels * sampleBytes;
  const end = start + Math.floor(bytes / frameBytes) * frameBytes;
  const buffers = [new Uint8Array(blockSamples * frameBytes), new Uint8Array(blockSamples * frameBytes)];
  const fill = async (position: number, block: number): Promise<DataView> => {
    const buffer = buffers[block % 2] ?? new Uint8Array(0);
    const wanted = buffer.subarray(0, Math.max(0, Math.min(buffer.length, end - position)));
    const filled = await reader.readInto(wanted, position);
    return new DataView(buffer.buffer, 0, filled - (filled % frameBytes));
  };
  let position = start;
  let next = fill(position, 0);
  for (let block = 1; ; block += 1) {
    const view = await next;
    if (view.byteLength === 0) return;
    position += view.byteLength;
    // The disk reads on while this block is decoded and used.
    next = fill(position, block);
    const samples = (channel: number) => samplesIn(view, { read, first: channel * sampleBytes, frameBytes });
    yield {
      channels:
        wanted === "all"
          ? Array.from({ length: channels }, (_, channel) => samples(channel))
          : wanted === "mean"
            ? [meansIn(view, { read, sampleBytes, frameBytes })]
            : [wanted < channels ? samples(wanted) : new Float32Array(view.byteLength / frameBytes)],
      sampleRate,
    };
  }
}

interface Stride {
  readonly read: ReadSample;
  readonly first: number;
  readonly frameBytes: number;
}

function samplesIn(view: DataView, { read, first, frameBytes }: Stride): Float32Array {
  const samples = new Float32Array(view.byteLength / frameBytes);
  for (let index = 0, at = first; index < samples.length; index += 1, at += frameBytes) {
    samples[index] = read(view, at);
  }
  return samples;
}

/** What channelOf makes of all channels, in one pass: studios' recordings are large. */
function meansIn(
  view: DataView,
  { read, sampleBytes, frameBytes }: Pick<PlainSamples, "read" | "sampleBytes"> & Pick<Stride, "frameBytes">,
): Float32Array {
  const means = new Float32Array(view.byteLength / frameBytes);
  const share = sampleBytes / frameBytes;
  for (let index = 0, at = 0; index < means.length; index += 1) {
    let sum = 0;
    for (const end = at + frameBytes; at < end; at += sampleBytes) sum += read(view, at);
    means[index] = sum * share;
  }
  return means;
}

async function plainWav(reader: Reader): Promise<PlainSamples | null> {
  const data = await findWavData(reader);
  if (data === null) return null;
  const { codec, channels, sampleRate, blockBytes } = data.format;
  if (sampleRate === null || blockBytes === 0 || !isPlainCodec(codec)) return null;
  const sampleBytes = blockBytes / channels;
  const read = readerOf(codec, { sampleBytes, littleEndian: true, isUnsigned: sampleBytes === 1 });
  return read && { start: data.start, bytes: data.bytes, channels, sampleRate, sampleBytes, read };
}

async function plainAiff(reader: Reader): Promise<PlainSamples | null> {
  const data = await findAiffData(reader);
  if (data === null) return null;
  const { codec, channels, sampleRate, blockBytes } = data.common;
  if (sampleRate === null || blockBytes === 0 || !isPlainCodec(codec)) return null;
  const sampleBytes = blockBytes / channels;
  const type = Buffer.from(data.commonChunk.subarray(18, 22)).toString("latin1");
  const read = readerOf(codec, {
    sampleBytes,
    littleEndian: type === "sowt",
    isUnsigned: type === "raw ",
  });
  return read && { start: data.start, bytes: data.bytes, channels, sampleRate, sampleBytes, read };
}

interface SampleForm {
  readonly sampleBytes: number;
  readonly littleEndian: boolean;
  readonly isUnsigned: boolean;
}

function readerOf(codec: string, { sampleBytes, littleEndian, isUnsigned }: SampleForm): ReadSample | null {
  if (codec === "alaw") return (view, at) => alawSample(view.getUint8(at));
  if (codec === "mulaw") return (view, at) => mulawSample(view.getUint8(at));
  if (codec === "float") {
    if (sampleBytes === 4) return (view, at) => view.getFloat32(at, littleEndian);
    return sampleBytes === 8 ? (view, at) => view.getFloat64(at, littleEndian) : null;
  }
  switch (sampleBytes) {
    case 1:
      return isUnsigned ? (view, at) => view.getUint8(at) / 128 - 1 : (view, at) => view.getInt8(at) / 128;
    case 2:
      return (view, at) => view.getInt16(at, littleEndian) / 32_768;
    case 3:
      return littleEndian
        ? (view, at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 8_388_608
        : (view, at) => ((view.getInt16(at) << 8) | view.getUint8(at + 2)) / 8_388_608;
    case 4:
      return (view, at) => view.getInt32(at, littleEndian) / 2_147_483_648;
    default:
      return null;
  }
}
