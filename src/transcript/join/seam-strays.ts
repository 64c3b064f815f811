import { keyOf } from "./seam-likeness.ts";
import type { Token } from "./seam-tokens.ts";

interface Kept {
  readonly left: readonly Token[];
  readonly right: readonly Token[];
}

interface Cut {
  /** How many of the left stay, and how many of the right go. */
  readonly cut: { readonly left: number; readonly right: number };
  readonly agreed: readonly { readonly left: Token; readonly right: Token }[];
}

/** Where two talk at once, the two answers may put their words in another order by so much. */
const mostShiftedMs = 700;

/** How many words from the cut another order can matter. */
const reachWords = 12;

/**
 * Cuts both sides at the seam. Where two talk at once, a word may stand before it on one side and behind it on
 * the other: it would come twice, or not at all. Such a word comes from the left.
 */
export function withStrays(left: readonly Token[], right: readonly Token[], { cut, agreed }: Cut): Kept {
  const known = new Set(agreed.flatMap((one) => [one.left, one.right]));
  const seam = { left: left[cut.left - 1], right: right[cut.right - 1] };
  const isOther = (side: Token | undefined) => (token: Token) =>
    !known.has(token) && token.segment !== side?.segment;
  const near = (tokens: readonly Token[], from: number, to: number, side: Token | undefined) =>
    tokens.slice(Math.max(0, from), Math.max(0, to)).filter(isOther(side));
  const doubled = matchesOf(
    near(right, cut.right, cut.right + reachWords, seam.right),
    near(left, cut.left - reachWords, cut.left, seam.left),
  );
  const lost = matchesOf(
    near(left, cut.left, cut.left + reachWords, seam.left),
    near(right, cut.right - reachWords, cut.right, seam.right),
  );
  return {
    left: left.filter((token, index) => index < cut.left || lost.has(token)),
    right: right.filter((token, index) => index >= cut.right && !doubled.has(token)),
  };
}

/** Which words are among the others, too, at nearly the same time. Each of the others is one word. */
function matchesOf(words: readonly Token[], others: readonly Token[]): ReadonlySet<Token> {
  const free = new Set(others);
  const found = new Set<Token>();
  for (const word of words) {
    const same = [...free].find((other) => isSame(word, other));
    if (same === undefined) continue;
    free.delete(same);
    found.add(word);
  }
  return found;
}

function isSame(one: Token, other: Token): boolean {
  if (one.start === null || other.start === null) return false;
  const key = keyOf(one.text);
  return Math.abs(one.start - other.start) <= mostShiftedMs && key !== "" && key === keyOf(other.text);
}
