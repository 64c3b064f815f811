import { run } from "./cli/run.ts";
import { createSystemWorld } from "./system/world.ts";

/** How long a run may clean up after a signal, before it is ended anyway. */
const cleanupLimitMs = 2_000;

/**
 * Runs gaudio in this process: its arguments, streams and signals in, its exit code out.
 * After SIGINT or SIGTERM it cleans up and dies by that signal, so that a shell loop stops too.
 */
export async function main(): Promise<void> {
  // The SDK would print every header to stdout, the key's included [run].
  delete process.env["GOOGLE_GENAI_DEBUG"];
  const stop = new AbortController();
  const world = createSystemWorld(process, stop);
  const signals = listenToSignals(stop, world.removeTemporaryFiles);
  const exitCode = await run(world);
  const received = signals.received();
  if (received !== null) signals.die(received);
  else process.exitCode = exitCode;
}

function listenToSignals(stop: AbortController, cleanUp: () => void) {
  let received: NodeJS.Signals | null = null;
  const die = (signal: NodeJS.Signals) => {
    cleanUp();
    // For the first process of a container, the system leaves a signal without effect.
    process.exitCode = signal === "SIGINT" ? 130 : 143;
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  };
  const listener = (signal: NodeJS.Signals) => {
    if (received !== null) return die(signal);
    received = signal;
    stop.abort(new Error(`stopped by ${signal}`));
    setTimeout(() => die(signal), cleanupLimitMs).unref();
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return { received: () => received, die };
}
