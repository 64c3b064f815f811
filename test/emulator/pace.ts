import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long models take to answer. */
export interface Pace {
  /** How many seconds of audio a model gets through in a second. */
  readonly realTime: number;
  /** What passes before that, whatever is asked. */
  readonly latencyMs: number;
}

/** When an answer comes: at once where no pace is set. */
export class Timing {
  private readonly pace: Pace | null;
  private readonly arrivedMs: number;
  private readonly seconds: number;

  /** `arrivedMs` is when the request was whole: the emulator's own work is part of the time, not added to it. */
  constructor(pace: Pace | null, { arrivedMs, seconds }: { arrivedMs: number; seconds: number }) {
    this.pace = pace;
    this.arrivedMs = arrivedMs;
    this.seconds = seconds;
  }

  /**
   * Waits until a share of the audio is through, 0 to 1: at 0 the first of the answer can come, at 1 the last.
   * Answers false if there is nobody any more to answer.
   */
  async reach(share: number, response: ServerResponse): Promise<boolean> {
    if (this.pace === null) return !response.destroyed;
    const { latencyMs, realTime } = this.pace;
    const dueMs = this.arrivedMs + latencyMs + (share * this.seconds * 1_000) / realTime;
    const leftMs = dueMs - performance.now();
    return leftMs > 0 ? wait(leftMs, response) : !response.destroyed;
  }
}

async function wait(ms: number, response: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  response.once("close", leave);
  try {
    await sleep(ms, undefined, { signal: gone.signal });
  } catch (thrown) {
    if (!gone.signal.aborted) throw thrown;
  } finally {
    response.off("close", leave);
  }
  return !response.destroyed && !gone.signal.aborted;
}
