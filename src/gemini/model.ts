import type { Failure } from "../failure.ts";
import type { Settings } from "../invocation.ts";
import type { Thinking } from "../plan/thinking.ts";
import type { Usage } from "../plan/usage.ts";
import type { Milliseconds } from "../units.ts";

/** A JSON Schema, every reference inlined. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A piece of what is asked, in the order the model reads it. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "inline"; readonly content: InlineContent; readonly mimeType: string }
  | { readonly kind: "file"; readonly uri: string; readonly mimeType: string }
  /** A video on YouTube. */
  | { readonly kind: "video"; readonly uri: string }
  /** A recording in a cache of generateContent's, with all that stands before it and the system instruction. */
  | { readonly kind: "cached"; readonly name: string; readonly recording: Part };

/** What one side says in a conversation. */
export interface Turn {
  readonly role: "user" | "model";
  /** Never empty: the service refuses that. */
  readonly text: string;
}

/** The bytes of what goes within a request: they are read while it is sent, each time anew. */
export interface InlineContent {
  readonly sizeBytes: number;
  /** Errors: a Failure where not all of them are there. */
  readonly read: (position: number, length: number) => Promise<Uint8Array>;
}

/** One question to a model. */
export type ModelRequest = GeneralRequest | TranscriptionRequest;

/** A question to a model that follows instructions. */
export interface GeneralRequest {
  readonly kind: "general";
  readonly model: string;
  readonly thinking: Thinking;
  /** What the user says first. */
  readonly parts: readonly Part[];
  /** What was said since, by turns, the model's answer first and the user's question last; none but in a conversation. */
  readonly turns: readonly Turn[];
  /** What the model is told before all else; null for nothing. */
  readonly system: string | null;
  readonly settings: Settings;
  /** What the answer has to look like; null for plain text. */
  readonly schema: JsonSchema | null;
}

/** A recording for a model that transcribes, and takes nothing else. */
export interface TranscriptionRequest {
  readonly kind: "transcription";
  readonly model: string;
  /** The recording alone. */
  readonly parts: readonly Part[];
  /** BCP-47 codes of the languages that are spoken; none to detect them. */
  readonly languages: readonly string[];
  /** Words and names that may be said. Not together with words or speakers. */
  readonly vocabulary: readonly string[];
  /** As it was said, or tidied up. Not tidied together with words or speakers. */
  readonly mode: "verbatim" | "smart";
  readonly hasWords: boolean;
  readonly hasSpeakers: boolean;
}

/** A word as a transcription model answers it. */
export interface ModelWord {
  readonly text: string;
  /** Null when it came without a time, or one that cannot be read. */
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  /** The model's own label, such as `spk_1` or `spk:0`; null when it told none. */
  readonly speaker: string | null;
}

/** Why an answer ended. Only `complete` is a success. */
export type EndReason =
  | { readonly kind: "complete" }
  /** The output limit was reached: the answer stops anywhere. */
  | { readonly kind: "truncated" }
  /** The service's filters stopped it, or never let it begin. */
  | { readonly kind: "blocked"; readonly by: string }
  /** Another finish reason than those above, by the service's name. */
  | { readonly kind: "stopped"; readonly by: string }
  /** The answer broke off without a finish reason; with a failure where one was seen. */
  | { readonly kind: "cut"; readonly failure: Failure | null };

/** What happens while a model answers. The last event is always `end`. */
export type ModelEvent =
  /** The answer broke off and the model is asked again: what it says now begins at the beginning. */
  | { readonly kind: "restart" }
  | { readonly kind: "text"; readonly text: string }
  /** What the model thinks before it answers, if it tells. */
  | { readonly kind: "thought"; readonly text: string }
  | { readonly kind: "words"; readonly words: readonly ModelWord[] }
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "end"; readonly reason: EndReason };
