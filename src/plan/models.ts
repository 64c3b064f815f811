/** What a model's tokens cost, in US dollars a million. */
export interface Prices {
  /** The last day these prices hold (ISO date); null for no known end. */
  readonly until: string | null;
  readonly textInput: number;
  readonly audioInput: number;
  readonly output: number;
  /** Null where the model has no price for cached input. */
  readonly cachedInput: number | null;
  /** The least prompt these prices are for, in tokens; 0 for any. */
  readonly abovePromptTokens: number;
}

/** How a model is told to think as little as it can. */
export type Thinking =
  | { readonly kind: "level"; readonly lowest: "MINIMAL" | "LOW" }
  | { readonly kind: "budget"; readonly lowest: number }
  | { readonly kind: "default" };

/** A model of the Gemini API, and what gaudio has to know of it. */
export interface Model {
  readonly name: string;
  /** `general` models follow instructions; `transcription` models take audio alone. */
  readonly kind: "general" | "transcription";
  /** What a prompt may hold; null when it is not known. */
  readonly inputTokens: number | null;
  /** How many tokens a second of audio becomes. */
  readonly tokensPerSecond: number;
  readonly thinking: Thinking;
  /** Empty when nobody knows. Of those that hold for a day and a prompt, the last counts. */
  readonly prices: readonly Prices[];
}

/** The model that is asked unless the user names another. */
export const defaultModel = "gemini-3.8-flash";

/** The day on which the prices below were read off Google's price page. */
export const pricesAsOf = "2026-11-20";

const million = 1_048_576;

const always = { until: null, abovePromptTokens: 0 } as const;

/** Half price for the first months of the 3.6 and 3.8 generations [doc: the price page]. */
const flashPrices: readonly Prices[] = [
  { ...always, textInput: 1.5, audioInput: 1.5, output: 7.5, cachedInput: 0.15 },
  { ...always, until: "2026-12-31", textInput: 0.75, audioInput: 0.75, output: 3.75, cachedInput: 0.075 },
];

/**
 * Tokens a second: 25 for Gemini 3 and 32 for 2.5 [doc: the media-resolution page; reports agree].
 * Input limits and prices [doc: the models and price pages]; thinking [doc: the thinking page].
 */
export const models: readonly Model[] = [
  {
    name: "gemini-3.8-flash",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 25,
    // `minimal` is refused by this one.
    thinking: { kind: "level", lowest: "LOW" },
    prices: flashPrices,
  },
  {
    name: "gemini-3.6-flash",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 25,
    thinking: { kind: "level", lowest: "LOW" },
    // The same as 3.8-flash [report].
    prices: flashPrices,
  },
  {
    name: "gemini-3.5-flash-lite",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 25,
    thinking: { kind: "level", lowest: "MINIMAL" },
    prices: [{ ...always, textInput: 0.3, audioInput: 0.3, output: 2.5, cachedInput: null }],
  },
  {
    name: "gemini-3.5-transcribe",
    kind: "transcription",
    inputTokens: null,
    tokensPerSecond: 25,
    thinking: { kind: "default" },
    prices: [],
  },
  {
    name: "gemini-2.5-flash",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 32,
    thinking: { kind: "budget", lowest: 0 },
    prices: [{ ...always, textInput: 0.3, audioInput: 1, output: 2.5, cachedInput: 0.1 }],
  },
  {
    name: "gemini-2.5-flash-lite",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 32,
    thinking: { kind: "budget", lowest: 0 },
    prices: [{ ...always, textInput: 0.1, audioInput: 0.3, output: 0.4, cachedInput: null }],
  },
  {
    name: "gemini-2.5-pro",
    kind: "general",
    inputTokens: million,
    tokensPerSecond: 32,
    // 2.5-pro cannot be kept from thinking: 128 is the least it takes [doc: the thinking page].
    thinking: { kind: "budget", lowest: 128 },
    prices: [
      { ...always, textInput: 1.25, audioInput: 1.25, output: 10, cachedInput: null },
      {
        ...always,
        abovePromptTokens: 200_000,
        textInput: 2.5,
        audioInput: 2.5,
        output: 15,
        cachedInput: null,
      },
    ],
  },
];

/** The names of the models that follow instructions, for hints. */
export const generalModels = models.filter(({ kind }) => kind === "general").map(({ name }) => name);

/** The prices that hold on a day, given in milliseconds since the epoch; several where long prompts cost more. */
export function pricesOn({ prices }: Model, now: number): readonly Prices[] {
  const today = new Date(now).toISOString().slice(0, 10);
  const holding = prices.filter(({ until }) => until === null || today <= until);
  return holding.filter(
    (one, index) =>
      !holding.slice(index + 1).some((later) => later.abovePromptTokens === one.abovePromptTokens),
  );
}

/**
 * The model of a name. One that the table lacks is taken for a general model
 * of unknown limits and prices, at the highest token rate that is documented.
 */
export function modelNamed(name: string): Model {
  const bare = name.replace(/^models\//, "");
  return (
    models.find((model) => model.name === bare) ?? {
      name: bare,
      kind: "general",
      inputTokens: null,
      tokensPerSecond: 32,
      thinking: { kind: "default" },
      prices: [],
    }
  );
}
