import type { Fault } from "./faults.ts";
import type { ServiceTier } from "./question.ts";
import type { SpentTokens } from "./tokens.ts";
import type { Transcription } from "./transcription.ts";
import { cutTurns, textOfTurns } from "./turns.ts";

/** What a model says. */
export type Said =
  | { readonly kind: "nothing" }
  | { readonly kind: "text"; readonly text: string }
  | ({ readonly kind: "transcription" } & Transcription);

/** What a question comes to: what is said, and how it ends. */
export interface Generated {
  readonly said: Said;
  /** Null for an answer that ends without one. */
  readonly finishReason: string | null;
  /** Null unless the prompt is blocked, when nothing is said. */
  readonly blockReason: string | null;
  readonly spent: SpentTokens;
  readonly serviceTier: ServiceTier;
}

/** What is said, as text. */
export function textOf(said: Said): string {
  switch (said.kind) {
    case "nothing":
      return "";
    case "text":
      return said.text;
    case "transcription":
      return textOfTurns(said.turns);
  }
}

/** The first characters of what is said; nothing if that is none. */
function cut(said: Said, characters: number): Said {
  if (textOf(said).length <= characters) return said;
  if (said.kind === "transcription") return { ...said, turns: cutTurns(said.turns, characters) };
  if (characters === 0 || said.kind === "nothing") return { kind: "nothing" };
  return { ...said, text: said.text.slice(0, characters) };
}

type Ending = Pick<Generated, "said" | "finishReason" | "blockReason">;

/** How the answer ends: whole, at the limit of its characters, or as a fault has it. */
export function ending(whole: Said, limit: number, fault: Fault | null): Ending {
  const normal = {
    said: cut(whole, limit),
    finishReason: textOf(whole).length > limit ? "MAX_TOKENS" : "STOP",
    blockReason: null,
  };
  switch (fault?.kind) {
    case "finish":
      return { ...normal, said: cut(whole, fault.keep), finishReason: fault.reason };
    case "silent-end":
    case "stall":
    case "stream-error":
    case "disconnect":
      return { ...normal, said: cut(whole, fault.keep), finishReason: null };
    case "block":
      return { ...normal, said: { kind: "nothing" }, finishReason: null, blockReason: fault.reason };
    case "status":
    case "hang":
    case "silence":
    case "lost-answer":
    case "reset":
    case "slow":
    case "short-receipt":
    case "wrong-size":
    case "wrong-hash":
    case "processing":
    case "file-failed":
    case "expired":
    case "say":
    case "loop":
    case "drift":
    case "empty":
    case "labels":
    case "no-words":
    case "bad-times":
    case "drop":
    case "early":
    case "double":
    case "spell":
    case "merge":
    case "split":
    case "swap":
    case "mislabel":
    case undefined:
      return normal;
  }
}
