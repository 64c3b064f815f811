import type { Seconds } from "../../units.ts";
import type { Reader } from "../../world.ts";
import type { Range } from "../piece.ts";
import type { Frame, Walker } from "../walk/walk.ts";

/** Bytes of a file, from one place up to another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a piece lies in a file, and when it begins and ends in the recording's own time. */
export interface FoundPiece {
  readonly spans: readonly Span[];
  readonly start: Seconds;
  readonly end: Seconds;
}

/**
 * Finds the frames of a range: whole ones, and `lead` frames more in front, which a decoder needs to
 * get going (an MP3 frame keeps some of its bits in those before it). Tags and garbage stay out.
 * Null when no frame lies in the range.
 */
export async function findFrames(
  reader: Reader,
  { walker, range, lead }: { readonly walker: Walker; readonly range: Range; readonly lead: number },
): Promise<FoundPiece | null> {
  const before: Frame[] = [];
  const spans: { from: number; to: number }[] = [];
  const bounds = { start: 0, end: 0 };
  const add = ({ offset, length, time, duration }: Frame) => {
    const last = spans.at(-1);
    if (last === undefined) bounds.start = time;
    if (last?.to === offset) last.to += length;
    else spans.push({ from: offset, to: offset + length });
    bounds.end = time + duration;
  };
  const onFrame = (frame: Frame) => {
    if (frame.time + frame.duration <= range.start) {
      before.push(frame);
      if (before.length > lead) before.shift();
    } else if (frame.time < range.end) {
      before.splice(0).forEach(add);
      add(frame);
    }
  };
  await walker(reader, { onFrame });
  return spans.length === 0 ? null : { spans, ...bounds };
}
