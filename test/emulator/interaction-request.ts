import { z } from "zod";
import { parseBody } from "./json.ts";
import { type EmulatedModel, findModel } from "./models.ts";
import { type Question, type QuestionPart, serviceTiers } from "./question.ts";
import { invalid } from "./refusal.ts";
import { assertConversation, assertOutputLimit, assertSchema, assertThinking } from "./request-rules.ts";
import { assertAudioAlone, assertWish, type TranscriptionWish } from "./transcription-wish.ts";
import { aVideo } from "./videos.ts";

const mime_type = z.string();
const contentSchema = z.union([
  z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.strictObject({ type: z.literal("audio"), uri: z.string(), mime_type }),
  z.strictObject({ type: z.literal("video"), uri: z.string(), mime_type: mime_type.optional() }),
  z.strictObject({ type: z.literal("audio"), data: z.string(), mime_type }),
]);

/** A conversation, where none is stored [types: UserInputStep, ModelOutputStep]. */
const stepSchema = z.strictObject({
  type: z.enum(["user_input", "model_output"]),
  content: z.array(contentSchema).min(1),
});

const modeSchema = z.union([
  z.enum(["smart", "verbatim"]),
  z.strictObject({ type: z.literal("smart") }),
  z.strictObject({
    type: z.literal("verbatim"),
    diarization_mode: z.literal("speaker").optional(),
    timestamp_granularities: z.array(z.literal("word")).optional(),
  }),
]);

/** Those that the SDK still has and calls deprecated, beside `mode`, are not taken. */
const transcriptionSchema = z.strictObject({
  language_codes: z.array(z.string()).optional(),
  custom_vocabulary: z.array(z.string().min(1)).optional(),
  mode: modeSchema.optional(),
});

const generationSchema = z.strictObject({
  thinking_level: z.enum(["minimal", "low", "medium", "high"]).optional(),
  max_output_tokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  seed: z.int().optional(),
  transcription_config: transcriptionSchema.optional(),
});

/** A bare JSON Schema is an older form, which is refused. */
const formatSchema = z.strictObject({
  type: z.literal("text"),
  mime_type: z.enum(["application/json", "text/plain"]).optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
});

const safetySchema = z.strictObject({
  type: z.enum(["harassment", "hate_speech", "sexually_explicit", "dangerous_content", "civic_integrity"]),
  threshold: z.enum([
    "off",
    "block_none",
    "block_only_high",
    "block_medium_and_above",
    "block_low_and_above",
  ]),
});

const requestSchema = z.strictObject({
  model: z.string(),
  // To tell a model nothing is to leave it out.
  system_instruction: z.string().min(1).optional(),
  input: z.union([z.string(), z.array(contentSchema).min(1), z.array(stepSchema).min(1)]),
  response_format: formatSchema.optional(),
  generation_config: generationSchema.optional(),
  safety_settings: z.array(safetySchema).optional(),
  service_tier: z.enum(serviceTiers).optional(),
  store: z.boolean().optional(),
  stream: z.boolean().optional(),
  previous_interaction_id: z.string().optional(),
});

type InteractionBody = z.infer<typeof requestSchema>;

/** A request for an interaction. */
export interface InteractionRequest {
  readonly question: Question;
  /** Stored unless it says otherwise [report]. */
  readonly isStored: boolean;
  readonly isStreamed: boolean;
  /** Null for an interaction that goes on from none. */
  readonly previous: string | null;
}

/** A request for an interaction, its form checked. Errors: Refusal 400 for all that the service does not know, 404 for a model. */
export function readInteraction(text: string): InteractionRequest {
  const body = parseBody(text, requestSchema);
  const model = findModel(body.model);
  const question =
    model.kind === "transcription" ? transcriptionQuestion(body, model) : generalQuestion(body, model);
  return {
    question,
    isStored: body.store !== false,
    isStreamed: body.stream === true,
    previous: body.previous_interaction_id ?? null,
  };
}

function generalQuestion(body: InteractionBody, model: EmulatedModel): Question {
  const { generation_config = {}, response_format, system_instruction } = body;
  if (generation_config.transcription_config !== undefined)
    throw invalid(`transcription_config is not supported for ${model.name}.`);
  assertSteps(body);
  assertThinking({ thinkingLevel: generation_config.thinking_level }, model);
  assertOutputLimit(generation_config.max_output_tokens, model);
  assertSchema(response_format?.schema, response_format?.mime_type);
  const system: QuestionPart[] =
    system_instruction === undefined ? [] : [{ kind: "text", text: system_instruction }];
  return {
    model,
    parts: [...system, ...partsOf(body)],
    schema: response_format?.schema ?? null,
    maxOutputTokens: generation_config.max_output_tokens ?? null,
    isThinking: true,
    transcription: null,
    serviceTier: body.service_tier ?? "standard",
    cachedTokens: 0,
  };
}

/** Takes audio and what the transcribe page documents for it; nothing tells what all else would do, so it is refused. */
function transcriptionQuestion(body: InteractionBody, model: EmulatedModel): Question {
  const { model: _, input, store, stream, generation_config = {}, ...others } = body;
  const { transcription_config = {}, ...settings } = generation_config;
  const [unknown] = [...Object.keys(others), ...Object.keys(settings)];
  if (unknown !== undefined) throw invalid(`${unknown} is not supported for ${model.name}.`);
  if (stream === true) throw invalid(`${model.name} is not a streaming model.`);
  const transcription = wishOf(transcription_config);
  assertWish(transcription);
  if (typeof input !== "string" && input.some(isStep))
    throw invalid(`${model.name} is no model to converse with.`);
  const parts = partsOf({ input });
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

function wishOf({
  language_codes,
  custom_vocabulary,
  mode,
}: z.infer<typeof transcriptionSchema>): TranscriptionWish {
  const chosen = typeof mode === "object" ? mode : { type: mode ?? ("verbatim" as const) };
  const granularities = "timestamp_granularities" in chosen ? chosen.timestamp_granularities : undefined;
  return {
    languages: language_codes ?? [],
    vocabulary: custom_vocabulary ?? [],
    mode: chosen.type,
    hasWords: (granularities ?? []).length > 0,
    hasSpeakers: "diarization_mode" in chosen && chosen.diarization_mode !== undefined,
  };
}

function partsOf({ input }: Pick<InteractionBody, "input">): QuestionPart[] {
  if (typeof input === "string") return [{ kind: "text", text: input }];
  return input.flatMap((one) => (isStep(one) ? one.content.map(partOf) : [partOf(one)]));
}

function isStep(one: z.infer<typeof stepSchema | typeof contentSchema>): one is z.infer<typeof stepSchema> {
  return one.type === "user_input" || one.type === "model_output";
}

function partOf(content: z.infer<typeof contentSchema>): QuestionPart {
  if (content.type === "text") return { kind: "text", text: content.text };
  if (content.type === "video") return aVideo(content.uri, content.mime_type ?? null);
  const mimeType = content.mime_type;
  return "uri" in content
    ? { kind: "file", uri: content.uri, mimeType }
    : { kind: "inline", data: content.data, mimeType };
}

/** Errors: Refusal 400 for steps that are no conversation. */
function assertSteps({ input }: Pick<InteractionBody, "input">): void {
  if (typeof input === "string") return;
  const steps = input.flatMap((one) => (isStep(one) ? [one] : []));
  if (steps.length === 0) return;
  assertConversation(
    steps.map(({ type, content }) => ({
      role: type === "user_input" ? "user" : "model",
      parts: content.map(partOf),
    })),
  );
}
