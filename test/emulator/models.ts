import { type Page, pageOf } from "./paging.ts";
import { noSuchModel } from "./refusal.ts";

/** What the emulator holds of a model: its own table, so that an error in gaudio's is not repeated here. */
export interface EmulatedModel {
  readonly name: string;
  readonly displayName: string;
  /** `transcription` models take audio alone, and answer nothing but its words. */
  readonly kind: "general" | "transcription";
  readonly tokensPerSecond: number;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
  /** The longest recording of a request, in seconds; null where only the prompt's limit counts. */
  readonly recordingLimit: { readonly text: number; readonly words: number } | null;
  readonly thinking: {
    readonly levels: readonly string[];
    /** The least budget; null where budgets are not taken. */
    readonly leastBudget: number | null;
  };
  /** The least that an explicit cache holds, in tokens; null where nothing is cached. */
  readonly leastCached: number | null;
}

const limits = { inputTokenLimit: 1_048_576, outputTokenLimit: 65_536 };
const upperLevels = ["LOW", "MEDIUM", "HIGH"];
const allLevels = ["MINIMAL", ...upperLevels];

const models: readonly EmulatedModel[] = [
  general("gemini-3.8-flash", 25, { levels: upperLevels, leastBudget: 0 }),
  general("gemini-3.6-flash", 25, { levels: allLevels, leastBudget: 0 }),
  general("gemini-3.5-flash-lite", 25, { levels: allLevels, leastBudget: 1 }),
  {
    name: "gemini-3.5-transcribe",
    displayName: "gemini-3.5-transcribe",
    kind: "transcription",
    tokensPerSecond: 25,
    // Its limits of tokens are those of the others [?]: no recording that it takes comes near them.
    ...limits,
    // An hour, or half of it with speakers or words' times [doc: the transcribe page].
    recordingLimit: { text: 3_600, words: 1_800 },
    thinking: { levels: [], leastBudget: null },
    leastCached: null,
  },
  general("gemini-2.5-flash", 32, { levels: [], leastBudget: 0 }),
  general("gemini-2.5-flash-lite", 32, { levels: [], leastBudget: 0 }),
  general("gemini-2.5-pro", 32, { levels: [], leastBudget: 128 }),
];

function general(name: string, tokensPerSecond: number, thinking: EmulatedModel["thinking"]): EmulatedModel {
  const kind = "general";
  // As much as the service caches by itself [doc: the caching page].
  const leastCached = name.startsWith("gemini-2.5") ? 2_048 : 4_096;
  return {
    ...{ name, displayName: name, kind, tokensPerSecond, thinking, leastCached },
    ...{ recordingLimit: null, ...limits },
  };
}

/** The model of a name. Errors: Refusal 404 for one that is not served. */
export function findModel(name: string): EmulatedModel {
  const model = models.find((known) => known.name === name);
  if (model === undefined) throw noSuchModel(name);
  return model;
}

/** A page of the models: 50, or as many as are asked for, up to 1,000 [doc]. Errors: Refusal 400. */
export function listModels(query: URLSearchParams): object {
  const { items, next }: Page<EmulatedModel> = pageOf(models, query, { usual: 50, most: 1_000 });
  return { ...(items.length > 0 ? { models: items.map(describeModel) } : {}), ...next };
}

/** A model as the service describes it. */
export function describeModel(model: EmulatedModel): object {
  const { name, displayName, kind, inputTokenLimit, outputTokenLimit } = model;
  return {
    name: `models/${name}`,
    displayName,
    inputTokenLimit,
    outputTokenLimit,
    supportedGenerationMethods:
      kind === "transcription"
        ? ["generateContent"]
        : ["generateContent", "countTokens", "createCachedContent"],
  };
}
