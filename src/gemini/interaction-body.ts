import type { Interactions } from "@google/genai/web";
import type { Safety } from "../invocation.ts";
import { audioName } from "./inline.ts";
import type { GeneralRequest, ModelRequest, Part, TranscriptionRequest, Turn } from "./model.ts";

type Body = Interactions.CreateModelInteractionParamsNonStreaming;

/** What the Interactions API is asked, as it is sent; what is not wanted is left out. Nothing of it is kept. */
export function bodyOf(request: ModelRequest): Body {
  const { model, parts } = request;
  let audios = 0;
  const first = parts.map((part) => toContent(part, () => audioName(audios++)));
  const own = request.kind === "general" ? generalBody(request) : transcriptionBody(request);
  const turns = request.kind === "general" ? request.turns : [];
  const input = turns.length === 0 ? first : [stepOf("user", first), ...turns.map(turnStep)];
  return { model, ...own, input, store: false };
}

/** Without an interaction that is stored, a conversation is given as its steps [types]. */
function turnStep({ role, text }: Turn): Interactions.Step {
  return stepOf(role, [{ type: "text", text }]);
}

function stepOf(role: Turn["role"], content: Interactions.Content[]): Interactions.Step {
  return { type: ({ user: "user_input", model: "model_output" } as const)[role], content };
}

function toContent(part: Part, nextAudio: () => string): Interactions.Content {
  switch (part.kind) {
    case "text":
      return { type: "text", text: part.text };
    case "inline":
      return { type: "audio", data: nextAudio(), mime_type: part.mimeType };
    case "file":
      return { type: "audio", uri: part.uri, mime_type: part.mimeType };
    case "video":
      return { type: "video", uri: part.uri, mime_type: "video/mp4" };
    case "cached":
      throw new Error("the Interactions API knows no explicit caches");
  }
}

function generalBody(request: GeneralRequest): Partial<Body> {
  const { system, schema, settings } = request;
  const { safety, serviceTier } = settings;
  const config = generationConfig(request);
  return {
    ...(system !== null && { system_instruction: system }),
    ...(schema !== null && { response_format: { type: "text", mime_type: "application/json", schema } }),
    ...(Object.keys(config).length > 0 && { generation_config: config }),
    ...(safety !== null && { safety_settings: safetySettings(safety) }),
    ...(serviceTier !== "standard" && { service_tier: serviceTier }),
  };
}

function generationConfig({ thinking, settings }: GeneralRequest): Interactions.GenerationConfig {
  const { maxOutputTokens, temperature, seed } = settings;
  return {
    // It takes no budgets [types]; the plan has seen to that.
    ...(thinking.kind === "level" && { thinking_level: thinking.level }),
    ...(maxOutputTokens !== null && { max_output_tokens: maxOutputTokens }),
    ...(temperature !== null && { temperature }),
    ...(seed !== null && { seed }),
  };
}

const thresholds = {
  off: "off",
  low: "block_only_high",
  medium: "block_medium_and_above",
  high: "block_low_and_above",
} as const satisfies Record<Safety, string>;

const harms = ["harassment", "hate_speech", "sexually_explicit", "dangerous_content"] as const;

function safetySettings(safety: Safety): Interactions.SafetySetting[] {
  return harms.map((type) => ({ type, threshold: thresholds[safety] }));
}

function transcriptionBody(request: TranscriptionRequest): Partial<Body> {
  const { languages, vocabulary } = request;
  return {
    generation_config: {
      transcription_config: {
        ...(languages.length > 0 && { language_codes: [...languages] }),
        ...(vocabulary.length > 0 && { custom_vocabulary: [...vocabulary] }),
        mode: modeOf(request),
      },
    },
  };
}

function modeOf({ mode, hasWords, hasSpeakers }: TranscriptionRequest) {
  if (mode === "smart") return "smart";
  return {
    type: "verbatim",
    ...(hasSpeakers && { diarization_mode: "speaker" }),
    // Without times, no speakers were told [report].
    ...((hasWords || hasSpeakers) && { timestamp_granularities: ["word"] }),
  } as const;
}
