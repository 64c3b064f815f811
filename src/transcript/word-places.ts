/** Where a word stands in a text: from its first character to behind its last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** So far ahead, a word need not be followed by the next one to be taken for the one that is sought. */
const closeCharacters = 40;

/** How far ahead a word is sought, and how much further for each that was not found before it. */
const reachCharacters = 300;
const reachForEachMissed = 200;

/**
 * Finds words in a text in their order, whatever their case and punctuation. Null for a word that is not
 * there: a model may write `OK` in its text and `okay` in its words.
 */
export function placesOf(words: readonly string[], text: string): (Place | null)[] {
  const folded = foldCase(text);
  const wanted = words.map(bareWord);
  let cursor = 0;
  let missed = 0;
  return wanted.map((word, index) => {
    const reach = reachCharacters + missed * reachForEachMissed;
    const start = findWord(folded, { word, next: wanted[index + 1] ?? "", from: cursor, reach });
    if (start === null) {
      missed += 1;
      return null;
    }
    missed = 0;
    cursor = start + word.length;
    return { start, end: cursor };
  });
}

interface Sought {
  readonly word: string;
  /** The word behind it; empty for none. */
  readonly next: string;
  readonly from: number;
  readonly reach: number;
}

function findWord(text: string, { word, next, from, reach }: Sought): number | null {
  if (word === "") return null;
  const here = behindGap(text, from);
  if (text.startsWith(word, here)) return here;
  const ahead = text.slice(here, here + reach);
  const nextAt = next === "" ? -1 : ahead.indexOf(next);
  for (let at = ahead.indexOf(word); at !== -1; at = ahead.indexOf(word, at + 1)) {
    if (!standsAlone(text, here + at, word.length)) continue;
    // What is common comes again soon: a word that is not in the text must not be found behind its successors.
    const isNear = at <= closeCharacters && (nextAt === -1 || nextAt > at);
    const isFollowed = next !== "" && text.startsWith(next, behindGap(text, here + at + word.length));
    if (isNear || isFollowed) return here + at;
  }
  return null;
}

/** Where the next letter or digit is. */
function behindGap(text: string, from: number): number {
  gap.lastIndex = from;
  return from + (gap.exec(text)?.[0].length ?? 0);
}

const gap = /[^\p{L}\p{N}]*/uy;

/** Whether it is no piece of a longer word; in scripts without spaces nothing tells, so it is none. */
function standsAlone(text: string, at: number, length: number): boolean {
  return !areJoined(text.slice(at - 1, at + 1)) && !areJoined(text.slice(at + length - 1, at + length + 1));
}

function areJoined(pair: string): boolean {
  return /^[\p{L}\p{N}\p{M}]{2}$/u.test(pair) && !withoutSpaces.test(pair);
}

const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Without the punctuation around it; a word of nothing else stays nothing. */
function bareWord(word: string): string {
  return foldCase(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
}

/** In lower case, every character at the place where it was: `İ` would become two. */
function foldCase(text: string): string {
  return text.replace(/\p{Lu}/gu, (capital) => {
    const small = capital.toLowerCase();
    return small.length === capital.length ? small : capital;
  });
}
