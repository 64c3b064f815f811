import type { Segment, Transcript, Word } from "../transcript/transcript.ts";
import { placesOf } from "../transcript/word-places.ts";
import { printDocument } from "./document.ts";
import { toSeconds } from "./time.ts";

/**
 * A transcript as openai/whisper's JSON (whisper/transcribe.py), key for key in its order. What only whisper knows
 * is null. Texts and words begin with a space, where their language has spaces: put behind each other, they are the
 * whole text. Only if words were asked for, there are `words`: whisper's readers look for the key.
 */
export function renderWhisper({ text, segments, language }: Transcript): string {
  const hasWords = segments.some(({ words }) => words !== null);
  return printDocument({
    text: spaced(text),
    segments: segments.map((segment) => ({
      ...segmentDocument(segment),
      ...(hasWords && { words: wordDocuments(segment.words ?? [], segment.text.trim()) }),
    })),
    // Whisper's languages have no regions and no scripts.
    language: language?.split("-")[0] ?? null,
  });
}

function segmentDocument({ id, start, end, text }: Segment) {
  return {
    id,
    seek: null,
    start: toSeconds(start),
    end: toSeconds(end),
    text: spaced(text),
    tokens: [],
    temperature: null,
    avg_logprob: null,
    compression_ratio: null,
    no_speech_prob: null,
  };
}

function wordDocuments(words: readonly Word[], text: string) {
  const spoken = words
    .map((word) => ({ ...word, text: word.text.trim() }))
    .filter((word) => word.text !== "");
  const spaces = spacesBefore(
    spoken.map((word) => word.text),
    text,
  );
  return spoken.map(({ text: word, start, end }, index) => ({
    word: `${spaces[index] ?? ""}${word}`,
    start: toSeconds(start),
    end: toSeconds(end),
    probability: null,
  }));
}

/** What stands before each word, so that they make the text again: a space, or nothing. */
function spacesBefore(words: readonly string[], text: string): string[] {
  const places = placesOf(words, text);
  const first = spaced(text) === text ? "" : " ";
  let cursor = 0;
  return words.map((word, index) => {
    const from = cursor;
    const here = from + (/^\s*/.exec(text.slice(from, from + longestSpace))?.[0].length ?? 0);
    // A word may be written otherwise in the text than among the words, or not at all.
    const place = text.startsWith(word, here) ? { start: here, end: here + word.length } : places[index];
    if (place === null || place === undefined || place.start < from) return index === 0 ? first : " ";
    cursor = place.end;
    if (index === 0) return first;
    return /\s/.test(text.slice(from, place.start)) ? " " : "";
  });
}

const longestSpace = 100;

function spaced(text: string): string {
  const bare = text.trim();
  return bare === "" || beginsWithoutSpaces.test(bare) ? bare : ` ${bare}`;
}

/** Whether the first letter is of a script that puts no spaces between words. */
const beginsWithoutSpaces =
  /^\P{L}*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
