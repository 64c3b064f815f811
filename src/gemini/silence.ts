import { Failure } from "../failure.ts";

/** Aborts one attempt when the service has been silent for too long, or when the run is stopped. */
export interface SilenceGuard {
  /** For the request: aborted by silence or with the run. */
  readonly signal: AbortSignal;
  /** Something arrived. Until `listen`, the silence is our own. */
  pause(): void;
  /** The service is waited for again. */
  listen(): void;
}

/**
 * Watches over one attempt while it waits for the service, and ends it when it waits too long.
 * What the attempt throws then is a Failure `service`; when the run is stopped, the signal's reason.
 */
export async function guarded<T>(
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
  attempt: (guard: SilenceGuard) => Promise<T>,
): Promise<T> {
  const watch = watchSilence(signal, timeoutMs);
  try {
    return await attempt(watch);
  } catch (thrown) {
    throw watch.reasonOf(thrown);
  } finally {
    watch.end();
  }
}

/**
 * A guard whose end the caller sees to, with `end`: that aborts whatever of the attempt is still under way.
 * `who` is waited for.
 */
export function watchSilence(run: AbortSignal, timeoutMs: number, who = "the service") {
  const attempt = new AbortController();
  let silence: Failure | null = null;
  const expire = () => {
    silence = tooSilent(timeoutMs, who);
    attempt.abort(silence);
  };
  const stop = () => attempt.abort(run.reason);
  run.addEventListener("abort", stop);
  if (run.aborted) stop();
  let timer = setTimeout(expire, timeoutMs);
  return {
    signal: attempt.signal,
    pause: () => clearTimeout(timer),
    listen: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, timeoutMs);
    },
    end: () => {
      clearTimeout(timer);
      run.removeEventListener("abort", stop);
      // Else nobody would: the SDK leaves an answer that is not read to its end open [run].
      attempt.abort();
    },
    /** Why an attempt failed: an abort looks the same whoever caused it. */
    reasonOf: (thrown: unknown): unknown => {
      if (run.aborted) return run.reason;
      return silence ?? thrown;
    },
  };
}

function tooSilent(timeoutMs: number, who: string): Failure {
  return new Failure("service", `${who} was silent for ${timeoutMs / 1_000} s`, {
    hint: "try again, or allow more with --timeout <seconds>",
    retryable: true,
  });
}
