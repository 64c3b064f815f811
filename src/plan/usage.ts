/** What the service counted. What it did not tell is null. */
export interface Usage {
  readonly inputTokens: number | null;
  /** The part of the input that was audio. */
  readonly audioTokens: number | null;
  readonly outputTokens: number | null;
  readonly thoughtTokens: number | null;
  readonly cachedTokens: number | null;
  readonly totalTokens: number | null;
  /** How many times the model was asked. */
  readonly requests: number;
}

/** Nothing was asked. */
export const noUsage: Usage = {
  inputTokens: 0,
  audioTokens: 0,
  outputTokens: 0,
  thoughtTokens: 0,
  cachedTokens: 0,
  totalTokens: 0,
  requests: 0,
};

/** What several requests used. What is not known of one is not known of all. */
export function addUsage(usages: readonly Usage[]): Usage {
  const [first = noUsage, ...others] = usages.filter(({ requests }) => requests > 0);
  return others.reduce(
    (sum, usage) => ({
      inputTokens: add(sum.inputTokens, usage.inputTokens),
      audioTokens: add(sum.audioTokens, usage.audioTokens),
      outputTokens: add(sum.outputTokens, usage.outputTokens),
      thoughtTokens: add(sum.thoughtTokens, usage.thoughtTokens),
      cachedTokens: add(sum.cachedTokens, usage.cachedTokens),
      totalTokens: add(sum.totalTokens, usage.totalTokens),
      requests: sum.requests + usage.requests,
    }),
    first,
  );
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** One request of which nothing is known yet. */
export const unknownUsage: Usage = {
  inputTokens: null,
  audioTokens: null,
  outputTokens: null,
  thoughtTokens: null,
  cachedTokens: null,
  totalTokens: null,
  requests: 1,
};
