import { randomUUID } from "node:crypto";
import { headersOf } from "./answers.ts";
import { deliver, deliverStream } from "./delivery.ts";
import type { Fault } from "./faults.ts";
import type { Generated } from "./generated.ts";
import type { Exchange } from "./http.ts";
import { assertUnblocked, describeInteraction, type Identity } from "./interaction.ts";
import { interactionStream } from "./interaction-events.ts";
import { type InteractionRequest, readInteraction } from "./interaction-request.ts";
import { meet } from "./meet.ts";
import { Refusal } from "./refusal.ts";
import type { Service } from "./routes.ts";

/** What came of a request for an interaction. */
interface Created {
  readonly request: InteractionRequest;
  readonly identity: Identity;
  readonly generated: Generated;
}

/** Asks a model by the Interactions API. Errors: Refusal; Broken. */
export function createInteraction(service: Service, exchange: Exchange): Promise<void> {
  return meet(service.faults, exchange, {
    route: "interactions",
    work: async (fault) => create(service, readInteraction(await exchange.body.text(fault)), fault),
    answer: (created, fault) =>
      created.request.isStreamed
        ? streamInteraction(exchange, created, fault)
        : sendInteraction(exchange, created, fault),
  });
}

/** What was given before counts as given again, when one interaction goes on from another. */
async function create(
  { generator, interactions, files }: Service,
  request: InteractionRequest,
  fault: Fault | null,
): Promise<Created> {
  const { previous, isStored } = request;
  const before = previous === null ? [] : interactions.partsOf(previous);
  const parts = [...before, ...request.question.parts];
  const question = { ...request.question, parts };
  const generated = await generator.generate(question, fault);
  const identity = { id: `v1_${randomUUID()}`, model: question.model.name, createdMs: files.now() };
  if (isStored) interactions.keep(identity.id, parts);
  return { request, identity, generated };
}

function sendInteraction(exchange: Exchange, { identity, generated }: Created, fault: Fault | null): void {
  if (fault?.kind === "stream-error") throw new Refusal(fault.code, fault.status, fault.message);
  assertUnblocked(generated);
  const body = JSON.stringify(describeInteraction(identity, generated));
  deliver(exchange, { status: 200, headers: headersOf(generated), body }, fault);
}

function streamInteraction(
  exchange: Exchange,
  { identity, generated }: Created,
  fault: Fault | null,
): Promise<void> {
  const events = interactionStream(identity, generated, fault);
  return deliverStream(exchange, { headers: headersOf(generated), events }, fault);
}
