import { z } from "zod";
import type { CacheStore } from "./caches.ts";
import { parseBody } from "./json.ts";
import { type EmulatedModel, findModel } from "./models.ts";
import { type Question, type QuestionPart, serviceTiers } from "./question.ts";
import { invalid, noSuchModel } from "./refusal.ts";
import { assertConversation, assertOutputLimit, assertSchema, assertThinking } from "./request-rules.ts";
import { assertAudioAlone, assertWish, type TranscriptionWish } from "./transcription-wish.ts";
import { videoPart } from "./videos.ts";

/** To tell a model nothing is to leave it out. */
const textSchema = z.strictObject({ text: z.string().min(1) });

const partSchema = z.union([
  textSchema,
  z.strictObject({ inlineData: z.strictObject({ data: z.string(), mimeType: z.string() }) }),
  z.strictObject({ fileData: z.strictObject({ fileUri: z.string(), mimeType: z.string().optional() }) }),
]);

const role = z.enum(["user", "model"]).optional();

/** Those that the SDK still has and calls deprecated, `languageAuto` and the like, are not taken. */
const transcriptionSchema = z.strictObject({
  languageCodes: z.array(z.string()).optional(),
  customVocabulary: z.array(z.string().min(1)).optional(),
  diarization: z.boolean().optional(),
  wordTimestamp: z.boolean().optional(),
  mode: z.enum(["VERBATIM", "SMART"]).optional(),
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
  audioTranscriptionConfig: transcriptionSchema.optional(),
});

const safetySchema = z.strictObject({
  category: z.enum([
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
    "HARM_CATEGORY_CIVIC_INTEGRITY",
  ]),
  threshold: z.enum([
    "OFF",
    "BLOCK_NONE",
    "BLOCK_ONLY_HIGH",
    "BLOCK_MEDIUM_AND_ABOVE",
    "BLOCK_LOW_AND_ABOVE",
  ]),
});

const requestSchema = z.strictObject({
  contents: z.array(z.strictObject({ role, parts: z.array(partSchema).min(1) })).min(1),
  systemInstruction: z.strictObject({ role, parts: z.array(textSchema).min(1) }).optional(),
  generationConfig: generationConfigSchema.optional(),
  safetySettings: z.array(safetySchema).optional(),
  // Lower case, beside the contents [types; run].
  serviceTier: z.enum(serviceTiers).optional(),
  cachedContent: z.string().optional(),
});

type GenerateRequest = z.infer<typeof requestSchema>;

/** A generateContent request, its form checked. Errors: Refusal 400 for all that the service does not know. */
export function readRequest(body: string, model: EmulatedModel, caches: Pick<CacheStore, "for">): Question {
  const request = parseBody(body, requestSchema);
  return model.kind === "transcription"
    ? transcriptionQuestion(request, model)
    : withCache(request, generalQuestion(request, model), caches);
}

/**
 * A question that begins with what is in a cache.
 * Errors: Refusal 400 for a system instruction beside it [report]; 403 for a cache that is not there.
 */
function withCache(
  { cachedContent, systemInstruction }: GenerateRequest,
  question: Question,
  caches: Pick<CacheStore, "for">,
): Question {
  if (cachedContent === undefined) return question;
  if (systemInstruction !== undefined) {
    throw invalid(
      "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config.",
    );
  }
  const { parts, tokens } = caches.for(cachedContent, question.model);
  return { ...question, parts: [...parts, ...question.parts], cachedTokens: tokens };
}

const cacheSchema = requestSchema.pick({ contents: true, systemInstruction: true }).extend({
  model: z.string().startsWith("models/"),
  // An hour, where nobody says [doc: the caching page].
  ttl: z
    .string()
    .regex(/^\d+(\.\d{1,9})?s$/)
    .default("3600s"),
  displayName: z.string().optional(),
});

/** A request for a cache, its form checked. Errors: Refusal 400, and 404 for a model that caches nothing. */
export function readCache(body: string): { readonly question: Question; readonly lifetimeMs: number } {
  const { model: name, ttl, displayName: _, ...kept } = parseBody(body, cacheSchema);
  const model = findModel(name.slice("models/".length));
  if (model.leastCached === null) throw noSuchModel(model.name, "createCachedContent");
  const lifetimeMs = Number.parseFloat(ttl) * 1_000;
  if (lifetimeMs <= 0) throw invalid("The TTL has to be positive.");
  return { question: generalQuestion(kept, model), lifetimeMs };
}

/** A request for a prompt's tokens: its contents alone, or a whole request [doc: the API's reference]. */
const countSchema = z.union([
  requestSchema.pick({ contents: true }),
  z.strictObject({
    generateContentRequest: requestSchema.omit({ cachedContent: true }).extend({ model: z.string() }),
  }),
]);

/** The same of a countTokens request. Errors: Refusal 400 besides for a model that is not the one of the address. */
export function readCount(body: string, model: EmulatedModel): Question {
  const request = parseBody(body, countSchema);
  if ("contents" in request) return generalQuestion(request, model);
  const { model: named, ...whole } = request.generateContentRequest;
  if (named !== `models/${model.name}`) throw invalid(`The model ${named} is not the one of the address.`);
  return generalQuestion(whole, model);
}

function generalQuestion(request: GenerateRequest, model: EmulatedModel): Question {
  const { generationConfig = {}, systemInstruction } = request;
  const { thinkingConfig, responseJsonSchema, responseMimeType } = generationConfig;
  if (generationConfig.audioTranscriptionConfig !== undefined)
    throw invalid(`audioTranscriptionConfig is not supported for ${model.name}.`);
  assertConversation(
    request.contents.map(({ role, parts }) => ({ role: role ?? null, parts: parts.map(partOf) })),
  );
  assertThinking(thinkingConfig ?? {}, model);
  assertOutputLimit(generationConfig.maxOutputTokens, model);
  assertSchema(responseJsonSchema, responseMimeType);
  return {
    model,
    parts: [...(systemInstruction?.parts ?? []).map(partOf), ...partsOf(request)],
    schema: responseJsonSchema ?? null,
    maxOutputTokens: generationConfig.maxOutputTokens ?? null,
    isThinking: thinkingConfig?.thinkingBudget !== 0,
    transcription: null,
    serviceTier: request.serviceTier ?? "standard",
    cachedTokens: 0,
  };
}

/** Takes audio and what the transcribe page documents for it; nothing tells what all else would do, so it is refused. */
function transcriptionQuestion(request: GenerateRequest, model: EmulatedModel): Question {
  const { contents, generationConfig = {}, ...others } = request;
  const { audioTranscriptionConfig = {}, ...settings } = generationConfig;
  const [unknown] = [...Object.keys(others), ...Object.keys(settings)];
  if (unknown !== undefined) throw invalid(`${unknown} is not supported for ${model.name}.`);
  if (contents.length !== 1) throw invalid(`${model.name} is no model to converse with.`);
  const transcription = wishOf(audioTranscriptionConfig);
  assertWish(transcription);
  const parts = partsOf(request);
  assertAudioAlone(parts);
  return {
    model,
    parts,
    schema: null,
    maxOutputTokens: null,
    isThinking: false,
    transcription,
    serviceTier: "standard",
    cachedTokens: 0,
  };
}

function wishOf(config: z.infer<typeof transcriptionSchema>): TranscriptionWish {
  return {
    languages: config.languageCodes ?? [],
    vocabulary: config.customVocabulary ?? [],
    mode: config.mode === "SMART" ? "smart" : "verbatim",
    hasWords: config.wordTimestamp ?? false,
    hasSpeakers: config.diarization ?? false,
  };
}

function partsOf({ contents }: GenerateRequest): QuestionPart[] {
  return contents.flatMap(({ parts }) => parts.map(partOf));
}

function partOf(part: z.infer<typeof partSchema>): QuestionPart {
  if ("text" in part) return { kind: "text", text: part.text };
  if ("inlineData" in part) return { kind: "inline", ...part.inlineData };
  const { fileUri: uri, mimeType = null } = part.fileData;
  return videoPart(uri, mimeType) ?? { kind: "file", uri, mimeType };
}
