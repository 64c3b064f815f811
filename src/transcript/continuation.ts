/** How many words at the end of what was printed must come again, before it is taken for the same place. */
const anchorWords = 6;

/** How far the place may have moved, in words: a model seldom says the same twice in the same words. */
const mostMoved = 60;

interface Word {
  readonly text: string;
  /** Where it ends in its text. */
  readonly end: number;
}

/**
 * Where an answer goes on that broke off and was given again from the beginning: the place in `again`
 * behind what was printed already. Null when the two do not agree, or `again` has not come that far.
 * Words are compared without case and punctuation, which a model sets anew each time.
 */
export function continuationOf(printed: string, again: string): number | null {
  if (again.startsWith(printed)) return printed.length;
  const before = wordsIn(printed);
  // The last word may have been cut in the middle: it is looked at for itself.
  const last = before.at(-1);
  const isOpen = last !== undefined && last.end === printed.length;
  const anchor = (isOpen ? before.slice(0, -1) : before).slice(-anchorWords);
  const after = wordsIn(again);
  const expected = before.length - (isOpen ? 1 : 0);
  const ends = after
    .map((_, index) => index + 1)
    .filter((end) => end >= anchor.length && Math.abs(end - expected) <= mostMoved)
    .filter((end) => anchor.every(({ text }, index) => after[end - anchor.length + index]?.text === text))
    .toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected));
  const [end] = ends;
  if (end === undefined) return null;
  if (!isOpen) return after[end - 1]?.end ?? 0;
  const next = after[end];
  if (next === undefined || !next.text.startsWith(last.text)) return null;
  return next.end - (next.text.length - last.text.length);
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    end: match.index + match[0].length,
  }));
}
