import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import { type FrameSyntax, walkFrames } from "./frames.ts";
import { isText, skipFrontTags } from "./tags.ts";
import { type Flaw, type Follower, unknownWalk, type Walk } from "./walk.ts";

/** kbit/s by MPEG version (1, then 2 and 2.5) and layer, for bitrate index 1 to 14 [ISO 11172-3, 13818-3]. */
const bitrates: readonly (readonly (readonly number[])[])[] = [
  [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
];

/** In Hz, by the header's two version bits: 2.5, reserved, 2, 1. */
const sampleRates: readonly (readonly number[])[] = [
  [11_025, 12_000, 8_000],
  [0, 0, 0],
  [22_050, 24_000, 16_000],
  [44_100, 48_000, 32_000],
];

/** Frames of MPEG audio, layers 1 to 3, versions 1, 2 and 2.5. Free-format frames, which tell no length, are none. */
export const mpegSyntax: FrameSyntax = {
  headerBytes: 4,
  longestFrameBytes: 2_881,
  keyAt: (bytes, at) => {
    const second = bytes[at + 1] ?? 0;
    const third = bytes[at + 2] ?? 0xff;
    if (bytes[at] !== 0xff || second < 0xe0 || (second & 0x18) === 0x08 || (second & 0x06) === 0) return -1;
    const bitrate = third >> 4;
    return bitrate === 0 || bitrate === 15 || (third & 0x0c) === 0x0c
      ? -1
      : ((second & 0x1e) << 2) | ((third >> 2) & 3);
  },
  lengthAt: (bytes, at) => frameLengths[lengthIndex(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)] ?? 0,
  samplesAt: (bytes, at) => samplesPerFrame(bytes[at + 1] ?? 0),
  rateOf: (key) => sampleRates[(key >> 5) & 3]?.[key & 3] ?? 0,
  isNote: (bytes, at) => noteAt(bytes, at) !== null,
};

/** Lengths by version, layer, bitrate, rate and padding: looked up once a frame, so computed before. */
const frameLengths = Uint16Array.from({ length: 4 * 4 * 256 }, (_, index) => {
  const versionAndLayer = index >> 8;
  return computeLength(versionAndLayer << 1, index & 0xff);
});

function lengthIndex(second: number, third: number): number {
  return ((second >> 1) & 0x0f) * 256 + third;
}

function computeLength(second: number, third: number): number {
  const layer = layerOf(second);
  const isVersion1 = (second & 0x18) === 0x18;
  const bitrate = (bitrates[isVersion1 ? 0 : 1]?.[layer - 1]?.[(third >> 4) - 1] ?? 0) * 1_000;
  const rate = sampleRates[(second >> 3) & 3]?.[(third >> 2) & 3] ?? 0;
  const padding = (third >> 1) & 1;
  if (rate === 0 || bitrate === 0) return 0;
  if (layer === 1) return (Math.floor((12 * bitrate) / rate) + padding) * 4;
  return Math.floor(((samplesPerFrame(second) / 8) * bitrate) / rate) + padding;
}

function layerOf(second: number): number {
  return 4 - ((second >> 1) & 3);
}

function samplesPerFrame(second: number): number {
  const layer = layerOf(second);
  if (layer === 1) return 384;
  return layer === 3 && (second & 0x18) !== 0x18 ? 576 : 1_152;
}

/** Walks through MPEG audio: MP3, and its older layers. */
export async function walkMpeg(reader: Reader, follower: Follower): Promise<Walk> {
  const delay = await encoderDelay(reader);
  const { onFrame } = follower;
  const walked = await walkFrames(reader, mpegSyntax, {
    ...follower,
    ...(onFrame && { onFrame: (frame) => onFrame({ ...frame, time: frame.time - delay }) }),
  });
  const { first, firstKey, garbageBytes, isCut } = walked;
  if (first === null || walked.frames === 0) return unknownWalk;
  const sampleRate = mpegSyntax.rateOf(firstKey);
  const note = noteAt(first, 0);
  const samples = samplesPerFrame(first[1] ?? 0);
  const stated =
    note?.frames == null ? null : (note.frames * samples - note.delay - note.padding) / sampleRate;
  // The encoder's delay and padding are not part of what was recorded: a decoder drops them.
  // The padding is at the end, which a file that was cut has lost.
  const isShort = note?.frames != null && walked.frames < note.frames;
  const dropped = (note?.delay ?? 0) + (isShort ? 0 : (note?.padding ?? 0));
  const duration = walked.duration - dropped / sampleRate;
  const flaws: Flaw[] = [];
  if (isCut || (stated !== null && duration < stated * 0.99)) flaws.push({ kind: "truncated" });
  if (garbageBytes > 0) flaws.push({ kind: "garbage", bytes: garbageBytes });
  return {
    ...unknownWalk,
    codec: `mp${layerOf(first[1] ?? 0)}`,
    channels: ((first[3] ?? 0) & 0xc0) === 0xc0 ? 1 : 2,
    sampleRate,
    duration: duration > 0 ? duration : null,
    durationFrom: duration > 0 ? "scan" : "unknown",
    stated,
    flaws,
  };
}

/** Whether bytes begin with free-format frames: headers without a bitrate, at equal distances. */
export function isFreeFormat(bytes: Uint8Array): boolean {
  const isHeader = (at: number) =>
    bytes[at] === 0xff &&
    ((bytes[at + 1] ?? 0) & 0xe0) === 0xe0 &&
    ((bytes[at + 1] ?? 0) & 0x06) !== 0 &&
    ((bytes[at + 2] ?? 0xff) & 0xfc) === ((bytes[2] ?? 0) & 0xfc);
  if (!isHeader(0) || (bytes[2] ?? 0) >> 4 !== 0) return false;
  for (let distance = 24; 2 * distance + 4 < bytes.length; distance += 1) {
    if (isHeader(distance) && (isHeader(2 * distance) || isHeader(2 * distance + 1))) return true;
  }
  return false;
}

/** A decoder is this many samples behind; one that drops an encoder's delay drops them too [LAME's tag specification]. */
const decoderDelay = 529;

/** How long what a decoder drops in front lasts, as the note in the first frame has it. */
async function encoderDelay(reader: Reader): Promise<Seconds> {
  const start = await skipFrontTags(reader);
  const head = await reader.read(start, mpegSyntax.longestFrameBytes);
  const key = mpegSyntax.keyAt(head, 0);
  const delay = key === -1 ? 0 : (noteAt(head, 0)?.delay ?? 0);
  return delay === 0 ? 0 : (delay + decoderDelay) / mpegSyntax.rateOf(key);
}

/** What the note in the first frame tells: how many frames follow, and how many samples are not audio. */
interface Note {
  readonly frames: number | null;
  readonly delay: number;
  readonly padding: number;
}

/** Reads a Xing, Info or VBRI note, with LAME's addition to it. Null for a frame that is audio. */
function noteAt(bytes: Uint8Array, at: number): Note | null {
  if (bytes.length < at + 40) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isText(bytes, at + 36, "VBRI")) {
    return { frames: bytes.length >= at + 54 ? view.getUint32(at + 50) : null, delay: 0, padding: 0 };
  }
  const isMono = ((bytes[at + 3] ?? 0) & 0xc0) === 0xc0;
  const isVersion1 = ((bytes[at + 1] ?? 0) & 0x18) === 0x18;
  const xing = at + 4 + (isVersion1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  if (!isText(bytes, xing, "Xing") && !isText(bytes, xing, "Info")) return null;
  if (bytes.length < xing + 12) return { frames: null, delay: 0, padding: 0 };
  const flags = view.getUint32(xing + 4);
  const fields = [4, 4, 100, 4].reduce((sum, size, bit) => sum + ((flags >> bit) & 1 ? size : 0), 0);
  const lame = xing + 8 + fields;
  const hasLame =
    ["LAME", "Lavf", "Lavc"].some((name) => isText(bytes, lame, name)) && bytes.length >= lame + 24;
  const gaps = hasLame ? (view.getUint16(lame + 21) << 8) | view.getUint8(lame + 23) : 0;
  return {
    frames: (flags & 1) === 0 ? null : view.getUint32(xing + 8),
    delay: gaps >> 12,
    padding: gaps & 0xfff,
  };
}
