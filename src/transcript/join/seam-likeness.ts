/** A word without case and punctuation, in one form of Unicode; empty for what is no word. */
export function keyOf(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}

/** How much less a word counts that is spelt in another way. */
const misspelt = 0.7;

/**
 * How surely two keys are one word: 0 for not at all, 1 for the same. Longer words may differ in a letter or
 * two; numbers may not, nor do short words: `he` is not `me`.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return one === "" ? 0 : 1;
  const shorter = Math.min(one.length, other.length);
  const most = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
  if (most === 0 || Math.abs(one.length - other.length) > most) return 0;
  if (/\p{N}/u.test(one) || /\p{N}/u.test(other)) return 0;
  return areWithin(one, other, most) ? misspelt : 0;
}

/** Whether so many letters put in, taken out or replaced make one of the other. */
function areWithin(one: string, other: string, most: number): boolean {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === one.length || at === other.length) return Math.abs(one.length - other.length) <= most;
  if (most === 0) return false;
  const rests = [
    [one.slice(at + 1), other.slice(at + 1)],
    [one.slice(at + 1), other.slice(at)],
    [one.slice(at), other.slice(at + 1)],
  ] as const;
  return rests.some(([left, right]) => areWithin(left, right, most - 1));
}
