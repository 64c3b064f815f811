import type { EmulatedModel } from "./models.ts";
import type { JsonSchema } from "./question.ts";
import { invalid } from "./refusal.ts";

/** The audio types of Gemini's audio page; all else is refused. */
const audioTypes: ReadonlySet<string> = new Set([
  "audio/wav",
  "audio/mp3",
  "audio/aiff",
  "audio/aac",
  "audio/ogg",
  "audio/flac",
]);

/** Errors: Refusal 400 for a type that is not audio as documented. */
export function assertAudioType(mimeType: string): void {
  if (!audioTypes.has(mimeType)) throw invalid(`Unsupported MIME type: ${mimeType}`);
}

/** Errors: Refusal 400 for a longer answer than the model gives. */
export function assertOutputLimit(
  maxOutputTokens: number | undefined,
  { name, outputTokenLimit }: EmulatedModel,
): void {
  if (maxOutputTokens !== undefined && maxOutputTokens > outputTokenLimit)
    throw invalid(`max_output_tokens must be at most ${outputTokenLimit} for ${name}.`);
}

/** The most tokens that any model thinks [doc: the thinking page]. */
const largestBudget = 32_768;

interface ThinkingConfig {
  readonly thinkingLevel?: string | undefined;
  readonly thinkingBudget?: number | undefined;
}

/** Errors: Refusal 400 for thinking that the model does not take. */
export function assertThinking(
  { thinkingLevel, thinkingBudget }: ThinkingConfig,
  { name, thinking }: EmulatedModel,
): void {
  if (thinkingLevel !== undefined && thinkingBudget !== undefined) {
    throw invalid("Only one of thinking budget and thinking level can be set.");
  }
  if (thinkingLevel !== undefined && !thinking.levels.includes(thinkingLevel.toUpperCase())) {
    throw invalid(`Thinking level ${thinkingLevel} is not supported for ${name}.`);
  }
  const least = thinking.leastBudget;
  const isWithin = (budget: number) => least !== null && budget >= least && budget <= largestBudget;
  if (thinkingBudget !== undefined && !isWithin(thinkingBudget)) {
    throw invalid(`Budget ${thinkingBudget} is invalid for ${name}.`);
  }
}

/** Errors: Refusal 400 unless every `$ref` is inlined, no `maxItems` is large [report], and JSON is asked for. */
export function assertSchema(schema: JsonSchema | undefined, mimeType: string | undefined): void {
  if (schema === undefined) return;
  if (mimeType !== "application/json")
    throw invalid("A response schema needs the MIME type application/json.");
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$ref") throw invalid("References in the response schema are not supported.");
      if (key === "maxItems" && Number(inner) > 1_000)
        throw invalid("The specified schema produces too many states.");
      visit(inner);
    }
  };
  visit(schema);
}
