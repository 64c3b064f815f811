import type { OggPackets } from "./ogg-codec.ts";
import { crcOf } from "./ogg-crc.ts";
import { isText } from "./tags.ts";

/** What stands before the table of a page's segments. */
export const headerBytes = 27;

/** A page is at most 27 + 255 bytes of header and 255 x 255 of body. */
export const longestPageBytes = 65_307;

/** A page of one logical stream. What is seldom needed is read when it is. */
export interface Page {
  /** What it lies in, and where. */
  readonly window: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly segments: number;
  readonly isFirst: boolean;
  readonly isContinued: boolean;
  readonly isLast: boolean;
  readonly serial: number;
  /** Where the last packet that ends here ends, in samples of its stream; null where none ends. */
  readonly granule: number | null;
  /** How many packets end here. */
  readonly packets: number;
}

/** The page that begins at a place; `cut` where the window ends before it does, null where none begins. */
export function pageAt(window: Uint8Array, at: number): Page | "cut" | null {
  if (at + headerBytes > window.length) return "cut";
  if (!isText(window, at, "OggS") || window[at + 4] !== 0) return null;
  const segments = window[at + 26] ?? 0;
  const lacing = at + headerBytes;
  if (lacing + segments > window.length) return "cut";
  let length = headerBytes + segments;
  let packets = 0;
  for (let index = lacing; index < lacing + segments; index += 1) {
    const size = window[index] ?? 0;
    length += size;
    if (size < 255) packets += 1;
  }
  if (at + length > window.length) return "cut";
  const type = window[at + 5] ?? 0;
  const high = uint32At(window, at + 10);
  return {
    window,
    at,
    length,
    segments,
    isFirst: (type & 2) !== 0,
    isContinued: (type & 1) !== 0,
    isLast: (type & 4) !== 0,
    serial: uint32At(window, at + 14),
    granule: high >= 0x8000_0000 ? null : high * 0x1_0000_0000 + uint32At(window, at + 6),
    packets,
  };
}

function uint32At(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  return (first | (second << 8) | (third << 16)) + (bytes[at + 3] ?? 0) * 0x100_0000;
}

/** What a page carries. */
export function bodyOf({ window, at, length, segments }: Page): Uint8Array {
  return window.subarray(at + headerBytes + segments, at + length);
}

/** The packets that end on a page. */
export function packetsOf(page: Page): OggPackets {
  const lacing = page.window.subarray(page.at + headerBytes, page.at + headerBytes + page.segments);
  return { body: bodyOf(page), lacing, packets: page.packets, isContinued: page.isContinued };
}

/** Where the next page may begin. */
export function nextPage(bytes: Uint8Array, from: number): number {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf("OggS", from, "latin1");
  // The first letters of a page may stand at the window's end.
  return found < 0 ? Math.max(from, bytes.length - 3) : found;
}

/** Whether a page is as its checksum has it. */
export function isIntact({ window, at, length }: Page): boolean {
  return crcOf(window.subarray(at, at + length)) === uint32At(window, at + 22);
}
