import type { Milliseconds } from "../../units.ts";
import { inOrder, type Times } from "../times.ts";
import type { Segment } from "../transcript.ts";

/** A word of a window, as the search for a seam sees it. */
export interface Token extends Times {
  readonly text: string;
  readonly speaker: string | null;
  /** The index of its segment in the window. */
  readonly segment: number;
  /** Its index in the segment. */
  readonly place: number;
}

/**
 * The words of a window in the order of their times; those of one segment keep theirs. Words without times of
 * their own get their share of their segment's, by characters, and stay together: such times are too vague to
 * put them between another speaker's.
 */
export function tokensOf(segments: readonly Segment[]): Token[] {
  return inOrder(
    segments.flatMap((segment, index) => {
      let latest = segment.start;
      return tokensIn(segment, index).map((token) => {
        if (isWorded(segment) && token.start !== null) latest = Math.max(latest ?? 0, token.start);
        return { token, start: latest, end: token.end };
      });
    }),
  ).map(({ token }) => token);
}

/** Whether a segment's words are known, and not only its text. */
export function isWorded({ words }: Segment): boolean {
  return words !== null && words.length > 0;
}

function tokensIn(segment: Segment, index: number): Token[] {
  const { words, speaker } = segment;
  if (words !== null && words.length > 0)
    return words.map((word, place) => ({
      text: word.text,
      start: word.start,
      end: word.end,
      speaker: word.speaker ?? speaker,
      segment: index,
      place,
    }));
  const timeAt = timeByShare(segment);
  let from = 0;
  return chunksOf(segment.text).map((text, place) => {
    const start = timeAt(from);
    from += text.length;
    return { text, start, end: timeAt(from), speaker, segment: index, place };
  });
}

/** When a character of a segment is said, if all take equally long. */
function timeByShare({ text, start, end }: Segment): (at: number) => Milliseconds | null {
  if (start === null) return () => null;
  const length = (end ?? start) - start;
  return (at) => Math.round(start + (length * at) / Math.max(1, text.length));
}

/** A text as its words, each with the space behind it; in scripts without spaces, as its characters. */
export function chunksOf(text: string): string[] {
  const chunks = text.match(chunk) ?? [];
  return chunks.length === 0 ? [text] : chunks;
}

/** Whether a word is a character of a script that has no spaces. */
export function isSpaceless(text: string): boolean {
  return beginsSpaceless.test(text);
}

/** Two stretches of speech as one. */
export function joinTexts(left: string, right: string): string {
  if (left === "" || right === "") return left + right;
  return endsSpaceless.test(left) && beginsSpaceless.test(right) ? left + right : `${left} ${right}`;
}

const letter = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]`;
const chunk = new RegExp(
  String.raw`${letter}[\p{M}]*[^\p{L}\p{N}\p{Ps}\p{Pi}\s]*\s*|(?:(?!${letter})\S)+\s*`,
  "gu",
);
const beginsSpaceless = new RegExp(String.raw`^[^\p{L}\p{N}\s]*${letter}`, "u");
const endsSpaceless = new RegExp(String.raw`${letter}[^\p{L}\p{N}\s]*$`, "u");
