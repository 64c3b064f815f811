import { oneLine } from "../clean.ts";

/** What somebody says in a cue. */
export interface Said {
  readonly text: string;
  /** What the speaker is called; null when nobody is named. */
  readonly label: string | null;
}

/** A voice: `<v Anna>`, `<v.loud Anna>`. It lasts until the next one, or the cue's end. */
const voice = /<v(?:\.[^\s<>]*)?\s([^<>]*)>/i;

/**
 * Who says what in a cue's lines, one for each voice: without tags, references to characters (`&amp;`) resolved.
 * `tags` are those of the format.
 */
export function readCueText(lines: readonly string[], tags: RegExp): Said[] {
  const bare = (text: string) => oneLine(resolveReferences(text.replace(tags, "")));
  // Names stand between the texts, as what the expression caught.
  const parts = joinLines(lines).split(voice).map(bare);
  return parts.flatMap((text, index) => {
    const label = index === 0 ? "" : (parts[index - 1] ?? "");
    return index % 2 === 1 || text === "" ? [] : [{ text, label: label === "" ? null : label }];
  });
}

/** Chinese and Japanese are broken anywhere, and have no space there. */
function joinLines(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n")
    .replace(breaksInside, "");
}

const breaksInside =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff65])\n(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff65])/gu;

const references: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  lrm: "\u200e",
  rlm: "\u200f",
};

/** Those of WebVTT (W3C, 6.4), and numbers. Once: `&amp;lt;` is `&lt;`. */
function resolveReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (written, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(references, name) ? (references[name] ?? written) : written;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : written;
  });
}
