import type { Transcript } from "../transcript.ts";
import { readCueText } from "./cue-text.ts";
import { cuesIn, type Line, linesOf } from "./cues.ts";
import { readNamePrefixes } from "./name-prefixes.ts";
import { told } from "./told.ts";

const tags = /<[^<>]*>/g;

/** Whether a file that begins like this is WebVTT (W3C, 4.1). */
export function isVtt(start: string): boolean {
  return /^WEBVTT(?:\s|$)/.test(start);
}

/**
 * Reads subtitles as WebVTT. Comments, styles and regions are none of it; nor is a cue's place on the screen. Where
 * it has no voices, names before the texts are speakers (as whisperX writes them). Failure `input` that names the
 * line of a time that is none.
 */
export function readVtt(text: string, path: string): Transcript {
  const blocks = blocksOf(linesOf(text)).filter((block) => !isAside(block));
  const cues = blocks
    .flatMap(cuesIn)
    .flatMap(({ start, end, lines }) =>
      readCueText(lines, tags).map((said) => ({ ...said, start, end, words: null })),
    );
  return told({ segments: readNamePrefixes(cues), language: languageOf(blocks[0] ?? []) }, path);
}

/** Lines without a blank one between them. */
function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [[]];
  for (const line of lines) {
    if (line.text.trim() === "") blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter((block) => block.length > 0);
}

function isAside(block: readonly Line[]): boolean {
  return /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(block[0]?.text ?? "");
}

/** YouTube names it in the header: `Language: en`. */
function languageOf(header: readonly Line[]): string | null {
  for (const { text } of header) {
    const language = /^Language:\s*(\S{1,40})/i.exec(text)?.[1];
    if (language !== undefined) return language;
  }
  return null;
}
