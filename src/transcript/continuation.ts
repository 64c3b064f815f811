/** How many words at the end of what was printed must come again, before it is taken for the same place. */
const anchorWords = 6;

/** How far the place may have moved, in words: a model seldom says the same twice in the same words. */
const mostMoved = 60;

interface Word {
  readonly text: string;
  /** Where it ends in its text. */
  readonly end: number;
}

/** An answer that broke off after it was printed, and is given again from its beginning. */
export class Continuation {
  private readonly printed: string;
  /** The words that were printed; of the last, only as much as came, if it was cut. */
  private readonly before: readonly Word[];
  private again = "";
  private after: readonly Word[] = [];
  private isSame = true;

  constructor(printed: string) {
    this.printed = printed;
    this.before = wordsIn(printed);
  }

  /**
   * Takes what comes again; answers what goes on behind what was printed, as soon as that is certain, else
   * null. `isWhole` says that nothing more will come.
   */
  add(piece: string, isWhole: boolean): string | null {
    this.again = `${this.again}${piece}`.trimStart();
    const { again, printed } = this;
    this.isSame &&= again.startsWith(printed.slice(0, again.length));
    if (this.isSame) return again.length < printed.length ? null : again.slice(printed.length);
    this.after = [...this.after.slice(0, -1), ...this.wordsBehind(this.after.at(-2)?.end ?? 0)];
    // A place that lies further on may fit as well: all that it could be has to be there.
    if (!isWhole && this.after.length < this.before.length + mostMoved) return null;
    const place = placeOf(this.before, this.after, this.isOpen);
    if (place === null) return null;
    // The punctuation behind the last word was printed too.
    const tail = printed.slice(this.before.at(-1)?.end ?? 0);
    const rest = again.slice(place);
    return rest.startsWith(tail) ? rest.slice(tail.length) : rest;
  }

  /** Whether the last word may have been cut in the middle. */
  private get isOpen(): boolean {
    return this.before.at(-1)?.end === this.printed.length;
  }

  private wordsBehind(from: number): Word[] {
    return wordsIn(this.again.slice(from)).map(({ text, end }) => ({ text, end: end + from }));
  }
}

/**
 * The place in the words of the second answer that follows those of the first. Words are compared without
 * case and punctuation, which a model sets anew each time. Null when none fits, or more than one.
 */
function placeOf(before: readonly Word[], after: readonly Word[], isOpen: boolean): number | null {
  const whole = isOpen ? before.slice(0, -1) : before;
  const last = isOpen ? before.at(-1) : undefined;
  let ends = after
    .map((_, index) => index + 1)
    .filter((end) => Math.abs(end - whole.length) <= mostMoved)
    .filter((end) => last === undefined || (after[end]?.text.startsWith(last.text) ?? false));
  const least = Math.min(anchorWords, whole.length);
  // Where the same words come more than once, those before them tell the places apart.
  for (let words = 1; words <= whole.length && (words <= least || ends.length > 1); words += 1) {
    const wanted = whole.at(-words)?.text;
    const fitting = ends.filter((end) => after[end - words]?.text === wanted);
    if (words > least && fitting.length === 0) break;
    ends = fitting;
  }
  const [end] = ends;
  if (end === undefined || ends.length > 1) return null;
  if (last === undefined) return after[end - 1]?.end ?? 0;
  const next = after[end];
  return next === undefined ? null : next.end - (next.text.length - last.text.length);
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    end: match.index + match[0].length,
  }));
}
