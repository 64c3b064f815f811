import { randomUUID } from "node:crypto";
import { headersOf } from "./answers.ts";
import { deliver, deliverStream } from "./delivery.ts";
import type { Generated } from "./generated.ts";
import type { Exchange } from "./http.ts";
import { assertUnblocked, describeInteraction, type Identity } from "./interaction.ts";
import { interactionStream } from "./interaction-events.ts";
import { type InteractionRequest, readInteraction } from "./interaction-request.ts";
import { meetQuestion, type ReadQuestion, type Telling } from "./meet-question.ts";
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
  return meetQuestion(service, exchange, {
    route: "interactions",
    read: async (fault) => read(service, await exchange.body.text(fault)),
    work: (asked, generated) => create(service, asked, generated),
    answer: (created, told) =>
      created.request.isStreamed
        ? streamInteraction(exchange, created, told)
        : sendInteraction(exchange, created, told),
  });
}

interface ReadInteraction extends ReadQuestion {
  readonly request: InteractionRequest;
}

/** What was given before counts as given again, when one interaction goes on from another. */
function read({ interactions }: Service, body: string): ReadInteraction {
  const request = readInteraction(body);
  const { previous, isStreamed } = request;
  const before = previous === null ? [] : interactions.partsOf(previous);
  return {
    request,
    isStreamed,
    question: { ...request.question, parts: [...before, ...request.question.parts] },
  };
}

function create(
  { interactions, files }: Service,
  { request, question }: ReadInteraction,
  generated: Generated,
): Created {
  const identity = { id: `v1_${randomUUID()}`, model: question.model.name, createdMs: files.now() };
  if (request.isStored) interactions.keep(identity.id, question.parts);
  return { request, identity, generated };
}

function sendInteraction(exchange: Exchange, { identity, generated }: Created, { fault }: Telling): void {
  if (fault?.kind === "stream-error") throw new Refusal(fault.code, fault.status, fault.message);
  assertUnblocked(generated);
  const body = JSON.stringify(describeInteraction(identity, generated));
  deliver(exchange, { status: 200, headers: headersOf(generated), body }, fault);
}

function streamInteraction(
  exchange: Exchange,
  { identity, generated }: Created,
  told: Telling,
): Promise<void> {
  const events = interactionStream(identity, generated, told.fault);
  return deliverStream(exchange, { headers: headersOf(generated), events }, told);
}
