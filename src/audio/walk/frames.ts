import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import { ByteWindow } from "./byte-window.ts";
import { skipBackTags, skipFrontTags, tagHeadBytes, tagLengthAt } from "./tags.ts";
import type { Follower } from "./walk.ts";

/** How frames of one kind are read: each begins with a header that tells its own length. */
export interface FrameSyntax {
  readonly headerBytes: number;
  readonly longestFrameBytes: number;
  /** What stays the same from frame to frame of a stream, as a number; -1 where no frame begins. */
  keyAt(bytes: Uint8Array, at: number): number;
  /** The rest of what a header tells, where keyAt found one. */
  lengthAt(bytes: Uint8Array, at: number): number;
  samplesAt(bytes: Uint8Array, at: number): number;
  /** In Hz, by the key. */
  rateOf(key: number): number;
  /** Whether a frame is no audio but a note about the stream (Xing). Only the first is asked. */
  isNote?(bytes: Uint8Array, at: number): boolean;
}

/** What walking from frame to frame came to. */
export interface FrameWalk {
  readonly duration: Seconds;
  readonly frames: number;
  /** The first frame's bytes, for what its header says beside; null when there is no frame. */
  readonly first: Uint8Array | null;
  readonly firstKey: number;
  readonly garbageBytes: number;
  /** Whether the last frame is longer than the file. */
  readonly isCut: boolean;
}

/** How many frames in a row have to fit, that a place is believed to be a frame and not chance. */
const chainLength = 3;

/**
 * Walks from frame to frame. Tags are passed over; what is neither is garbage, passed over up to the
 * next place where frames follow on each other. Streams of other formats that were appended count too.
 */
export async function walkFrames(
  reader: Reader,
  syntax: FrameSyntax,
  follower: Follower = {},
): Promise<FrameWalk> {
  const { onFrame, onAdvance } = follower;
  const window = new ByteWindow(reader, onAdvance);
  const end = await skipBackTags(reader);
  const lookahead = Math.max(tagHeadBytes, chainLength * syntax.longestFrameBytes + syntax.headerBytes);
  let position = Math.min(await skipFrontTags(reader), end);
  let safe = -1;
  let key = -1;
  let rate = 1;
  let first: Uint8Array | null = null;
  let firstKey = -1;
  let earlier = 0;
  let samples = 0;
  let frames = 0;
  let garbageBytes = 0;
  let isCut = false;
  while (position + syntax.headerBytes <= end) {
    if (position >= safe) {
      await window.move(position);
      safe = window.safeUntil(lookahead);
    }
    const at = position - window.start;
    const bytes = window.bytes;
    // The file got shorter while it was read: what was counted so far is all there is.
    if (at + syntax.headerBytes > bytes.length) break;
    const found = syntax.keyAt(bytes, at);
    if (
      found === -1 ||
      (found !== key && !isChain(bytes, at, { syntax, key: found, remaining: end - position }))
    ) {
      const tag = tagLengthAt(bytes, at, end - position);
      const next = tag > 0 ? tag : distanceToSync(bytes, at + 1) + 1;
      if (tag === 0) garbageBytes += Math.min(next, end - position);
      position += next;
      key = -1;
      continue;
    }
    if (found !== key) {
      earlier += samples / rate;
      samples = 0;
      rate = syntax.rateOf(found);
      key = found;
    }
    const length = syntax.lengthAt(bytes, at);
    isCut = position + length > end;
    if (first === null) {
      // A copy: the window's memory is used again.
      first = Uint8Array.from(bytes.subarray(at, at + Math.min(length, end - position)));
      firstKey = key;
      if (syntax.isNote?.(first, 0) === true) {
        position += length;
        continue;
      }
    }
    if (isCut) break;
    const held = syntax.samplesAt(bytes, at);
    onFrame?.({ offset: position, length, time: earlier + samples / rate, duration: held / rate });
    samples += held;
    frames += 1;
    position += length;
  }
  if (!isCut && position < end) garbageBytes += end - position;
  return { duration: earlier + samples / rate, frames, first, firstKey, garbageBytes, isCut };
}

/**
 * Where frames first follow on each other, beginning within so many bytes; -1 when they nowhere do.
 * `bytes` are taken for all there is.
 */
export function findChain(bytes: Uint8Array, syntax: FrameSyntax, within: number): number {
  const last = Math.min(within, bytes.length);
  for (let at = distanceToSync(bytes, 0); at < last; at += 1 + distanceToSync(bytes, at + 1)) {
    const key = syntax.keyAt(bytes, at);
    if (key !== -1 && isChain(bytes, at, { syntax, key, remaining: bytes.length - at })) return at;
  }
  return -1;
}

/** Whether frames of one key follow on each other from a place, up to the chain's length or the end. */
function isChain(
  bytes: Uint8Array,
  from: number,
  {
    syntax,
    key,
    remaining,
  }: { readonly syntax: FrameSyntax; readonly key: number; readonly remaining: number },
): boolean {
  let at = from;
  for (let count = 0; count < chainLength; count += 1) {
    // A chain that reaches the end is believed from its second frame on.
    if (at - from >= remaining - syntax.headerBytes) return count > 1;
    if (syntax.keyAt(bytes, at) !== key)
      return count > 1 && tagLengthAt(bytes, at, remaining - (at - from)) > 0;
    at += syntax.lengthAt(bytes, at);
  }
  return true;
}

/** How far it is to the next byte of ones, with which every header begins; to the end if there is none. */
function distanceToSync(bytes: Uint8Array, from: number): number {
  const next = bytes.indexOf(0xff, from);
  return (next < 0 ? bytes.length : next) - from;
}
