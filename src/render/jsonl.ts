import type { Segment, Transcript, Word } from "../transcript/transcript.ts";
import { toJson } from "./document.ts";
import { toSeconds } from "./time.ts";

/** A transcript as JSON Lines: a segment a line, with the keys and units of the json format. */
export function renderJsonl({ segments, source }: Transcript): string {
  return segments.map((segment) => segmentLine(segment, source.path)).join("\n");
}

/** A segment as a line of JSON that tells of which file it is, so that lines of several files can be mixed. */
export function segmentLine(segment: Segment, path: string): string {
  const { id, start, end, text, speaker, language, translation, emotion, words } = segment;
  return toJson({
    file: path,
    id,
    start: toSeconds(start),
    end: toSeconds(end),
    text,
    speaker,
    language,
    translation,
    emotion,
    words: words?.map(wordDocument) ?? null,
  });
}

function wordDocument({ text, start, end, speaker }: Word) {
  return { word: text, start: toSeconds(start), end: toSeconds(end), speaker };
}
