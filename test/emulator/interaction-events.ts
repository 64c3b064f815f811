import type { Fault } from "./faults.ts";
import { type Generated, textOf } from "./generated.ts";
import { describeBriefly, type Identity, statusOf, thoughtSignature } from "./interaction.ts";
import { blockedFor, type InteractionRefusal, isBlock, refusedInteraction } from "./interaction-refusal.ts";
import { Refusal } from "./refusal.ts";
import { piecesOf } from "./stream.ts";
import { interactionUsageOf } from "./tokens.ts";

/** An event of an interaction's stream. */
type InteractionEvent = { readonly event_type: string } & Readonly<Record<string, unknown>>;

/** An interaction as the text of its stream, event by event [types: InteractionSSEEvent]. */
export function* interactionStream(
  identity: Identity,
  generated: Generated,
  fault: Fault | null,
): Generator<string> {
  for (const event of eventsOf(identity, generated, fault)) {
    yield `event: ${event.event_type}\ndata: ${JSON.stringify(event)}\n\n`;
    // The SDK stops reading at this, and does without it as well [run].
    if (event.event_type === "interaction.completed") yield "data: [DONE]\n\n";
  }
}

function* eventsOf(
  identity: Identity,
  generated: Generated,
  fault: Fault | null,
): Generator<InteractionEvent> {
  const { finishReason, blockReason, spent } = generated;
  const begun = describeBriefly(identity, generated, "in_progress");
  yield { event_type: "interaction.created", interaction: begun };
  yield { event_type: "interaction.status_update", interaction_id: identity.id, status: "in_progress" };
  if (blockReason !== null) return yield errorEvent(blockedFor(blockReason));
  const thinks = (spent.thoughts ?? 0) > 0;
  if (thinks) yield* thought();
  yield* output(generated, thinks ? 1 : 0);
  if (fault?.kind === "stream-error")
    return yield errorEvent(refusedInteraction(new Refusal(fault.code, fault.status, fault.message)));
  if (finishReason === null) return;
  if (isBlock(finishReason)) return yield errorEvent(blockedFor(finishReason));
  const ended = describeBriefly(identity, generated, statusOf(generated));
  yield {
    event_type: "interaction.completed",
    interaction: { ...ended, usage: interactionUsageOf(spent) },
  };
}

function* thought(): Generator<InteractionEvent> {
  yield { event_type: "step.start", index: 0, step: { type: "thought" } };
  const delta = { type: "thought_signature", signature: thoughtSignature };
  yield { event_type: "step.delta", index: 0, delta };
  yield { event_type: "step.stop", index: 0 };
}

/** What is said, in pieces; an answer that breaks off does so within its step. */
function* output({ said, finishReason }: Generated, index: number): Generator<InteractionEvent> {
  yield { event_type: "step.start", index, step: { type: "model_output", content: [] } };
  if (said.kind !== "nothing") {
    for (const text of piecesOf(textOf(said)))
      yield { event_type: "step.delta", index, delta: { type: "text", text } };
  }
  if (finishReason !== null) yield { event_type: "step.stop", index };
}

function errorEvent({ error }: InteractionRefusal): InteractionEvent {
  return { event_type: "error", error };
}
