import type { Range } from "../audio/piece.ts";
import type { Seconds } from "../units.ts";
import type { Model } from "./models.ts";

/** How a long recording is cut. */
export interface WindowLimits {
  /** The longest window. */
  readonly length: Seconds;
  /** How much of its end a window shares with the next. */
  readonly overlap: Seconds;
}

/** Enough for some dozens of words, by which two windows are joined; a hundredth of what is asked. */
export const defaultOverlap: Seconds = 15;

/** How much on either side of what an answer leaves out is asked about with it, so that it can be joined. */
export const holeMargin: Seconds = 8;

/** The same for a joint at which two windows do not agree. */
export const jointMargin: Seconds = 15;

/**
 * How much of a recording one request should carry. The transcription model's limits are left well alone; of the
 * others, times drift and answers break off the longer they are [report: cookbook#327 and #733].
 */
export function windowLength({ recordingLimit }: Model, isDetailed: boolean): Seconds {
  if (recordingLimit !== null) return (isDetailed ? recordingLimit.words : recordingLimit.text) * (5 / 6);
  return isDetailed ? 1_200 : 2_400;
}

/**
 * Cuts a range into windows of one length, each sharing its end with the next; one alone where that is enough.
 * No window is longer than the limit, and none is a stub.
 */
export function windowsOf({ start, end }: Range, { length, overlap }: WindowLimits): Range[] {
  const total = end - start;
  const count = total <= length ? 1 : Math.ceil((total - overlap) / (length - overlap));
  const own = (total + (count - 1) * overlap) / count;
  return Array.from({ length: count }, (_, index) => {
    const from = start + index * (own - overlap);
    return { start: index === 0 ? start : from, end: index === count - 1 ? end : from + own };
  });
}

/** Cuts a range in the middle, the halves sharing as much as windows do, but no more than a quarter of it. */
export function halvesOf({ start, end }: Range, overlap: Seconds): [Range, Range] {
  const middle = (start + end) / 2;
  const half = Math.min(overlap, (end - start) / 4) / 2;
  return [
    { start, end: middle + half },
    { start: middle - half, end },
  ];
}
