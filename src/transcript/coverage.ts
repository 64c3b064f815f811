import { type Milliseconds, type Seconds, toMilliseconds } from "../units.ts";
import { inOrder, type Times } from "./times.ts";
import type { Segment, Spoken } from "./transcript.ts";

/** A part of a recording. */
export interface Stretch {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** A range in seconds, as a stretch. */
export function toStretch({ start, end }: { readonly start: Seconds; readonly end: Seconds }): Stretch {
  return { start: toMilliseconds(start), end: toMilliseconds(end) };
}

/** What two stretches share; it ends before it begins where they share nothing. */
export function within(one: Stretch, other: Stretch): Stretch {
  return { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
}

/** How fast people speak, at the least, in characters a second: where a segment came without its end. */
const slowestCharacters = 8;

interface Exactness {
  /** The longest pause that is not looked at. */
  readonly longestPause: Milliseconds;
  /** How far an answer's times may be from the truth. */
  readonly tolerance: Milliseconds;
}

/**
 * The stretches of a part in which an answer has no words and no sounds. Its own times are taken for as exact as
 * they are: the stretches are shorter by the tolerance on either side. What came without a time may be said in
 * any of them, so that those next to it do not count.
 */
export function stretchesWithoutWords(
  { segments, events }: Pick<Spoken, "segments" | "events">,
  { start, end }: Stretch,
  { longestPause, tolerance }: Exactness,
): Stretch[] {
  const heard = [...segments.flatMap(wordsOf), ...(events ?? []).map((event) => stretchOf(event, ""))];
  const stretches: Stretch[] = [];
  const look = (from: Edge | null, to: Edge) => {
    if (from !== null && to.at - from.at > longestPause)
      stretches.push({ start: from.at + from.margin, end: to.at - to.margin });
  };
  let before: Edge | null = { at: start, margin: 0 };
  for (const next of inOrder(heard)) {
    if (next.start !== null) look(before, { at: next.start, margin: tolerance });
    before = next.start === null ? null : { at: Math.max(before?.at ?? 0, next.end), margin: tolerance };
  }
  look(before, { at: end, margin: 0 });
  return stretches;
}

/** Where a stretch begins or ends, and how far it may be from there. */
interface Edge {
  readonly at: Milliseconds;
  readonly margin: Milliseconds;
}

interface Heard {
  /** Null when it is not known. */
  readonly start: Milliseconds | null;
  readonly end: Milliseconds;
}

/** A segment's words, where each has a time; else the segment as a whole. */
function wordsOf(segment: Segment): Heard[] {
  const { words, text } = segment;
  if (words === null || words.length === 0 || words.some(({ start }) => start === null))
    return [stretchOf(segment, text)];
  return words.map((word) => stretchOf(word, word.text));
}

function stretchOf(
  { start, end }: { readonly start: Milliseconds | null; readonly end: Milliseconds | null },
  text: string,
): Heard {
  return { start, end: end ?? (start ?? 0) + (text.length / slowestCharacters) * 1_000 };
}

/** Whether anything that is told lies in a stretch. */
export function tellsOf(
  { segments, events }: Pick<Spoken, "segments" | "events">,
  { start, end }: Stretch,
): boolean {
  const isIn = (one: Times) => one.start !== null && one.start < end && (one.end ?? one.start) > start;
  return segments.some((segment) => (segment.words ?? [segment]).some(isIn)) || (events ?? []).some(isIn);
}
