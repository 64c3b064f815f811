import type { Segment, Transcript, Word } from "../transcript/transcript.ts";
import { printDocument } from "./document.ts";
import { toSeconds } from "./time.ts";

/**
 * A transcript as whisperX's JSON (whisperx/alignment.py, diarize.py), key for key in its order. It leaves out what
 * it does not know of a word, and so does this: its writers ask whether `start` and `speaker` are there. A `score`
 * is never known. Without words, no segment has `words`: its writers would take them for all there is.
 */
export function renderWhisperx({ segments, language }: Transcript): string {
  const hasWords = segments.some(({ words }) => words !== null);
  return printDocument({
    segments: segments.map((segment) => segmentDocument(segment, hasWords)),
    word_segments: segments.flatMap(wordDocuments),
    // As whisper's, its languages have no regions and no scripts.
    language: language?.split("-")[0] ?? null,
  });
}

function segmentDocument(segment: Segment, hasWords: boolean) {
  const { start, end, text, speaker } = segment;
  return {
    start: toSeconds(start),
    end: toSeconds(end),
    text: text.trim(),
    ...(hasWords && { words: wordDocuments(segment) }),
    ...(speaker !== null && { speaker }),
  };
}

function wordDocuments({ words }: Segment) {
  return (words ?? []).filter(({ text }) => text.trim() !== "").map(wordDocument);
}

function wordDocument({ text, start, end, speaker }: Word) {
  return {
    word: text.trim(),
    ...(start !== null && { start: toSeconds(start) }),
    ...(end !== null && { end: toSeconds(end) }),
    ...(speaker !== null && { speaker }),
  };
}
