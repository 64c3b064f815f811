import type { Failure } from "../failure.ts";
import type { Settings } from "../invocation.ts";
import type { Thinking } from "../plan/models.ts";
import type { Usage } from "../plan/usage.ts";

/** A JSON Schema, every reference inlined. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A piece of what is asked, in the order the model reads it. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "inline"; readonly bytes: Uint8Array; readonly mimeType: string }
  | { readonly kind: "file"; readonly uri: string; readonly mimeType: string };

/** One question to a model. */
export interface ModelRequest {
  readonly model: string;
  readonly thinking: Thinking;
  readonly parts: readonly Part[];
  /** What the model is told before all else; null for nothing. */
  readonly system: string | null;
  readonly settings: Settings;
  /** What the answer has to look like; null for plain text. */
  readonly schema: JsonSchema | null;
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
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "end"; readonly reason: EndReason };
