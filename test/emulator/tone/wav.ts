import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Speech, speak } from "./speak.ts";

/** The header of a WAV file of 16-bit samples in one channel. */
function wavHeader(sampleRate: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** Speech as the bytes of a WAV file. */
export function* wavOf(speech: Speech): Generator<Buffer> {
  yield wavHeader(speech.sampleRate, Math.round(speech.seconds * speech.sampleRate) * 2);
  for (const samples of speak(speech))
    yield Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Writes speech as a WAV file. */
export async function writeWav(path: string, speech: Speech): Promise<void> {
  await pipeline(Readable.from(wavOf(speech)), createWriteStream(path));
}
