import { type Milliseconds, type Seconds, toMilliseconds } from "../units.ts";

/** Which part of a recording an answer is about. */
export interface Part {
  /** When it begins, in the recording's own time. */
  readonly start: Seconds;
  readonly duration: Seconds;
}

/** When something is heard; null where the model told none that makes sense. */
export interface Times {
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
}

/** When nothing is known. */
export const noTimes: Times = { start: null, end: null };

/** Models that tell whole seconds round up: so much past the end is not worth a word. */
export const roundingMs = 1_000;

/** The last time that a part can hold. */
export function limitOf({ duration }: Part): Milliseconds {
  return toMilliseconds(duration);
}

/** Whether a model's times cannot be, be it a part's end they lie behind or their own start. */
export function areOutside({ start, end }: Times, part: Part): boolean {
  const latest = Math.max(start ?? 0, end ?? 0);
  return latest > limitOf(part) + roundingMs || (start !== null && end !== null && end < start);
}

/** A model's times, moved into the part they are about. */
export function withinPart({ start, end }: Times, part: Part): Times {
  const limit = limitOf(part);
  const from = start === null ? null : Math.min(start, limit);
  return { start: from, end: end === null ? null : Math.min(Math.max(end, from ?? 0), limit) };
}

/** Times of a part as times of the whole recording. */
export function inRecording({ start, end }: Times, part: Part): Times {
  const offset = toMilliseconds(part.start);
  const shifted = (time: Milliseconds | null) => (time === null ? null : Math.max(0, time + offset));
  return { start: shifted(start), end: shifted(end) };
}

/** One of several lists, by start; what has none stays behind what it stood behind. */
export function inOrder<T extends Times>(...lists: readonly (readonly T[])[]): T[] {
  return lists
    .flatMap((list) => {
      let last: Milliseconds = 0;
      return list.map((one) => {
        last = one.start ?? last;
        return { one, at: last };
      });
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** How far past a part's end a start may lie, and how far back from the one before it. */
const mostPastMs = 2_000;
const mostBackMs = 10_000;

/** So many things do not begin at the same time. */
const leastStuck = 5;

/** Whether a model told no start, or no end, that can be read. */
export function isUnreadable({ start, end }: Times): boolean {
  return start === null || end === null;
}

/**
 * Whether times, in the order they were answered, can be those of a part. Where they cannot, moving them into
 * the part would only hide that the model made them up (cookbook#733 [report]).
 */
export function areBelievable(told: readonly Times[], part: Part): boolean {
  const starts = told.flatMap(({ start }) => start ?? []);
  return (
    !isMoreThanTenth(told.filter(isUnreadable).length, told.length) && arePlausible(starts, limitOf(part))
  );
}

function arePlausible(starts: readonly Milliseconds[], limit: Milliseconds): boolean {
  const past = starts.filter((start) => start > limit + mostPastMs).length;
  const back = starts.filter((start, index) => start < (starts[index - 1] ?? 0) - mostBackMs).length;
  const isStuck = starts.length >= leastStuck && new Set(starts).size === 1;
  return (
    !isMoreThanTenth(past, starts.length) && !(back > 1 && isMoreThanTenth(back, starts.length)) && !isStuck
  );
}

function isMoreThanTenth(count: number, all: number): boolean {
  return count * 10 > all;
}
