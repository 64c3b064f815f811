import type { EmulatedModel } from "./models.ts";
import type { JsonSchema, QuestionPart } from "./question.ts";
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

interface Spoken {
  /** Null where it is not told. */
  readonly role: "user" | "model" | null;
  readonly parts: readonly QuestionPart[];
}

/** Errors: Refusal 400 unless user and model speak by turns, the user first and last, and the model in text alone. */
export function assertConversation(turns: readonly Spoken[]): void {
  if (turns.length > 1 && turns.some(({ role }) => role === null))
    throw invalid("Please use a valid role: user, model.");
  if (turns.some(({ role }, index) => role !== null && role !== (index % 2 === 0 ? "user" : "model")))
    throw invalid("Please ensure that multiturn requests alternate between user and model.");
  if (turns.length % 2 === 0) throw invalid("Please ensure that multiturn requests end with a user role.");
  if (turns.some(({ role, parts }) => role === "model" && parts.some(({ kind }) => kind !== "text")))
    throw invalid("The model's turns have to be text.");
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

/** What of JSON Schema is supported [types: responseJsonSchema], references aside, which reports have refused. */
const keywords: ReadonlySet<string> = new Set([
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "anyOf",
  "oneOf",
  "properties",
  "additionalProperties",
  "required",
  "propertyOrdering",
]);

/**
 * Errors: Refusal 400 unless JSON is asked for, every `$ref` is inlined, no `maxItems` is large [report], all
 * keywords are supported, and what is required is there.
 */
export function assertSchema(schema: JsonSchema | undefined, mimeType: string | undefined): void {
  if (schema === undefined) return;
  if (mimeType !== "application/json")
    throw invalid("A response schema needs the MIME type application/json.");
  visit(schema);
}

function visit(schema: unknown): void {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema))
    throw invalid("A response schema has to be an object.");
  const { properties = {}, required = [], ...own }: Readonly<Record<string, unknown>> = { ...schema };
  for (const [keyword, value] of Object.entries(own)) assertKeyword(keyword, value);
  if (typeof properties !== "object" || properties === null)
    throw invalid("properties have to be an object.");
  for (const inner of Object.values(properties)) visit(inner);
  const missing = (Array.isArray(required) ? required : [required]).find((key) => !(key in properties));
  if (missing !== undefined) throw invalid(`required: property ${missing} is not defined.`);
}

function assertKeyword(keyword: string, value: unknown): void {
  if (keyword === "$ref") throw invalid("References in the response schema are not supported.");
  if (!keywords.has(keyword))
    throw invalid(`Unknown name "${keyword}" at response_schema: Cannot find field.`);
  if (keyword === "maxItems" && Number(value) > 1_000)
    throw invalid("The specified schema produces too many states.");
  if (keyword === "enum" && !(Array.isArray(value) && value.every(isChoice)))
    throw invalid("enum takes strings and numbers.");
  if (keyword === "items" || (keyword === "additionalProperties" && typeof value !== "boolean")) visit(value);
  if (["anyOf", "oneOf", "prefixItems"].includes(keyword) && Array.isArray(value)) value.forEach(visit);
}

/** Of a type that may be null, null can be chosen, too. */
function isChoice(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || value === null;
}
