import type { GeneralRequest, ModelRequest, Part } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import type { Choice } from "../plan/route.ts";
import { chooseThinking } from "../plan/thinking.ts";
import type { Seconds } from "../units.ts";

/** One question about recordings. */
export interface Question {
  readonly choice: Choice;
  readonly audios: readonly PlannedAudio[];
  /** The request, once it is known how the recordings are delivered. */
  readonly compose: (recordings: readonly Part[]) => ModelRequest;
  /** How long the answer is expected to be, in tokens. */
  readonly outputTokens: (duration: Seconds) => number;
}

interface Instructed {
  readonly asking: Asking;
  /** What the model is told before all else; null for nothing. */
  readonly system: string | null;
  readonly choice: Choice;
}

/**
 * The part of a request to a model that follows instructions that is the same whatever it is about.
 * Errors: Failure `usage` for a level of thinking that the model does not take.
 */
export function instructed({ asking, system, choice }: Instructed): Omit<GeneralRequest, "parts" | "schema"> {
  const { model } = choice;
  const { api, thinking: level, settings } = asking;
  const thinking = chooseThinking({ model, api, level });
  return { kind: "general", model: model.name, thinking, system, settings, turns: [] };
}

/** All text of a question's request: what counts beside the audio. */
export function textOf({ compose, audios }: Question): string {
  const request = compose(audios.map((): Part => ({ kind: "file", uri: "", mimeType: "" })));
  if (request.kind === "transcription") return [...request.languages, ...request.vocabulary].join("");
  const texts = request.parts.map((part) => (part.kind === "text" ? part.text : ""));
  const { system, schema, turns } = request;
  return [
    system ?? "",
    ...texts,
    ...turns.map(({ text }) => text),
    schema === null ? "" : JSON.stringify(schema),
  ].join("");
}

/** Whether a transcription model is asked for words, or speakers. */
export function asksForWords({ compose }: Question): boolean {
  const request = compose([]);
  return request.kind === "transcription" && (request.hasWords || request.hasSpeakers);
}
