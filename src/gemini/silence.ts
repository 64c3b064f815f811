import { Failure } from "../failure.ts";

/** Aborts one attempt when the service has been silent for too long, or when the run is stopped. */
export interface SilenceGuard {
  /** For the request: aborted by silence or with the run. */
  readonly signal: AbortSignal;
  /** Something arrived: the clock starts again. */
  heard(): void;
  /** Ends the watch; must be called. */
  end(): void;
}

/** Watches over one attempt. The reason of its abort is a Failure `service`, or the run's own. */
export function guardSilence(run: AbortSignal, timeoutMs: number): SilenceGuard {
  const silence = new AbortController();
  const expire = () =>
    silence.abort(
      new Failure("service", `the service was silent for ${timeoutMs / 1_000} s`, {
        hint: "try again, or allow more with --timeout <seconds>",
        retryable: true,
      }),
    );
  let timer = setTimeout(expire, timeoutMs);
  return {
    signal: AbortSignal.any([run, silence.signal]),
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, timeoutMs);
    },
    end: () => clearTimeout(timer),
  };
}
