import type { Generated, Said } from "./generated.ts";
import { blockedFor, isBlock } from "./interaction-refusal.ts";
import { interactionUsageOf } from "./tokens.ts";
import { textOfTurns } from "./turns.ts";

/** Which interaction it is. */
export interface Identity {
  readonly id: string;
  readonly model: string;
  /** When it began, in milliseconds since the epoch. */
  readonly createdMs: number;
}

export type InteractionStatus = "in_progress" | "completed" | "incomplete" | "failed";

/** How an answer stands. One without a finish reason is still in progress, as far as anybody can tell. */
export function statusOf({ finishReason }: Generated): InteractionStatus {
  switch (finishReason) {
    case null:
      return "in_progress";
    case "STOP":
      return "completed";
    case "MAX_TOKENS":
      return "incomplete";
    default:
      return "failed";
  }
}

/** Errors: InteractionRefusal for what the service's filters stopped [doc: blocks are error codes]. */
export function assertUnblocked({ blockReason, finishReason }: Generated): void {
  if (blockReason !== null) throw blockedFor(blockReason);
  if (finishReason !== null && isBlock(finishReason)) throw blockedFor(finishReason);
}

/** An interaction as the service describes it, whole. */
export function describeInteraction(identity: Identity, generated: Generated): object {
  return {
    ...describeBriefly(identity, generated, statusOf(generated)),
    steps: stepsOf(generated),
    usage: interactionUsageOf(generated.spent),
  };
}

/** An interaction as the events of a stream describe it. */
export function describeBriefly(
  { id, model, createdMs }: Identity,
  { serviceTier }: Generated,
  status: InteractionStatus,
): object {
  const created = new Date(createdMs).toISOString();
  return { id, object: "interaction", status, model, service_tier: serviceTier, created, updated: created };
}

/** What stands for a thought that is not told. */
export const thoughtSignature = Buffer.from("a thought").toString("base64");

/** A model that thinks has a step for it, before that in which it answers [types: ThoughtStep]. */
function stepsOf({ said, spent }: Generated): object[] {
  const thought = { type: "thought", signature: thoughtSignature };
  const output = { type: "model_output", content: contentOf(said) };
  return (spent.thoughts ?? 0) > 0 ? [thought, output] : [output];
}

function contentOf(said: Said): object[] {
  switch (said.kind) {
    case "nothing":
      return [];
    case "text":
      return [{ type: "text", text: said.text }];
    case "transcription": {
      const text = textOfTurns(said.turns);
      if (text === "") return [];
      return [{ type: "text", text, ...(said.hasWords ? { annotations: annotationsOf(said) } : {}) }];
    }
  }
}

function annotationsOf({ turns }: Extract<Said, { kind: "transcription" }>): object[] {
  return turns.flatMap(({ speaker, words }) =>
    words.map(({ text, start, end }) => ({
      type: "word_info",
      text,
      ...(speaker === null ? {} : { speaker }),
      start_offset: start,
      end_offset: end,
    })),
  );
}
