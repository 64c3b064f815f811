import type { Milliseconds } from "../../units.ts";
import type { Alignable } from "./seam-alignment.ts";
import { keyOf } from "./seam-likeness.ts";
import { isSpaceless, type Token } from "./seam-tokens.ts";

/** What two windows heard both. */
export interface Overlap {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** A word that the other side may have, too. */
export interface Candidate extends Alignable {
  readonly token: Token;
  /** The index, among all tokens of its side, behind it and the punctuation that follows it. */
  readonly until: number;
}

export interface Candidates {
  readonly left: readonly Candidate[];
  readonly right: readonly Candidate[];
  readonly tolerance: Milliseconds;
  /** Whether both sides have times. */
  readonly areTimed: boolean;
  /** Whether both sides have words in the overlap, as far as it can be known. */
  readonly haveBothWords: boolean;
}

/** So far may the times be apart that two answers tell of the same word. */
const toleranceMs = 2_000;

/** Where one side is silent, only a word at the very edge may be the same as one of the other side. */
const edgeToleranceMs = 500;

/** Nobody speaks faster for long; characters of scripts without spaces come about twice as fast. */
const wordsPerSecond = 5;

/** An alignment takes the square of it, in time and space. */
const mostCandidates = 600;

/** The words at the end of one window and the beginning of the next that may be the same. */
export function candidatesOf(left: readonly Token[], right: readonly Token[], overlap: Overlap): Candidates {
  const isTimed = { left: hasTimes(left), right: hasTimes(right) };
  const inside = (tokens: readonly Token[], margin: Milliseconds) =>
    timedCandidates(tokens, { start: overlap.start - margin, end: overlap.end + margin });
  const hasWords = (tokens: readonly Token[], areTimed: boolean) =>
    areTimed ? inside(tokens, 0).length > 0 : tokens.length > 0;
  const haveBothWords = hasWords(left, isTimed.left) && hasWords(right, isTimed.right);
  const tolerance = haveBothWords ? toleranceMs : edgeToleranceMs;
  const seconds = (overlap.end - overlap.start) / 1_000;
  return {
    left: (isTimed.left ? inside(left, tolerance) : lastWords(left, seconds)).slice(-mostCandidates),
    right: (isTimed.right ? inside(right, tolerance) : firstWords(right, seconds)).slice(0, mostCandidates),
    tolerance,
    areTimed: isTimed.left && isTimed.right,
    haveBothWords,
  };
}

function hasTimes(tokens: readonly Token[]): boolean {
  return tokens.some(({ start }) => start !== null);
}

function timedCandidates(tokens: readonly Token[], { start, end }: Overlap): Candidate[] {
  let last: Milliseconds = Number.NEGATIVE_INFINITY;
  return candidates(tokens, (token) => {
    last = token.start ?? last;
    return last >= start && last <= end;
  });
}

function firstWords(tokens: readonly Token[], seconds: number): Candidate[] {
  const first = new Set(asMany(tokens, seconds));
  return candidates(tokens, (token) => first.has(token));
}

function lastWords(tokens: readonly Token[], seconds: number): Candidate[] {
  const last = new Set(asMany(tokens.toReversed(), seconds));
  return candidates(tokens, (token) => last.has(token));
}

/** The first words, as many as can be said in so many seconds. */
function asMany(tokens: readonly Token[], seconds: number): Token[] {
  let left = seconds * wordsPerSecond;
  return tokens.filter(({ text }) => {
    const isRoom = left > 0;
    left -= isSpaceless(text) ? 0.5 : 1;
    return isRoom;
  });
}

/** Punctuation that stands alone is no candidate, and stays with the word before it. */
function candidates(tokens: readonly Token[], isWanted: (token: Token) => boolean): Candidate[] {
  const found: Candidate[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!isWanted(token)) continue;
    const key = keyOf(token.text);
    if (key !== "") found.push({ key, start: token.start, token, until: behind(tokens, index) });
  }
  return found;
}

function behind(tokens: readonly Token[], index: number): number {
  let until = index + 1;
  while (until < tokens.length && keyOf(tokens[until]?.text ?? "") === "") until += 1;
  return until;
}
