import type { Reader } from "../../world.ts";
import type { Range } from "../piece.ts";
import { findAiffData } from "../walk/aiff.ts";
import { findWavData, isPlainCodec } from "../walk/riff.ts";
import type { FoundPiece } from "./frames.ts";

/** A piece whose samples need a header of their own. */
export interface SamplesPiece extends FoundPiece {
  readonly header: Uint8Array;
}

interface Samples {
  readonly start: number;
  readonly bytes: number;
  readonly blockBytes: number;
  readonly rate: number;
}

/** Finds the samples of a range in a WAV file (RF64 too), and makes the header of a WAV file of them. */
export async function findWavSamples(reader: Reader, range: Range): Promise<SamplesPiece | null> {
  const data = await findWavData(reader);
  if (data === null || data.format.sampleRate === null || !isPlainCodec(data.format.codec)) return null;
  const { blockBytes, sampleRate: rate } = data.format;
  const found = samplesOf({ start: data.start, bytes: data.bytes, blockBytes, rate }, range);
  if (found === null) return null;
  const bytes = sizeOf(found);
  const riffBytes = 4 + 8 + data.formatChunk.length + 8 + bytes;
  return {
    ...found,
    header: join(
      "RIFF",
      little(riffBytes),
      "WAVE",
      "fmt ",
      little(data.formatChunk.length),
      data.formatChunk,
      "data",
      little(bytes),
    ),
  };
}

/** Finds the samples of a range in an AIFF or AIFC file, and makes the header of such a file of them. */
export async function findAiffSamples(reader: Reader, range: Range): Promise<SamplesPiece | null> {
  const data = await findAiffData(reader);
  if (data === null || data.common.sampleRate === null || !isPlainCodec(data.common.codec)) return null;
  const { blockBytes, sampleRate: rate } = data.common;
  const found = samplesOf({ start: data.start, bytes: data.bytes, blockBytes, rate }, range);
  if (found === null) return null;
  const bytes = sizeOf(found);
  const common = Uint8Array.from(data.commonChunk);
  common.set(big(bytes / blockBytes), 2);
  const type = Buffer.from(await reader.read(8, 4)).toString("latin1");
  const padded = join(common, new Uint8Array(common.length % 2));
  const formBytes = 4 + 8 + padded.length + 8 + 8 + bytes;
  const sound = join("SSND", big(8 + bytes), new Uint8Array(8));
  return { ...found, header: join("FORM", big(formBytes), type, "COMM", big(common.length), padded, sound) };
}

function samplesOf({ start, bytes, blockBytes, rate }: Samples, range: Range): FoundPiece | null {
  if (blockBytes === 0) return null;
  const blocks = Math.floor(bytes / blockBytes);
  const first = Math.min(blocks, Math.max(0, Math.floor(range.start * rate)));
  const end = Math.min(blocks, Math.ceil(range.end * rate));
  if (end <= first) return null;
  const spans = [{ from: start + first * blockBytes, to: start + end * blockBytes }];
  return { spans, start: first / rate, end: end / rate };
}

/** How many bytes a piece's spans hold. */
export function sizeOf({ spans }: FoundPiece): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

function join(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
}

function little(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function big(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
