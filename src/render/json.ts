import type { Transcript } from "../transcript/transcript.ts";
import { makingDocument, printDocument, sourceDocument } from "./document.ts";
import { toSeconds } from "./time.ts";

/** A transcript as JSON: whisper's keys where whisper has them, times in seconds, null for what is not known. */
export function renderJson({ text, language, segments, speakers, source, making }: Transcript): string {
  return printDocument({
    text,
    language,
    duration: source.duration,
    segments: segments.map((segment) => ({
      id: segment.id,
      start: toSeconds(segment.start),
      end: toSeconds(segment.end),
      text: segment.text,
      speaker: segment.speaker,
    })),
    speakers,
    source: sourceDocument(source),
    ...makingDocument(making),
  });
}
