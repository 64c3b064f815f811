/** What one speaker says until another does. */
export interface Turn<Word extends { readonly text: string }> {
  /** Null where speakers are not told apart. */
  readonly speaker: string | null;
  readonly words: readonly Word[];
}

/** A word as it is answered: times as `0.100s`. */
export interface OffsetWord {
  readonly text: string;
  readonly start: string;
  readonly end: string;
}

export function textOfTurn({ words }: Turn<{ readonly text: string }>): string {
  return words.map(({ text }) => text).join(" ");
}

/** The text of all turns, a line a turn. */
export function textOfTurns(turns: readonly Turn<{ readonly text: string }>[]): string {
  return turns.map(textOfTurn).join("\n");
}

/** As much of the turns as the first characters of their text hold; the last word may be cut. */
export function cutTurns<Word extends { readonly text: string }>(
  turns: readonly Turn<Word>[],
  characters: number,
): Turn<Word>[] {
  let left = characters;
  const cutWord = (word: Word): Word[] => {
    const text = word.text.slice(0, Math.max(0, left));
    left -= word.text.length + 1;
    return text === "" ? [] : [{ ...word, text }];
  };
  return turns
    .map((turn) => ({ ...turn, words: turn.words.flatMap(cutWord) }))
    .filter(({ words }) => words.length > 0);
}
