import { notFound } from "./refusal.ts";

/** What the emulator holds of a model: its own table, so that an error in gaudio's is not repeated here. */
export interface EmulatedModel {
  readonly name: string;
  readonly displayName: string;
  readonly tokensPerSecond: number;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
  readonly thinking: {
    readonly levels: readonly string[];
    /** The least budget; null where budgets are not taken. */
    readonly leastBudget: number | null;
  };
}

const limits = { inputTokenLimit: 1_048_576, outputTokenLimit: 65_536 };
const upperLevels = ["LOW", "MEDIUM", "HIGH"];
const allLevels = ["MINIMAL", ...upperLevels];

const models: readonly EmulatedModel[] = [
  general("gemini-3.8-flash", 25, { levels: upperLevels, leastBudget: 0 }),
  general("gemini-3.6-flash", 25, { levels: allLevels, leastBudget: 0 }),
  general("gemini-3.5-flash-lite", 25, { levels: allLevels, leastBudget: 1 }),
  general("gemini-2.5-flash", 32, { levels: [], leastBudget: 0 }),
  general("gemini-2.5-flash-lite", 32, { levels: [], leastBudget: 0 }),
  general("gemini-2.5-pro", 32, { levels: [], leastBudget: 128 }),
];

function general(name: string, tokensPerSecond: number, thinking: EmulatedModel["thinking"]): EmulatedModel {
  return { name, displayName: name, tokensPerSecond, thinking, ...limits };
}

/** The model of a name. Errors: Refusal 404 for one that is not served. */
export function findModel(name: string): EmulatedModel {
  const model = models.find((known) => known.name === name);
  if (model === undefined) {
    throw notFound(
      `models/${name} is not found for API version v1beta, or is not supported for generateContent.`,
    );
  }
  return model;
}

export function listModels(): object {
  return { models: models.map(describeModel) };
}

export function describeModel({
  name,
  displayName,
  inputTokenLimit,
  outputTokenLimit,
}: EmulatedModel): object {
  return {
    name: `models/${name}`,
    displayName,
    inputTokenLimit,
    outputTokenLimit,
    supportedGenerationMethods: ["generateContent", "countTokens"],
  };
}
