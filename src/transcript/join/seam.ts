import type { Milliseconds } from "../../units.ts";
import { align, type Pair } from "./seam-alignment.ts";
import { type Candidate, type Candidates, candidatesOf } from "./seam-candidates.ts";
import { withStrays } from "./seam-strays.ts";
import type { Token } from "./seam-tokens.ts";

/** A window's words, in their order, and the part of the recording that it heard. */
export interface Side {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly tokens: readonly Token[];
}

/** A word on either side. */
export interface Agreed {
  readonly left: Token;
  readonly right: Token;
}

/** How two windows are joined. */
export interface Seam {
  /** How it was found: `apart` when there was nothing to agree on. */
  readonly kind: "agreed" | "apart" | "disagreed";
  readonly at: Milliseconds;
  /** When the word before it is said: nothing behind it is earlier. Null when that is not known. */
  readonly floor: Milliseconds | null;
  /** What is kept of either side. */
  readonly left: readonly Token[];
  readonly right: readonly Token[];
  readonly agreed: readonly Agreed[];
}

/**
 * Finds where one window's words end and the next one's begin, so that each word stays once: in the middle of
 * what both heard alike. Where they do not agree, times are cut in the middle of the overlap; without times
 * nothing is cut, as a phrase that comes twice is better than one that is lost.
 */
export function findSeam(left: Side, right: Side): Seam {
  const overlap = { start: right.start, end: Math.min(left.end, right.end) };
  const whole = { left: left.tokens, right: right.tokens, agreed: [], floor: null };
  if (overlap.end <= overlap.start) return { ...whole, kind: "apart", at: right.start };
  const at = Math.round((overlap.start + overlap.end) / 2);
  const candidates = candidatesOf(left.tokens, right.tokens, overlap);
  const pairs = align(candidates.left, candidates.right, candidates);
  const runs = runsOf(pairs);
  if (isEnough(pairs, runs, candidates)) return agreedSeam(candidates, { left, right, runs, at });
  if (!candidates.haveBothWords) return { ...whole, kind: "apart", at };
  return { ...whole, ...cutByTime(left, right, { at, candidates }), kind: "disagreed", at };
}

/** Pairs that follow each other on both sides. */
function runsOf(pairs: readonly Pair[]): Pair[][] {
  const runs: Pair[][] = [];
  let before: Pair | null = null;
  for (const pair of pairs) {
    const isNext = before !== null && pair.left === before.left + 1 && pair.right === before.right + 1;
    if (isNext) runs.at(-1)?.push(pair);
    else runs.push([pair]);
    before = pair;
  }
  return runs;
}

/** A single word that both have may be chance, the more so where no time tells that it is the same. */
function isEnough(pairs: readonly Pair[], runs: readonly (readonly Pair[])[], sides: Candidates): boolean {
  const longest = Math.max(0, ...runs.map((run) => run.length));
  const fewest = Math.min(sides.left.length, sides.right.length);
  return sides.areTimed
    ? longest >= 2 || (longest > 0 && pairs.length * 4 >= fewest)
    : longest >= 3 || pairs.length >= 4 || (longest > 0 && pairs.length * 2 >= fewest);
}

interface Found {
  readonly left: Side;
  readonly right: Side;
  readonly runs: readonly (readonly Pair[])[];
  readonly at: Milliseconds;
}

function agreedSeam(candidates: Candidates, { left, right, runs, at }: Found): Seam {
  const tokensOf = (pair: Pair) => ({
    left: candidates.left[pair.left],
    right: candidates.right[pair.right],
  });
  const middles = runs
    .map((run) => ({ length: run.length, ...tokensOf(run[(run.length - 1) >> 1] ?? { left: 0, right: 0 }) }))
    .toSorted((a, b) => b.length - a.length || distance(a.left, at) - distance(b.left, at));
  const agreed = runs.flat().flatMap((pair) => {
    const one = tokensOf(pair);
    return one.left && one.right ? [{ left: one.left.token, right: one.right.token }] : [];
  });
  const cut = { left: middles[0]?.left?.until ?? 0, right: middles[0]?.right?.until ?? 0 };
  const kept = withStrays(left.tokens, right.tokens, { cut, agreed });
  const floor = middles[0]?.left?.start ?? null;
  return { ...kept, kind: "agreed", at: floor ?? at, floor, agreed };
}

function distance(candidate: Candidate | undefined, at: Milliseconds): Milliseconds {
  return Math.abs((candidate?.start ?? at) - at);
}

interface Middle {
  readonly at: Milliseconds;
  readonly candidates: Candidates;
}

function cutByTime(left: Side, right: Side, { at, candidates }: Middle): Pick<Seam, "left" | "right"> {
  if (!candidates.areTimed) return { left: left.tokens, right: right.tokens };
  const isBefore = ({ start, end }: Token, known: Milliseconds) =>
    ((start ?? known) + (end ?? start ?? known)) / 2 < at;
  return {
    left: left.tokens.filter((token) => isBefore(token, left.start)),
    right: right.tokens.filter((token) => !isBefore(token, right.end)),
  };
}
