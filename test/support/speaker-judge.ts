/** What a transcript says somebody said. */
export interface Labelled {
  readonly text: string;
  readonly speaker: string | null;
  readonly isUncertain: boolean;
}

/** How many words there are, how many under a wrong speaker, how many of these unmarked, and how many marked. */
export interface Judgement {
  readonly words: number;
  readonly wrong: number;
  readonly unseen: number;
  readonly uncertain: number;
}

/**
 * Counts the words under a wrong speaker. Each label is taken for whom most of the words under it are, those that are
 * certain first: one label a person, and one person a label.
 */
export function judge(
  segments: readonly Labelled[],
  truth: readonly { readonly text: string; readonly speaker: number }[],
): Judgement {
  const speakerOf = new Map(truth.map(({ text, speaker }) => [text, speaker]));
  const words = segments.flatMap(({ text, speaker, isUncertain }) =>
    text
      .split(" ")
      .map((word) => ({ truth: speakerOf.get(word) ?? -1, speaker: speaker ?? "", isUncertain })),
  );
  const counts = new Map<string, number>();
  for (const { truth: person, speaker, isUncertain } of words) {
    const key = `${person}/${speaker}`;
    counts.set(key, (counts.get(key) ?? 0) + (isUncertain ? 1 : words.length));
  }
  const personOf = new Map<string, number>();
  const taken = new Set<number>();
  for (const [key] of [...counts].toSorted(([, a], [, b]) => b - a)) {
    const [person = "", speaker = ""] = key.split("/");
    if (personOf.has(speaker) || taken.has(Number(person))) continue;
    personOf.set(speaker, Number(person));
    taken.add(Number(person));
  }
  const wrong = words.filter((word) => personOf.get(word.speaker) !== word.truth);
  return {
    words: words.length,
    wrong: wrong.length,
    unseen: wrong.filter(({ isUncertain }) => !isUncertain).length,
    uncertain: words.filter(({ isUncertain }) => isUncertain).length,
  };
}
