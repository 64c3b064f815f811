import { z } from "zod";
import type { Usage } from "../plan/usage.ts";
import type { Piece } from "./attempt.ts";
import { count, lenient, listOf, text } from "./lenient.ts";
import type { EndReason, ModelEvent } from "./model.ts";
import { readWords } from "./words.ts";

const list = lenient(z.array(z.unknown()));

/** A piece of an answer, whether it is whole or arrives: a text, its annotations, or both. */
const contentSchema = z.object({ type: text, text, annotations: list });
const stepSchema = z.object({ type: text, content: list, summary: list });
const usageSchema = z.object({
  total_input_tokens: count,
  input_tokens_by_modality: listOf(z.object({ modality: text, tokens: count })),
  total_output_tokens: count,
  total_thought_tokens: count,
  total_cached_tokens: count,
  total_tokens: count,
});
const interactionSchema = z.object({
  status: text,
  steps: list,
  output_text: text,
  usage: lenient(usageSchema),
});
const eventSchema = z.object({
  event_type: text,
  step: lenient(stepSchema),
  delta: lenient(contentSchema.extend({ content: lenient(contentSchema) })),
  interaction: lenient(interactionSchema),
  status: text,
  usage: lenient(usageSchema),
});

type Interaction = z.infer<typeof interactionSchema>;
type Step = z.infer<typeof stepSchema>;
type Content = z.infer<typeof contentSchema>;

/** An event of a stream. Those that a newer API adds tell nothing. */
export type InteractionEvent = z.infer<typeof eventSchema>;

export function readEvent(event: unknown): InteractionEvent {
  return eventSchema.safeParse(event).data ?? {};
}

/** What an event of a stream tells of the answer. */
export function pieceOf({ event_type: type, step, delta, interaction, usage }: InteractionEvent): Piece {
  switch (type) {
    case "step.start":
      return { events: [...readStep(step)], end: null };
    case "step.delta":
      if (delta?.type !== "thought_summary") return { events: [...readContent(delta)], end: null };
      return { events: [...readThought(delta.content)], end: null };
    case "interaction.status_update":
      return { events: [...readUsage(usage)], end: null };
    case "interaction.completed":
      return { events: [...readUsage(interaction?.usage)], end: endOf(interaction?.status ?? "completed") };
    default:
      return { events: [], end: null };
  }
}

/** What a whole answer tells. What was used comes first: a reader may leave at the text. */
export function wholePiece(told: unknown): Piece {
  const interaction: Interaction = interactionSchema.safeParse(told).data ?? {};
  const { status, usage } = interaction;
  return {
    events: [...readUsage(usage), ...readWhole(interaction)],
    end: status ? endOf(status) : null,
  };
}

/** What was said in an interaction, each kind of it in one event, the text last; texts as generateContent's parts are. */
export function* readWhole({ steps, output_text: output }: Interaction): Generator<ModelEvent> {
  const events = (steps ?? []).flatMap((step) => [...readStep(stepSchema.safeParse(step).data)]);
  const texts = events.flatMap((event) => (event.kind === "text" ? [event.text] : []));
  const words = events.flatMap((event) => (event.kind === "words" ? event.words : []));
  yield* events.filter(({ kind }) => kind === "thought");
  if (words.length > 0) yield { kind: "words", words };
  if (texts.length > 0) yield { kind: "text", text: texts.join("\n") };
  else if (output) yield { kind: "text", text: output };
}

function* readStep(step: Step | null | undefined): Generator<ModelEvent> {
  if (step?.type === "model_output") {
    for (const one of step.content ?? []) yield* readContent(contentSchema.safeParse(one).data);
  }
  if (step?.type === "thought") {
    for (const one of step.summary ?? []) yield* readThought(contentSchema.safeParse(one).data);
  }
}

function* readContent(content: Content | null | undefined): Generator<ModelEvent> {
  if (content?.type === "text" && content.text) yield { kind: "text", text: content.text };
  const words = readWords(content?.annotations?.filter(isWord));
  if (words.length > 0) yield { kind: "words", words };
}

const wordSchema = z.object({ type: z.literal("word_info") });

function isWord(annotation: unknown): boolean {
  return wordSchema.safeParse(annotation).success;
}

function* readThought(content: Content | null | undefined): Generator<ModelEvent> {
  if (content?.text) yield { kind: "thought", text: content.text };
}

function* readUsage(usage: z.infer<typeof usageSchema> | null | undefined): Generator<ModelEvent> {
  if (usage) yield { kind: "usage", usage: usageOf(usage) };
}

function usageOf(counted: z.infer<typeof usageSchema>): Usage {
  const audio = counted.input_tokens_by_modality?.find((one) => one?.modality?.toLowerCase() === "audio");
  return {
    inputTokens: counted.total_input_tokens ?? null,
    audioTokens: audio?.tokens ?? null,
    outputTokens: counted.total_output_tokens ?? null,
    thoughtTokens: counted.total_thought_tokens ?? null,
    cachedTokens: counted.total_cached_tokens ?? null,
    totalTokens: counted.total_tokens ?? null,
    requests: 1,
  };
}

/** How an interaction of a status has ended. */
export function endOf(status: string): EndReason {
  if (status === "completed") return { kind: "complete" };
  // The output limit was reached [doc].
  return status === "incomplete" ? { kind: "truncated" } : { kind: "stopped", by: status };
}
