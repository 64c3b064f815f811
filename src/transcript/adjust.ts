import type { Milliseconds } from "../units.ts";
import type { Times } from "./times.ts";
import type { Transcript } from "./transcript.ts";

interface Range {
  /** Null for the beginning. */
  readonly start: Milliseconds | null;
  /** Null for the end. */
  readonly end: Milliseconds | null;
}

/** The segments, words and sounds of a transcript that lie in a range, with their times. What has none stays. */
export function partOf(transcript: Transcript, { start, end }: Range): Transcript {
  if (start === null && end === null) return transcript;
  const isIn = (one: Times) =>
    one.start === null ||
    one.end === null ||
    (one.end > (start ?? Number.NEGATIVE_INFINITY) && one.start < (end ?? Number.POSITIVE_INFINITY));
  const segments = transcript.segments
    .filter(isIn)
    .map((segment, id) => ({ ...segment, id, words: segment.words?.filter(isIn) ?? null }));
  return {
    ...transcript,
    segments,
    text: segments.map(({ text }) => text).join(" "),
    events: transcript.events?.filter(isIn) ?? null,
  };
}

/** A transcript with all its times moved; what would end before the beginning is left out. */
export function movedBy(transcript: Transcript, offset: Milliseconds): Transcript {
  if (offset === 0) return transcript;
  const { segments, text, events } = partOf(transcript, { start: -offset, end: null });
  const shifted = (time: Milliseconds | null) => (time === null ? null : Math.max(0, time + offset));
  const moved = <T extends Times>(one: T): T => ({
    ...one,
    start: shifted(one.start),
    end: shifted(one.end),
  });
  return {
    ...transcript,
    text: offset > 0 ? transcript.text : text,
    segments: segments.map((segment) => ({ ...moved(segment), words: segment.words?.map(moved) ?? null })),
    events: events?.map(moved) ?? null,
  };
}
