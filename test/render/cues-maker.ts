import type { CueLimits } from "../../src/invocation.ts";
import { type Cue, cuesOf } from "../../src/render/cues.ts";
import type { Segment, Word } from "../../src/transcript/transcript.ts";

/** What is usual. */
export const usualLimits: CueLimits = {
  maxLineWidth: 42,
  maxLineCount: 2,
  maxWordsPerLine: null,
  maxCps: null,
};

/** A segment that nothing is known of but what is given. */
export function segmentOf(given: Partial<Segment>): Segment {
  return {
    id: 0,
    start: null,
    end: null,
    text: "",
    speaker: null,
    language: null,
    translation: null,
    emotion: null,
    words: null,
    ...given,
  };
}

/** Words with their times: `wordsOf(["so", 0, 300], ["be", 300, 500])`. */
export function wordsOf(
  ...words: readonly (readonly [text: string, start: number | null, end: number | null])[]
): Word[] {
  return words.map(([text, start, end]) => ({ text, start, end, speaker: null }));
}

/** The cues of a single segment, ten seconds long if nothing else is said. */
export function cuesOfSegment(given: Partial<Segment>, limits: Partial<CueLimits> = {}): Cue[] {
  const segment = segmentOf({ start: 0, end: 10_000, ...given });
  return cuesOf({ segments: [segment], speakers: [] }, { ...usualLimits, ...limits });
}

/** The lines of a cue and the next one's, told apart. */
export function linesIn(cues: readonly Cue[]): string[] {
  return cues.map(({ lines }) => lines.join(" / "));
}

/** The times of cues: `[start, end]`. */
export function timesIn(cues: readonly Cue[]): [number, number][] {
  return cues.map(({ start, end }) => [start, end]);
}
