import type { Reader } from "../../world.ts";
import { type Chunk, chunksOf, hasFileBehind } from "./chunks.ts";
import { type Follower, plausibleRate, unknownWalk, type Walk } from "./walk.ts";

/** What the fmt chunk tells of the samples. */
interface SampleFormat {
  readonly codec: string;
  readonly channels: number;
  readonly sampleRate: number | null;
  /** Of one sample of every channel, or of one block of a compressed codec. */
  readonly blockBytes: number;
  /** How many samples a block of a compressed codec holds; 0 when it is not told. */
  readonly samplesPerBlock: number;
}

/** Codecs by their registered tag [RFC 2361]. */
const codecs: Readonly<Record<number, string>> = {
  1: "pcm",
  2: "adpcm",
  3: "float",
  6: "alaw",
  7: "mulaw",
  17: "adpcm",
  49: "gsm610",
  80: "mp2",
  85: "mp3",
  255: "aac",
};

const extensible = 0xfffe;

/** Writers that stream put this where they do not know the size yet. */
const unknownSize = 0xffff_ffff;

/** Where the samples of a WAV file lie, and how they are told of. */
export interface WavData {
  readonly format: SampleFormat;
  /** The body of the fmt chunk. */
  readonly formatChunk: Uint8Array;
  readonly start: number;
  /** What is there of them. */
  readonly bytes: number;
  /** What the headers say of their size; null when they leave it open. */
  readonly stated: number | null;
  readonly factSamples: number | null;
}

/**
 * Reads the chunks of a WAV file, RF64 and BW64 too. Only headers are read. The samples that are there
 * count, whatever the data chunk says: it may say nothing, or more than the file holds.
 */
export async function walkRiff(reader: Reader, _follower: Follower): Promise<Walk> {
  const data = await findWavData(reader);
  if (data === null) return unknownWalk;
  const walk = measure(data, reader.sizeBytes - data.start);
  const behind = { from: data.start + data.bytes + (data.bytes % 2), littleEndian: true };
  const isJoined = await hasFileBehind(reader, behind);
  return isJoined ? { ...walk, flaws: [...walk.flaws, { kind: "joined" }] } : walk;
}

/** Finds the samples of a WAV file; null when there are none, or nothing tells what they are. */
export async function findWavData(reader: Reader): Promise<WavData | null> {
  let formatChunk = new Uint8Array(0);
  let stated64: number | null = null;
  let factSamples: number | null = null;
  for await (const chunk of chunksOf(reader, { from: 12, littleEndian: true })) {
    const body = (most: number) => reader.read(chunk.start, Math.min(chunk.bytes, most));
    if (chunk.id === "fmt ") formatChunk = Uint8Array.from(await body(longestFormatBytes));
    if (chunk.id === "ds64") stated64 = readDataSize64(await body(28));
    if (chunk.id === "fact") factSamples = readUint32(await body(4));
    if (chunk.id !== "data") continue;
    const format = readFormat(formatChunk);
    if (format === null) return null;
    const there = reader.sizeBytes - chunk.start;
    const said = statedBytes(chunk, stated64);
    const isOpen = said === null || (said === 0 && !(await isChunkAt(reader, chunk.start)));
    // Sizes of 4 GB and more have lost their upper bits: what follows then is no chunk, but samples.
    const next = chunk.start + (said ?? 0) + ((said ?? 0) % 2);
    const isWrapped = said !== null && !isOpen && next < reader.sizeBytes && !(await isChunkAt(reader, next));
    const bytes = isOpen || isWrapped ? there : Math.min(said, there);
    return { format, formatChunk, start: chunk.start, bytes, stated: isOpen ? null : said, factSamples };
  }
  return null;
}

/** Codecs of a few samples a block keep tables here. */
const longestFormatBytes = 4_096;

function measure({ format, bytes, stated, factSamples }: WavData, there: number): Walk {
  const { codec, channels, sampleRate, blockBytes } = format;
  const samples = samplesIn(format, bytes, bytes === stated ? factSamples : null);
  const duration = sampleRate === null ? 0 : samples / sampleRate;
  const perSecond = isPlainCodec(codec) && sampleRate !== null ? blockBytes * sampleRate : 0;
  return {
    ...unknownWalk,
    codec,
    channels,
    sampleRate,
    duration: duration > 0 ? duration : null,
    durationFrom: duration <= 0 ? "unknown" : bytes === stated ? "header" : "scan",
    stated: stated === null || perSecond === 0 ? null : stated / perSecond,
    flaws: stated !== null && stated > there ? [{ kind: "truncated" }] : [],
  };
}

/** A compressed codec's samples are counted by its blocks, or else told by the fact chunk; 0 when nothing tells. */
function samplesIn(format: SampleFormat, bytes: number, factSamples: number | null): number {
  const { codec, blockBytes, samplesPerBlock } = format;
  if (blockBytes === 0) return 0;
  if (isPlainCodec(codec)) return Math.floor(bytes / blockBytes);
  const isTold = factSamples !== null && factSamples > 0 && factSamples !== unknownSize;
  if (isTold) return factSamples;
  return codec === "adpcm" ? Math.ceil(bytes / blockBytes) * samplesPerBlock : 0;
}

/** Whether every sample of a codec stands for itself, so that samples can be counted and cut by bytes. */
export function isPlainCodec(codec: string): boolean {
  return ["pcm", "float", "alaw", "mulaw"].includes(codec);
}

function statedBytes({ statedBytes: stated }: Chunk, stated64: number | null): number | null {
  return stated === unknownSize ? stated64 : stated;
}

/** Whether a chunk begins at a place, and it or one behind it ends with the file. */
async function isChunkAt(reader: Reader, position: number): Promise<boolean> {
  if (position === reader.sizeBytes) return true;
  for await (const { id, start, statedBytes: size } of chunksOf(reader, {
    from: position,
    littleEndian: true,
  })) {
    if (!/^[\x20-\x7e]{4}$/.test(id)) return false;
    if (Math.abs(start + size - reader.sizeBytes) <= 1) return true;
  }
  return false;
}

function readFormat(bytes: Uint8Array): SampleFormat | null {
  if (bytes.length < 16) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = view.getUint16(0, true);
  // In the extensible form, the codec is the first half of the sub-format's identifier.
  const codec = tag === extensible && bytes.length >= 26 ? view.getUint16(24, true) : tag;
  const channels = view.getUint16(2, true);
  const name = codecs[codec] ?? `wave format ${codec}`;
  return {
    codec: name,
    channels,
    sampleRate: plausibleRate(view.getUint32(4, true)),
    // Of plain samples, the block follows from the rest, whatever is stated; of others, it is what is stated.
    blockBytes: isPlainCodec(name)
      ? channels * Math.ceil(view.getUint16(14, true) / 8)
      : view.getUint16(12, true),
    samplesPerBlock: bytes.length >= 20 ? view.getUint16(18, true) : 0,
  };
}

/** The size of the data chunk, where RF64 keeps it in 64 bits [EBU Tech 3306]. */
function readDataSize64(bytes: Uint8Array): number | null {
  if (bytes.length < 16) return null;
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(8, true));
  return Number.isSafeInteger(size) && size > 0 ? size : null;
}

function readUint32(bytes: Uint8Array): number | null {
  return bytes.length < 4 ? null : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}
