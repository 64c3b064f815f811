import type { TranscriptFormat } from "../invocation.ts";
import type { Segment, Spoken } from "../transcript/transcript.ts";

/** What a format cannot do without. */
export type Need = "times" | "speakers" | "words";

/** What each format cannot do without. */
export const needs: Readonly<Record<TranscriptFormat, readonly Need[]>> = {
  text: [],
  json: [],
  jsonl: [],
  srt: ["times"],
  vtt: ["times"],
  tsv: ["times"],
  csv: ["times"],
  rttm: ["times", "speakers"],
  ctm: ["words"],
  md: [],
  html: [],
  podcast: ["times"],
  whisper: ["times"],
  whisperx: ["times"],
};

/** Whether a segment has what is needed. */
const has: Readonly<Record<Need, (segment: Segment) => boolean>> = {
  times: ({ start, end }) => start !== null && end !== null,
  speakers: ({ speaker }) => speaker !== null,
  words: ({ words }) => words?.some(({ start, end }) => start !== null && end !== null) ?? false,
};

/** What a transcript lacks for a format; nothing is lacking where nothing is said. */
export function lackingFor(
  format: TranscriptFormat,
  { segments }: Pick<Spoken, "segments">,
): readonly Need[] {
  return segments.length === 0 ? [] : needs[format].filter((need) => !segments.some(has[need]));
}
