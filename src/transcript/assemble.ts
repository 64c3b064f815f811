import type { Milliseconds, Seconds } from "../units.ts";
import type { AnsweredSegment } from "./answer.ts";
import { cleanText } from "./clean.ts";
import type { Shape } from "./shape.ts";
import { parseTimecode } from "./timecode.ts";
import type { Segment, Speaker } from "./transcript.ts";

/** Segments in gaudio's form, and what had to be mended to get there. */
export interface Assembled {
  readonly segments: readonly Segment[];
  readonly speakers: readonly Speaker[];
  readonly warnings: readonly string[];
}

/** Which part of a recording an answer is about. */
export interface Part {
  /** When it begins, in the recording's own time. */
  readonly start: Seconds;
  readonly duration: Seconds;
}

/**
 * Makes segments of what a model answered: times in milliseconds and inside the recording,
 * speakers numbered by first appearance. No word is dropped, whatever its time.
 */
export function assemble(answered: readonly AnsweredSegment[], shape: Shape, part: Part): Assembled {
  const speakers = new Map<string, Speaker>();
  const limit = Math.round(part.duration * 1_000);
  let outside = 0;
  let unreadable = 0;
  const segments = answered
    .map((segment) => ({ ...segment, text: cleanText(segment.text).trim() }))
    .filter(({ text }) => text !== "")
    .map((segment, id): Segment => {
      const speaker = shape.hasSpeakers ? speakerOf(segment, speakers) : null;
      const said = { id, text: segment.text, speaker, ...unasked };
      if (!shape.hasTimes) return { ...said, start: null, end: null };
      const start = parseTimecode(segment.start ?? "");
      const end = parseTimecode(segment.end ?? "");
      if (start === null || end === null) unreadable += 1;
      if (Math.max(start ?? 0, end ?? 0) > limit || (end ?? limit) < (start ?? 0)) outside += 1;
      const times = inRecording(withinPart(start, end, limit), Math.round(part.start * 1_000));
      return { ...said, ...times };
    });
  const warnings = [
    ...(unreadable > 0
      ? [`${unreadable} of ${segments.length} segments came without a time that can be read`]
      : []),
    ...(outside > 0
      ? [`${outside} of ${segments.length} segments had impossible times, moved into the recording`]
      : []),
  ];
  return { segments, speakers: [...speakers.values()], warnings };
}

const unasked = { language: null, translation: null, emotion: null, words: null } as const;

function speakerOf({ speaker }: AnsweredSegment, known: Map<string, Speaker>): string | null {
  const label = cleanText(speaker ?? "")
    .trim()
    .toLowerCase();
  if (label === "") return null;
  const found = known.get(label);
  if (found !== undefined) return found.id;
  const id = `SPEAKER_${String(known.size).padStart(2, "0")}`;
  known.set(label, { id, name: null });
  return id;
}

interface Times {
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
}

/** Times of a part as times of the whole recording. */
function inRecording({ start, end }: Times, offset: Milliseconds): Times {
  const shifted = (time: Milliseconds | null) => (time === null ? null : Math.max(0, time + offset));
  return { start: shifted(start), end: shifted(end) };
}

function withinPart(start: Milliseconds | null, end: Milliseconds | null, limit: Milliseconds): Times {
  const from = start === null ? null : Math.min(start, limit);
  const to = end === null ? null : Math.min(Math.max(end, from ?? 0), limit);
  return { start: from, end: to };
}
