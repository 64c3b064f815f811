import { z } from "zod";
import type { EmulatedModel } from "./models.ts";
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

const partSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ inlineData: z.strictObject({ data: z.string(), mimeType: z.string() }) }),
  z.strictObject({ fileData: z.strictObject({ fileUri: z.string(), mimeType: z.string().optional() }) }),
]);

const contentSchema = z.strictObject({
  role: z.enum(["user", "model"]).optional(),
  parts: z.array(partSchema).min(1),
});

const generationConfigSchema = z.strictObject({
  responseMimeType: z.enum(["text/plain", "application/json"]).optional(),
  responseJsonSchema: z.record(z.string(), z.unknown()).optional(),
  maxOutputTokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  seed: z.int().optional(),
  thinkingConfig: z
    .strictObject({
      thinkingLevel: z.string().optional(),
      thinkingBudget: z.int().optional(),
      includeThoughts: z.boolean().optional(),
    })
    .optional(),
});

const requestSchema = z.strictObject({
  contents: z.array(contentSchema).min(1),
  systemInstruction: contentSchema.optional(),
  generationConfig: generationConfigSchema.optional(),
});

export type GenerateRequest = z.infer<typeof requestSchema>;
export type RequestPart = z.infer<typeof partSchema>;
export type JsonSchema = { readonly [key: string]: unknown };

/** A generateContent request, its form checked. Errors: Refusal 400 for all that the service does not know. */
export function readRequest(body: string, model: EmulatedModel): GenerateRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw invalid("Invalid JSON payload received.");
  }
  const parsed = requestSchema.safeParse(json);
  if (!parsed.success) throw invalid(`Invalid JSON payload received. ${z.prettifyError(parsed.error)}`);
  assertThinking(parsed.data, model);
  assertSchema(parsed.data);
  return parsed.data;
}

/** Errors: Refusal 400 for a type that is not audio as documented. */
export function assertAudioType(mimeType: string): void {
  if (!audioTypes.has(mimeType)) throw invalid(`Unsupported MIME type: ${mimeType}`);
}

function assertThinking({ generationConfig }: GenerateRequest, { name, thinking }: EmulatedModel): void {
  const { thinkingLevel, thinkingBudget } = generationConfig?.thinkingConfig ?? {};
  if (thinkingLevel !== undefined && thinkingBudget !== undefined) {
    throw invalid("Only one of thinking budget and thinking level can be set.");
  }
  if (thinkingLevel !== undefined && !thinking.levels.includes(thinkingLevel.toUpperCase())) {
    throw invalid(`Thinking level ${thinkingLevel} is not supported for ${name}.`);
  }
  const least = thinking.leastBudget;
  if (thinkingBudget !== undefined && (least === null || thinkingBudget < least)) {
    throw invalid(`Budget ${thinkingBudget} is invalid for ${name}.`);
  }
}

/** `$ref` has to be inlined, and a large `maxItems` is refused [report]. */
function assertSchema({ generationConfig }: GenerateRequest): void {
  const { responseJsonSchema, responseMimeType } = generationConfig ?? {};
  if (responseJsonSchema === undefined) return;
  if (responseMimeType !== "application/json")
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
  visit(responseJsonSchema);
}
