import type { Client } from "./client.ts";
import type { Operation } from "./errors.ts";
import { retry } from "./retry.ts";
import { guarded } from "./silence.ts";

interface Wanted {
  readonly signal: AbortSignal;
  readonly operation: Operation;
}

/**
 * Makes a request of the SDK's until it works or there were enough tries, each within the limit of silence.
 * Errors: Failure of the kind that the service's refusal means; the signal's reason when the run is stopped.
 */
export function patiently<T>(
  client: Client,
  { signal, operation }: Wanted,
  request: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  return retry(client.patience, async () => {
    try {
      return await guarded({ signal, timeoutMs: client.timeoutMs }, (guard) => request(guard.signal));
    } catch (thrown) {
      signal.throwIfAborted();
      throw client.failureOf(thrown, operation);
    }
  });
}
