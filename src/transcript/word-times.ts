import type { Milliseconds } from "../units.ts";
import { limitOf, type Part, type Times, withinPart } from "./times.ts";

/**
 * The times of one speaker's words, inside their part and one behind the other. A single word whose start is
 * wrong moves between its neighbours, and moves none of them. What has no time stays without.
 */
export function mendWordTimes(words: readonly Times[], part: Part): Times[] {
  const inside = words.map((word) => withinPart(word, part));
  const starts = inSteps(
    inside.map(({ start }) => start),
    limitOf(part),
  );
  const mended: Times[] = [];
  let latest = limitOf(part);
  // From the last to the first: a word may sound into the next one, but not past it.
  for (let index = inside.length - 1; index >= 0; index -= 1) {
    const start = starts[index] ?? null;
    const end = inside[index]?.end ?? null;
    const earlier = end === null ? null : Math.max(start ?? 0, Math.min(end, latest));
    latest = earlier ?? latest;
    mended.push({ start, end: earlier });
  }
  return mended.reverse();
}

/** Starts none of which is before the last; as few as possible are moved. */
function inSteps(starts: readonly (Milliseconds | null)[], limit: Milliseconds): (Milliseconds | null)[] {
  const steady = steadyIndexes(starts);
  const ceilings = nextOf(starts.map((start, index) => (steady.has(index) ? start : null)));
  let floor: Milliseconds = 0;
  return starts.map((start, index) => {
    if (start === null) return null;
    const moved = steady.has(index) ? start : Math.min(Math.max(start, floor), ceilings[index] ?? limit);
    floor = moved;
    return moved;
  });
}

/** For each place, what comes next behind it that is not null. */
function nextOf<T>(values: readonly (T | null)[]): (T | null)[] {
  let next: T | null = null;
  return values
    .toReversed()
    .map((value) => {
      const found = next;
      next = value ?? next;
      return found;
    })
    .reverse();
}

/** The places of the longest run of starts that never goes back (patience sorting). */
function steadyIndexes(starts: readonly (Milliseconds | null)[]): ReadonlySet<number> {
  /** Of the runs of each length, the last place of the one that ends earliest. */
  const lasts: { readonly index: number; readonly start: Milliseconds }[] = [];
  const before = new Map<number, number>();
  for (const [index, start] of starts.entries()) {
    if (start === null) continue;
    const length = countUpTo(lasts, start);
    const previous = lasts[length - 1];
    if (previous !== undefined) before.set(index, previous.index);
    lasts[length] = { index, start };
  }
  const steady = new Set<number>();
  for (let at = lasts.at(-1)?.index; at !== undefined; at = before.get(at)) steady.add(at);
  return steady;
}

/** How many of them, which are sorted, start no later. */
function countUpTo(sorted: readonly { readonly start: Milliseconds }[], latest: Milliseconds): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) <= latest) low = middle + 1;
    else high = middle;
  }
  return low;
}
