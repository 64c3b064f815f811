import type { Reader } from "../../world.ts";

/** Tags of text are seldom larger. */
const plausibleTagBytes = 8 << 10;

/** More tags than this, one behind the other, are made to keep us busy. */
const mostTags = 100;

/** How many bytes of a tag have to be seen to tell its length. */
export const tagHeadBytes = 32;

/**
 * The length of a tag that begins at a place: ID3v2, APEv2 or ID3v1; 0 where none does.
 * Of ID3v1, which ends a file, `remaining` tells whether this is the end.
 */
export function tagLengthAt(bytes: Uint8Array, at: number, remaining: number): number {
  if (isText(bytes, at, "ID3") && (bytes[at + 3] ?? 0xff) < 0xff && at + 10 <= bytes.length) {
    const sizes = bytes.subarray(at + 6, at + 10);
    if (sizes.some((byte) => byte > 0x7f)) return 0;
    const size = sizes.reduce((sum, byte) => sum * 128 + byte, 0);
    const footer = ((bytes[at + 5] ?? 0) & 0x10) === 0 ? 0 : 10;
    return 10 + size + footer;
  }
  if (isText(bytes, at, "APETAGEX") && at + tagHeadBytes <= bytes.length) {
    const size = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(12, true);
    return Math.min(remaining, tagHeadBytes + size);
  }
  return isText(bytes, at, "TAG") && remaining === 128 ? 128 : 0;
}

/** Where the audio begins, behind any ID3v2 tags at the front. */
export async function skipFrontTags(reader: Reader): Promise<number> {
  let position = 0;
  for (let count = 0; count < mostTags; count += 1) {
    const length = tagLengthAt(await reader.read(position, tagHeadBytes), 0, reader.sizeBytes - position);
    if (length === 0) return position;
    position += length;
  }
  return position;
}

/** Where the audio ends, before any ID3v1, Lyrics3 and APE tags at the back. */
export async function skipBackTags(reader: Reader): Promise<number> {
  let end = reader.sizeBytes;
  for (let count = 0; count < mostTags; count += 1) {
    const length = await backTagLength(reader, end);
    if (length === 0 || length > end) return end;
    end -= length;
  }
  return end;
}

async function backTagLength(reader: Reader, end: number): Promise<number> {
  const back = await reader.read(Math.max(0, end - 128), Math.min(128, end));
  const at = (fromEnd: number) => back.length - fromEnd;
  if (back.length === 128 && isText(back, 0, "TAG")) return 128;
  if (isText(back, at(32), "APETAGEX")) {
    const view = new DataView(back.buffer, back.byteOffset + at(32));
    const hasHeader = (view.getUint32(20, true) & 0x8000_0000) !== 0;
    const length = view.getUint32(12, true) + (hasHeader ? tagHeadBytes : 0);
    const head = await reader.read(Math.max(0, end - length), 8);
    // Without its header, nothing but its size tells that a tag is one.
    return hasHeader ? (isText(head, 0, "APETAGEX") ? length : 0) : length <= plausibleTagBytes ? length : 0;
  }
  if (isText(back, at(9), "LYRICS200")) {
    const size = Number(Buffer.from(back.subarray(at(15), at(9))).toString("latin1"));
    const head = await reader.read(Math.max(0, end - size - 15), 11);
    return isText(head, 0, "LYRICSBEGIN") ? size + 15 : 0;
  }
  return 0;
}

/** Whether a text stands at a place. */
export function isText(bytes: Uint8Array, at: number, text: string): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
