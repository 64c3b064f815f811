import type { Content, GenerateContentResponse, Part as SdkPart } from "@google/genai/web";
import { z } from "zod";
import type { Usage } from "../plan/usage.ts";
import type { Piece } from "./attempt.ts";
import type { Client } from "./client.ts";
import { configOf, transcriptionConfigOf } from "./generate-config.ts";
import { audioName, fetchWithAudio } from "./inline.ts";
import type { EndReason, ModelEvent, ModelRequest, Part } from "./model.ts";
import { readWords } from "./words.ts";

/**
 * Asks a model once with generateContent: one that follows instructions answers bit by bit, one that
 * transcribes at once, for it does not stream [doc].
 */
export async function* generate(
  { sdk, fetch }: Client,
  request: ModelRequest,
  abortSignal: AbortSignal,
): AsyncGenerator<Piece> {
  const { model, parts } = request;
  const contents = contentsOf(parts);
  const sending = { abortSignal, httpOptions: { fetch: fetchWithAudio(fetch, parts) } };
  switch (request.kind) {
    case "general": {
      const config = { ...(await configOf(request)), ...sending };
      const stream = await sdk.models.generateContentStream({ model, contents, config });
      for await (const chunk of stream) {
        yield { events: [...readChunk(chunk), ...readUsage(chunk)], end: endOf(chunk) };
      }
      return;
    }
    case "transcription": {
      const config = { ...(await transcriptionConfigOf(request)), ...sending };
      const response = await sdk.models.generateContent({ model, contents, config });
      yield { events: [...readTranscription(response), ...readUsage(response)], end: endOf(response) };
    }
  }
}

function contentsOf(parts: readonly Part[]): Content[] {
  let audios = 0;
  return [{ role: "user", parts: parts.map((part) => toSdkPart(part, () => audioName(audios++))) }];
}

function toSdkPart(part: Part, nextAudio: () => string): SdkPart {
  switch (part.kind) {
    case "text":
      return { text: part.text };
    case "inline":
      return { inlineData: { data: nextAudio(), mimeType: part.mimeType } };
    case "file":
      return { fileData: { fileUri: part.uri, mimeType: part.mimeType } };
  }
}

/** The parts are read one by one: the SDK's `.text` warns on stderr about parts that are not text. */
function* readChunk(chunk: GenerateContentResponse): Generator<ModelEvent> {
  for (const { text, thought } of partsOf(chunk)) {
    if (text) yield { kind: thought === true ? "thought" : "text", text };
  }
}

function partsOf(response: GenerateContentResponse): SdkPart[] {
  return response.candidates?.[0]?.content?.parts ?? [];
}

const text = z.string().nullish().catch(null);
const spokenSchema = z.object({
  text,
  audioTranscription: z
    .object({ text, speakerLabel: text, words: z.unknown().optional() })
    .nullish()
    .catch(null),
});

/** Silence is no content at all [report]. */
function* readTranscription(response: GenerateContentResponse): Generator<ModelEvent> {
  const spoken = partsOf(response).map((part) => spokenSchema.parse(part));
  // Where a part has its text twice, it is the same.
  const texts = spoken.flatMap((part) => part.audioTranscription?.text || part.text || []);
  const words = spoken.flatMap(({ audioTranscription: told }) => readWords(told?.words, told?.speakerLabel));
  if (texts.length > 0) yield { kind: "text", text: texts.join("\n") };
  if (words.length > 0) yield { kind: "words", words };
}

function* readUsage({ usageMetadata }: GenerateContentResponse): Generator<ModelEvent> {
  if (usageMetadata !== undefined) yield { kind: "usage", usage: usageOf(usageMetadata) };
}

function usageOf(counted: NonNullable<GenerateContentResponse["usageMetadata"]>): Usage {
  const audio = counted.promptTokensDetails?.find(({ modality }) => modality === "AUDIO");
  return {
    inputTokens: counted.promptTokenCount ?? null,
    audioTokens: audio?.tokenCount ?? null,
    outputTokens: counted.candidatesTokenCount ?? null,
    thoughtTokens: counted.thoughtsTokenCount ?? null,
    cachedTokens: counted.cachedContentTokenCount ?? null,
    totalTokens: counted.totalTokenCount ?? null,
    requests: 1,
  };
}

const filters: readonly string[] = ["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"];

function endOf(response: GenerateContentResponse): EndReason | null {
  const blocked = response.promptFeedback?.blockReason;
  if (blocked !== undefined) return { kind: "blocked", by: blocked };
  const reason = response.candidates?.[0]?.finishReason;
  if (reason === undefined) return null;
  if (reason === "STOP") return { kind: "complete" };
  if (reason === "MAX_TOKENS") return { kind: "truncated" };
  return filters.includes(reason) ? { kind: "blocked", by: reason } : { kind: "stopped", by: reason };
}
