import type { Transcript } from "../transcript.ts";
import { readCueText } from "./cue-text.ts";
import { cuesIn, linesOf } from "./cues.ts";
import { readNamePrefixes } from "./name-prefixes.ts";
import { told } from "./told.ts";

/** What is a tag where `<` need not be one: those of HTML, `<v Name>` and `<c>` of WebVTT, and `{\an8}`. */
const tags = /<\/?(?:[bcisuv]|font|ruby|rt|lang)(?:[.\s][^<>]*)?>|\{\\[^{}]*\}/gi;

/** Whether there are cues in it. */
export function isSrt(text: string): boolean {
  return /^[ \t]*(?:\d{1,4}:){1,2}\d{1,2}(?:[.,]\d{1,6})?[ \t]*-->/m.test(text);
}

/**
 * Reads subtitles as SRT, in what forms they are found: with and without counters, blank lines, hours; with a comma
 * or a point. Failure `input` that names the line of a time that is none.
 */
export function readSrt(text: string, path: string): Transcript {
  const cues = cuesIn(linesOf(text)).flatMap(({ start, end, lines }) =>
    readCueText(lines, tags).map((said) => ({ ...said, start, end, words: null })),
  );
  return told({ segments: readNamePrefixes(cues), language: null }, path);
}
