import type { Segment, SoundEvent, Transcript, Word } from "../transcript/transcript.ts";
import { makingDocument, printDocument, sourceDocument } from "./document.ts";
import type { TranscriptDocument } from "./schema.ts";
import { toSeconds } from "./time.ts";

/** A transcript as JSON: whisper's keys where whisper has them, times in seconds, null for what is not known. */
export function renderJson(transcript: Transcript): string {
  const { text, language, summary, segments, speakers, events, gaps, source, making } = transcript;
  const document: TranscriptDocument = {
    text,
    language,
    duration: source.duration,
    summary,
    segments: segments.map(segmentDocument),
    speakers: speakers.map(({ id, name }) => ({ id, name })),
    events: events?.map(eventDocument) ?? null,
    gaps: gaps.map(({ start, end, reason }) => ({ start: start / 1_000, end: end / 1_000, reason })),
    source: sourceDocument(source),
    ...makingDocument(making),
  };
  return printDocument(document);
}

/** A segment in the documents that gaudio promises. */
export function segmentDocument(segment: Segment): TranscriptDocument["segments"][number] {
  const { id, start, end, text, speaker, language, translation, emotion, words } = segment;
  return {
    id,
    start: toSeconds(start),
    end: toSeconds(end),
    text,
    speaker,
    ...(segment.isUncertain === true && { uncertain: true as const }),
    language,
    translation,
    emotion,
    words: words?.map(wordDocument) ?? null,
  };
}

function wordDocument({ text, start, end, speaker }: Word) {
  return { word: text, start: toSeconds(start), end: toSeconds(end), speaker };
}

function eventDocument({ start, end, label }: SoundEvent) {
  return { start: toSeconds(start), end: toSeconds(end), label };
}
