import type { Api } from "../invocation.ts";
import type { Seconds } from "../units.ts";
import type { ThinkingControl } from "./thinking.ts";

/** What a model costs, in US dollars. */
export type Prices = TokenPrices | MinutePrices;

/** A million tokens. */
export interface TokenPrices {
  readonly kind: "tokens";
  /** The last day these prices hold (ISO date); null for no known end. */
  readonly until: string | null;
  readonly textInput: number;
  readonly audioInput: number;
  readonly output: number;
  /** Null where the model has no price for cached input. */
  readonly cachedInput: number | null;
  /** A million tokens in an explicit cache, for an hour; null where nobody knows. */
  readonly cacheStorageHour: number | null;
  /** The least prompt these prices are for, in tokens; 0 for any. */
  readonly abovePromptTokens: number;
}

/** A minute of audio. */
interface MinutePrices {
  readonly kind: "minutes";
  readonly until: string | null;
  readonly input: number;
  readonly output: number;
}

/** A model of the Gemini API, and what gaudio has to know of it. */
export interface Model {
  readonly name: string;
  /** `general` models follow instructions; `transcription` models take audio alone. */
  readonly kind: "general" | "transcription";
  /** What a prompt may hold; null when it is not known. */
  readonly inputTokens: number | null;
  /** How long an answer may be; null when it is not known. */
  readonly outputTokens: number | null;
  /** The longest recording of a request, where it is not the limit of all models. */
  readonly recordingLimit: RecordingLimit | null;
  /** How many speakers it tells apart; null when it is not known. */
  readonly mostSpeakers: number | null;
  /** How many tokens a second of audio becomes. */
  readonly tokensPerSecond: number;
  readonly thinking: ThinkingControl;
  readonly apis: readonly Api[];
  /** The least that an explicit cache holds, in tokens; null when it is not known. */
  readonly cacheMinimum: number | null;
  /** Empty when nobody knows. Of those that hold for a day and a prompt, the last counts. */
  readonly prices: readonly Prices[];
  /** Where all this is from. */
  readonly source: string;
}

interface RecordingLimit {
  /** For the text alone. */
  readonly text: Seconds;
  /** With words' times, or speakers. */
  readonly words: Seconds;
}

/** The model that is asked where instructions are to be followed, unless the user names another. */
export const defaultGeneralModel = "gemini-3.8-flash";

/** The model that is asked for a transcript and nothing beside it, unless the user names another. */
export const defaultTranscriptionModel = "gemini-3.5-transcribe";

/** The day on which the prices below were read off Google's price page. */
export const pricesAsOf = "2026-11-20";

const million = 1_048_576;

const always = { kind: "tokens", until: null, abovePromptTokens: 0 } as const;

/**
 * Keeping a cache costs $1 on the price page of every Flash model so far; of these, nobody here has read it [?].
 * Half price for the first months of the 3.6 and 3.8 generations [doc: the price page].
 */
const flashPrices: readonly Prices[] = [
  { ...always, textInput: 1.5, audioInput: 1.5, output: 7.5, cachedInput: 0.15, cacheStorageHour: 1 },
  {
    ...always,
    until: "2026-12-31",
    textInput: 0.75,
    audioInput: 0.75,
    output: 3.75,
    cachedInput: 0.075,
    cacheStorageHour: 1,
  },
];

const bothApis: readonly Api[] = ["generate", "interactions"];

const pages = "doc: the models, price, thinking and media-resolution pages";

/** A cache holds at least as much as the service caches by itself [doc: the caching page]. */
const general = {
  kind: "general",
  inputTokens: million,
  outputTokens: 65_536,
  recordingLimit: null,
  mostSpeakers: null,
  apis: bothApis,
  cacheMinimum: 4_096,
  source: pages,
} as const;

/** Of levels, `minimal` is not for every model [doc: the thinking page]. */
const upperLevels: ThinkingControl = { kind: "levels", levels: ["low", "medium", "high"] };
const allLevels: ThinkingControl = { kind: "levels", levels: ["minimal", "low", "medium", "high"] };

/** What the levels stand for where a model takes budgets [doc: the page on OpenAI's parameters]. */
const upperBudgets = { low: 1_024, medium: 8_192, high: 24_576 };

/** Tokens a second: 25 for Gemini 3 and 32 for 2.5 [doc: the media-resolution page; reports agree]. */
export const models: readonly Model[] = [
  {
    ...general,
    name: "gemini-3.8-flash",
    tokensPerSecond: 25,
    // `minimal` is refused by this one.
    thinking: upperLevels,
    prices: flashPrices,
  },
  {
    ...general,
    name: "gemini-3.6-flash",
    tokensPerSecond: 25,
    thinking: allLevels,
    prices: flashPrices,
    source: `${pages}; report: the prices are those of gemini-3.8-flash`,
  },
  {
    ...general,
    name: "gemini-3.5-flash-lite",
    tokensPerSecond: 25,
    thinking: allLevels,
    prices: [
      { ...always, textInput: 0.3, audioInput: 0.3, output: 2.5, cachedInput: null, cacheStorageHour: null },
    ],
  },
  {
    name: "gemini-3.5-transcribe",
    kind: "transcription",
    inputTokens: null,
    outputTokens: null,
    recordingLimit: { text: 3_600, words: 1_800 },
    mostSpeakers: 8,
    tokensPerSecond: 25,
    thinking: { kind: "none" },
    cacheMinimum: null,
    apis: bothApis,
    prices: [{ kind: "minutes", until: null, input: 0.003, output: 0.002 }],
    source: "doc: the transcribe and price pages",
  },
  {
    ...general,
    name: "gemini-2.5-flash",
    tokensPerSecond: 32,
    cacheMinimum: 2_048,
    thinking: { kind: "budgets", tokens: { minimal: 0, ...upperBudgets } },
    prices: [
      { ...always, textInput: 0.3, audioInput: 1, output: 2.5, cachedInput: 0.1, cacheStorageHour: 1 },
    ],
  },
  {
    ...general,
    name: "gemini-2.5-flash-lite",
    tokensPerSecond: 32,
    cacheMinimum: 2_048,
    thinking: { kind: "budgets", tokens: { minimal: 0, ...upperBudgets } },
    prices: [
      { ...always, textInput: 0.1, audioInput: 0.3, output: 0.4, cachedInput: null, cacheStorageHour: null },
    ],
  },
  {
    ...general,
    name: "gemini-2.5-pro",
    tokensPerSecond: 32,
    cacheMinimum: 2_048,
    // It cannot be kept from thinking: 128 tokens are the least.
    thinking: { kind: "budgets", tokens: { minimal: 128, ...upperBudgets } },
    prices: [
      { ...always, textInput: 1.25, audioInput: 1.25, output: 10, cachedInput: null, cacheStorageHour: null },
      {
        ...always,
        abovePromptTokens: 200_000,
        textInput: 2.5,
        audioInput: 2.5,
        output: 15,
        cachedInput: null,
        cacheStorageHour: null,
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
  return holding.filter((one, index) => !holding.slice(index + 1).some((later) => isSameKind(one, later)));
}

function isSameKind(one: Prices, other: Prices): boolean {
  if (one.kind === "minutes" || other.kind === "minutes") return one.kind === other.kind;
  return one.abovePromptTokens === other.abovePromptTokens;
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
      outputTokens: null,
      recordingLimit: null,
      mostSpeakers: null,
      tokensPerSecond: 32,
      thinking: { kind: "unknown" },
      cacheMinimum: null,
      apis: bothApis,
      prices: [],
      source: "not in the table",
    }
  );
}
