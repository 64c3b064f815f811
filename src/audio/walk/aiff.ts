import type { Reader } from "../../world.ts";
import { chunksOf, hasFileBehind } from "./chunks.ts";
import { type Follower, plausibleRate, unknownWalk, type Walk } from "./walk.ts";

/** What the COMM chunk tells of the samples. */
interface Common {
  readonly codec: string;
  readonly channels: number;
  readonly sampleRate: number | null;
  /** How many sample frames, or blocks of a compressed codec, there should be. */
  readonly statedFrames: number;
  /** Of one sample of every channel, or of one block; 0 when it cannot be told. */
  readonly blockBytes: number;
  readonly samplesPerBlock: number;
}

/** AIFC's compression types by their four letters: gaudio's name, and bits a sample where they differ from COMM's. */
const compressions: Readonly<Record<string, { readonly codec: string; readonly bits?: number }>> = {
  NONE: { codec: "pcm" },
  twos: { codec: "pcm" },
  sowt: { codec: "pcm" },
  "raw ": { codec: "pcm" },
  in24: { codec: "pcm", bits: 24 },
  in32: { codec: "pcm", bits: 32 },
  fl32: { codec: "float", bits: 32 },
  FL32: { codec: "float", bits: 32 },
  fl64: { codec: "float", bits: 64 },
  FL64: { codec: "float", bits: 64 },
  alaw: { codec: "alaw", bits: 8 },
  ALAW: { codec: "alaw", bits: 8 },
  ulaw: { codec: "mulaw", bits: 8 },
  ULAW: { codec: "mulaw", bits: 8 },
};

/** IMA ADPCM comes in blocks of 34 bytes a channel, which hold 64 samples [Apple's QuickTime file format]. */
const ima4 = { codec: "adpcm", bytes: 34, samples: 64 };

/** Where the samples of an AIFF file lie, and how they are told of. */
export interface AiffData {
  readonly common: Common;
  /** The body of the COMM chunk. */
  readonly commonChunk: Uint8Array;
  readonly start: number;
  /** What is there of them. */
  readonly bytes: number;
  /** What the header says of their size. */
  readonly stated: number;
}

/** Reads the chunks of an AIFF or AIFC file. Only headers are read; the samples that are there count. */
export async function walkAiff(reader: Reader, _follower: Follower): Promise<Walk> {
  const data = await findAiffData(reader);
  if (data === null) return unknownWalk;
  const { codec, channels, sampleRate, statedFrames, blockBytes, samplesPerBlock } = data.common;
  const facts = { ...unknownWalk, codec, channels, sampleRate };
  if (sampleRate === null || blockBytes === 0 || data.bytes <= 0) return facts;
  const frames = Math.floor(data.bytes / blockBytes);
  const behind = { from: data.start + data.bytes + (data.bytes % 2), littleEndian: false };
  const toSeconds = (count: number) => (count * samplesPerBlock) / sampleRate;
  return {
    ...facts,
    duration: frames > 0 ? toSeconds(frames) : null,
    durationFrom: frames === 0 ? "unknown" : frames === statedFrames ? "header" : "scan",
    stated: toSeconds(statedFrames),
    flaws: [
      ...(data.bytes < data.stated ? [{ kind: "truncated" } as const] : []),
      ...((await hasFileBehind(reader, behind)) ? [{ kind: "joined" } as const] : []),
    ],
  };
}

/** Finds the samples of an AIFF file; null when there are none, or nothing tells what they are. */
export async function findAiffData(reader: Reader): Promise<AiffData | null> {
  let commonChunk = new Uint8Array(0);
  let sound: Pick<AiffData, "start" | "bytes" | "stated"> | null = null;
  for await (const chunk of chunksOf(reader, { from: 12, littleEndian: false })) {
    if (chunk.id === "COMM") {
      commonChunk = Uint8Array.from(
        await reader.read(chunk.start, Math.min(chunk.bytes, longestCommonBytes)),
      );
    }
    if (chunk.id !== "SSND" || sound !== null) continue;
    // The samples follow an offset and a block size of four bytes each, and what the offset skips.
    const head = await reader.read(chunk.start, 4);
    const skipped = 8 + (head.length < 4 ? 0 : new DataView(head.buffer, head.byteOffset).getUint32(0));
    sound = {
      start: chunk.start + skipped,
      bytes: chunk.bytes - skipped,
      stated: chunk.statedBytes - skipped,
    };
  }
  const common = readCommon(commonChunk);
  return common === null || sound === null ? null : { common, commonChunk, ...sound };
}

/** Its fixed part, a compression type, and that one's name of at most 255 letters. */
const longestCommonBytes = 22 + 256;

function readCommon(bytes: Uint8Array): Common | null {
  if (bytes.length < 18) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = view.getUint16(0);
  const type = bytes.length >= 22 ? Buffer.from(bytes.subarray(18, 22)).toString("latin1") : "NONE";
  const compression = compressions[type];
  const bits = compression?.bits ?? view.getUint16(6);
  const facts = { channels, sampleRate: readRate(view), statedFrames: view.getUint32(2) };
  if (type === "ima4") {
    return { ...facts, codec: ima4.codec, blockBytes: ima4.bytes * channels, samplesPerBlock: ima4.samples };
  }
  const blockBytes = compression === undefined ? 0 : channels * Math.ceil(bits / 8);
  return { ...facts, codec: compression?.codec ?? type.trim(), blockBytes, samplesPerBlock: 1 };
}

/** The rate is an 80-bit float: a sign, 15 bits of exponent, and a mantissa with its leading one. */
function readRate(view: DataView): number | null {
  const exponent = (view.getUint16(8) & 0x7fff) - 16_383 - 31;
  return plausibleRate(Math.round(view.getUint32(10) * 2 ** exponent));
}
