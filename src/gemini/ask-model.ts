import { Failure } from "../failure.ts";
import type { Api } from "../invocation.ts";
import { type Answer, attempt } from "./attempt.ts";
import type { Client } from "./client.ts";
import { generate } from "./generate.ts";
import { interact } from "./interactions.ts";
import type { EndReason, ModelEvent, ModelRequest } from "./model.ts";
import { triedOften } from "./retry.ts";

const answers: Readonly<Record<Api, Answer>> = { generate, interactions: interact };

interface Asked {
  readonly api: Api;
  readonly request: ModelRequest;
}

/**
 * Asks a model and tells what happens. What fails before an answer began, or breaks off in the middle of
 * one, is asked again; one that breaks off for good ends as `cut`.
 * Errors: Failure of the kind that the service's refusal means, when no answer began; the signal's reason
 * when the run is stopped.
 */
export async function* askModel(
  client: Client,
  { api, request }: Asked,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  const { patience } = client;
  const asked = { answer: answers[api], request };
  // What has come of an answer is not given up when no other comes.
  let hasAnswered = false;
  for (let tries = 0; ; tries += 1) {
    await patience.ready();
    const ended = yield* attempt(client, asked, signal);
    if (ended.kind === "ended" && ended.reason.kind !== "cut") {
      yield { kind: "end", reason: ended.reason };
      return;
    }
    const failure = ended.kind === "failed" ? ended.failure : brokenOff(ended.reason);
    if (!failure.retryable || tries >= patience.retries) {
      const told = failure.retryable ? triedOften(failure, tries) : failure;
      if (ended.kind === "failed" && !hasAnswered) throw told;
      yield { kind: "end", reason: { kind: "cut", failure: told } };
      return;
    }
    await patience.backOff(tries, failure);
    if (ended.kind === "ended") {
      hasAnswered = true;
      yield { kind: "restart" };
    }
  }
}

/** Why an answer broke off: a stream that ends without a finish reason ends silently [run]. */
function brokenOff(reason: EndReason): Failure {
  if (reason.kind === "cut" && reason.failure !== null) return reason.failure;
  return new Failure("service", "asking the model: the answer ended without a finish reason", {
    hint: "run the command again",
    retryable: true,
  });
}
