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
