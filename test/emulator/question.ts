import type { HeardPart } from "./caches.ts";
import type { EmulatedModel } from "./models.ts";
import type { TranscriptionWish } from "./transcription-wish.ts";

export type JsonSchema = { readonly [key: string]: unknown };

/** How soon an answer is wanted, and at which price [types]. */
export const serviceTiers = ["standard", "flex", "priority"] as const;
export type ServiceTier = (typeof serviceTiers)[number];

/** A piece of what a model is given. */
export type QuestionPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "inline"; readonly data: string; readonly mimeType: string }
  /** `mimeType` is null for the file's own. */
  | { readonly kind: "file"; readonly uri: string; readonly mimeType: string | null }
  /** A video on YouTube, by its id. */
  | { readonly kind: "video"; readonly id: string }
  | HeardPart;

/** What a model is asked, by whichever API. */
export interface Question {
  readonly model: EmulatedModel;
  /** What it is told before all else comes first. */
  readonly parts: readonly QuestionPart[];
  /** What the answer has to look like; null for plain text. */
  readonly schema: JsonSchema | null;
  /** Null for the model's own limit. */
  readonly maxOutputTokens: number | null;
  readonly isThinking: boolean;
  /** What is wanted of a transcription model; null for a general one. */
  readonly transcription: TranscriptionWish | null;
  readonly serviceTier: ServiceTier;
  /** How much of it is in a cache. */
  readonly cachedTokens: number;
}
