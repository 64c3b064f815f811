import { z } from "zod";
import type { Usage } from "../plan/usage.ts";
import type { Piece } from "./attempt.ts";
import { count, lenient, listOf, text } from "./lenient.ts";
import type { EndReason, ModelEvent } from "./model.ts";
import { readWords } from "./words.ts";

const partSchema = z.object({
  text,
  thought: lenient(z.boolean()),
  audioTranscription: lenient(z.object({ text, speakerLabel: text, words: z.unknown().optional() })),
});
const candidateSchema = z.object({
  content: lenient(z.object({ parts: listOf(partSchema) })),
  finishReason: text,
});
const usageSchema = z.object({
  promptTokenCount: count,
  promptTokensDetails: listOf(z.object({ modality: text, tokenCount: count })),
  candidatesTokenCount: count,
  thoughtsTokenCount: count,
  cachedContentTokenCount: count,
  totalTokenCount: count,
});
const responseSchema = z.object({
  candidates: listOf(candidateSchema),
  promptFeedback: lenient(z.object({ blockReason: text })),
  usageMetadata: lenient(usageSchema),
});

type Response = z.infer<typeof responseSchema>;
type Part = z.infer<typeof partSchema>;

/** What a chunk of generateContent's stream tells. What was used comes first: a reader may leave at the text. */
export function chunkPiece(told: unknown): Piece {
  const response = readResponse(told);
  return { events: [...readUsage(response), ...readParts(response)], end: endOf(response) };
}

/** What the whole answer of a model that transcribes tells: what was used, the words, and then the text. */
export function transcriptionPiece(told: unknown): Piece {
  const response = readResponse(told);
  return { events: [...readUsage(response), ...readTranscription(response)], end: endOf(response) };
}

function readResponse(told: unknown): Response {
  return responseSchema.safeParse(told).data ?? {};
}

/** The parts are read one by one: the SDK's `.text` warns on stderr about parts that are not text. */
function* readParts(response: Response): Generator<ModelEvent> {
  for (const { text: said, thought } of partsOf(response)) {
    if (said) yield { kind: thought === true ? "thought" : "text", text: said };
  }
}

function partsOf({ candidates }: Response): Part[] {
  return (candidates?.[0]?.content?.parts ?? []).flatMap((part) => part ?? []);
}

/** Silence is no content at all [report]. */
function* readTranscription(response: Response): Generator<ModelEvent> {
  const spoken = partsOf(response);
  // Where a part has its text twice, it is the same.
  const texts = spoken.flatMap((part) => part.audioTranscription?.text || part.text || []);
  const words = spoken.flatMap(({ audioTranscription: told }) => readWords(told?.words, told?.speakerLabel));
  if (words.length > 0) yield { kind: "words", words };
  if (texts.length > 0) yield { kind: "text", text: texts.join("\n") };
}

function* readUsage({ usageMetadata }: Response): Generator<ModelEvent> {
  if (usageMetadata) yield { kind: "usage", usage: usageOf(usageMetadata) };
}

function usageOf(counted: z.infer<typeof usageSchema>): Usage {
  const audio = counted.promptTokensDetails?.find((one) => one?.modality === "AUDIO");
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

function endOf({ promptFeedback, candidates }: Response): EndReason | null {
  const blocked = promptFeedback?.blockReason;
  if (blocked) return { kind: "blocked", by: blocked };
  const reason = candidates?.[0]?.finishReason;
  if (!reason) return null;
  if (reason === "STOP") return { kind: "complete" };
  if (reason === "MAX_TOKENS") return { kind: "truncated" };
  return filters.includes(reason) ? { kind: "blocked", by: reason } : { kind: "stopped", by: reason };
}
