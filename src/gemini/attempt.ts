import type { Failure } from "../failure.ts";
import type { Client } from "./client.ts";
import type { EndReason, ModelEvent, ModelRequest } from "./model.ts";
import { watchSilence } from "./silence.ts";

/** How one attempt ended: before anything of an answer came, or after. */
export type Attempted =
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "ended"; readonly reason: EndReason };

/** What arrives of an answer at once. */
export interface Piece {
  readonly events: readonly ModelEvent[];
  /** How the answer ends, where the piece tells; of several, the first counts. */
  readonly end: EndReason | null;
}

/** Puts a request once, by one of the APIs, and gives the answer as it arrives. Throws what the SDK throws. */
export type Answer = (client: Client, request: ModelRequest, signal: AbortSignal) => AsyncGenerator<Piece>;

interface Asked {
  readonly answer: Answer;
  readonly request: ModelRequest;
}

/**
 * Asks once and tells what happens, within the limit of silence. However it is left, nothing of the request
 * stays under way.
 * Errors: the signal's reason when the run is stopped; all else that is thrown is how the attempt ended.
 */
export async function* attempt(
  client: Client,
  { answer, request }: Asked,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, Attempted> {
  const watch = watchSilence(signal, client.timeoutMs);
  let hasBegun = false;
  let end: EndReason | null = null;
  try {
    for await (const piece of answer(client, request, watch.signal)) {
      end ??= piece.end;
      hasBegun ||= piece.events.length > 0;
      // While the text is written, nobody listens: a slow reader is not the service's silence.
      watch.pause();
      yield* piece.events;
      watch.listen();
    }
    return { kind: "ended", reason: end ?? { kind: "cut", failure: null } };
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = client.failureOf(watch.reasonOf(thrown), "asking the model");
    if (end !== null) return { kind: "ended", reason: end };
    return hasBegun ? { kind: "ended", reason: { kind: "cut", failure } } : { kind: "failed", failure };
  } finally {
    watch.end();
  }
}
