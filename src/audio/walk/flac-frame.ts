import { isText } from "./tags.ts";
import { plausibleRate } from "./walk.ts";

/** What a stream's STREAMINFO block tells [RFC 9639, section 8.2]. */
export interface FlacStream {
  readonly sampleRate: number;
  readonly channels: number;
  /** The size of blocks, where it does not change. */
  readonly blockSamples: number;
  /** Null when the encoder did not know. */
  readonly statedSamples: number | null;
}

/** What a frame's header tells [RFC 9639, section 9.1]. */
export interface FlacFrame {
  /** Where it begins in the bytes that were searched. */
  readonly at: number;
  readonly firstSample: number;
  readonly samples: number;
  /** How many bytes its number takes, which follows four others. */
  readonly numberBytes: number;
  /** How many bytes there are up to the header's checksum. */
  readonly headerBytes: number;
}

/** Reads a stream's marker and its STREAMINFO; null for bytes that are no beginning of a stream. */
export function readFlacStream(bytes: Uint8Array): FlacStream | null {
  if (bytes.length < 42 || !isText(bytes, 0, "fLaC")) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((view.getUint32(4) & 0x7fff_ffff) !== 34) return null;
  const sampleRate = plausibleRate(view.getUint32(18) >>> 12);
  if (sampleRate === null) return null;
  const statedSamples = (view.getUint8(21) & 0x0f) * 0x1_0000_0000 + view.getUint32(22);
  return {
    sampleRate,
    channels: ((view.getUint8(20) >> 1) & 7) + 1,
    blockSamples: view.getUint16(8),
    statedSamples: statedSamples > 0 ? statedSamples : null,
  };
}

/** Rates by their code in a frame's header; 0 stands for the stream's own, 12 to 14 for one that is spelled out. */
const codedRates = [
  0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
];

/** Reads a frame's header at a place; null where none of this stream begins. */
export function readFlacFrame(bytes: Uint8Array, at: number, stream: FlacStream): FlacFrame | null {
  const strategy = bytes[at + 1] ?? 0;
  const codes = bytes[at + 2] ?? 0;
  const layout = bytes[at + 3] ?? 0xff;
  if (bytes[at] !== 0xff || (strategy & 0xfe) !== 0xf8 || layout >> 4 > 10 || (layout & 1) !== 0) return null;
  const blockCode = codes >> 4;
  const rateCode = codes & 0x0f;
  if (blockCode === 0 || rateCode === 15 || !isRateOf(rateCode, stream)) return null;
  const number = readNumber(bytes, at + 4);
  if (number === null) return null;
  const behind = at + 4 + number.length;
  const blockBytes = blockCode === 6 ? 1 : blockCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0;
  const end = behind + blockBytes + rateBytes;
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return null;
  const samples = blockSamples(blockCode, bytes, behind);
  const isVariable = (strategy & 1) === 1;
  const firstSample = isVariable ? number.value : number.value * stream.blockSamples;
  return { at, samples, firstSample, numberBytes: number.length, headerBytes: end - at };
}

function isRateOf(code: number, { sampleRate }: FlacStream): boolean {
  return code === 0 || code > 11 || codedRates[code] === sampleRate;
}

function blockSamples(code: number, bytes: Uint8Array, at: number): number {
  if (code === 1) return 192;
  if (code < 6) return 144 << code;
  if (code === 6) return (bytes[at] ?? 0) + 1;
  if (code === 7) return ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0) + 1;
  return 1 << code;
}

/** A number coded as UTF-8 codes characters, in up to seven bytes. */
function readNumber(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly length: number } | null {
  const first = bytes[at] ?? 0xff;
  const length = first < 0x80 ? 1 : Math.clz32(~(first << 24));
  if (length > 7 || (first >= 0x80 && length < 2)) return null;
  let value = length === 1 ? first : first & (0x7f >> length);
  for (let index = 1; index < length; index += 1) {
    const next = bytes[at + index] ?? 0;
    if ((next & 0xc0) !== 0x80) return null;
    value = value * 64 + (next & 0x3f);
  }
  return { value, length };
}

/**
 * A frame of another number, its checksums renewed. `isVariable` says whether the number counts samples
 * or frames, which is the same for all frames of a stream.
 */
export function renumberedFrame(
  bytes: Uint8Array,
  { numberBytes, headerBytes }: Pick<FlacFrame, "numberBytes" | "headerBytes">,
  { number, isVariable }: { readonly number: number; readonly isVariable: boolean },
): Uint8Array {
  const coded = codedNumber(number);
  const renewed = new Uint8Array(bytes.length - numberBytes + coded.length);
  renewed.set(bytes.subarray(0, 4));
  renewed[1] = isVariable ? 0xf9 : 0xf8;
  renewed.set(coded, 4);
  renewed.set(bytes.subarray(4 + numberBytes), 4 + coded.length);
  const header = headerBytes - numberBytes + coded.length;
  renewed[header] = crc8(renewed, 0, header);
  const crc = crc16(renewed.subarray(0, -2));
  renewed.set([crc >> 8, crc & 0xff], renewed.length - 2);
  return renewed;
}

/** A number as UTF-8 codes characters, in up to seven bytes. */
function codedNumber(value: number): number[] {
  if (value < 0x80) return [value];
  const bytes: number[] = [];
  let rest = value;
  // The first byte of a code of n bytes has room for 7 - n bits.
  for (; rest >= 2 ** (6 - bytes.length); rest = Math.floor(rest / 64)) bytes.unshift(0x80 + (rest % 64));
  const length = bytes.length + 1;
  return [((0xff00 >> length) & 0xff) + rest, ...bytes];
}

/** Whether bytes are one whole frame: with its own checksum at the end, the checksum of all is zero. */
export function isWholeFrame(bytes: Uint8Array): boolean {
  return crc16(bytes) === 0;
}

const crc16Table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x8000 ? 0x8005 : 0);
  return crc;
});

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = ((crc << 8) & 0xffff) ^ (crc16Table[(crc >> 8) ^ (bytes[at] ?? 0)] ?? 0);
  }
  return crc;
}

const crc8Table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x80 ? 0x07 : 0);
  return crc;
});

function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let at = from; at < to; at += 1) crc = crc8Table[crc ^ (bytes[at] ?? 0)] ?? 0;
  return crc;
}
