import type { Heard } from "./hearing/hear.ts";
import { numberOf } from "./tone/alphabet.ts";

/** How long the silence between two clips may be, with what silence the clips begin and end with, in seconds. */
const between = { least: 0.8, most: 3 } as const;

/**
 * Whether a recording is made of clips with silence between them: most of its pauses part words of tone speech whose
 * numbers do not follow on each other. In a recording that was not cut they do; in one channel of several, what the
 * others say meanwhile takes longer than such a pause.
 */
export function isLineUp({ words }: Heard): boolean {
  const told = words.flatMap(({ text, ...word }) => {
    const number = numberOf(text);
    return number === null ? [] : [{ ...word, number }];
  });
  const pauses = told.flatMap(({ start, number }, index) => {
    const last = told[index - 1];
    if (last === undefined) return [];
    const length = start - last.end;
    return length < between.least || length > between.most ? [] : [number !== last.number + 1];
  });
  return pauses.filter((isJump) => isJump).length > pauses.length / 2;
}
