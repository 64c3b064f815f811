import { Failure } from "../failure.ts";
import type { World } from "../world.ts";

/** The first wait is up to this long, the next up to twice as much, and so on. */
const firstWaitMs = 1_000;

const longestWaitMs = 30_000;

type RetryWorld = Pick<World, "sleep" | "now" | "randomHex" | "signal">;

/** What all requests of a run share: how often each is tried again, and a pause that holds for all of them. */
export class Patience {
  readonly retries: number;
  private readonly world: RetryWorld;
  private readonly onWait: (line: string) => void;
  /** Until when nobody asks, in milliseconds since the epoch: the service has asked for a rest. */
  private restUntil = 0;

  constructor(
    world: RetryWorld,
    { retries, onWait }: { readonly retries: number; readonly onWait: (line: string) => void },
  ) {
    this.world = world;
    this.retries = retries;
    this.onWait = onWait;
  }

  /** The service asks for a rest: every request waits for it, those included that were not refused. */
  rest(milliseconds: number): void {
    this.restUntil = Math.max(this.restUntil, this.world.now() + milliseconds);
  }

  /** Waits until the service can be asked again. Rejects with the run's signal. */
  async ready(): Promise<void> {
    for (let wait = this.remaining(); wait > 0; wait = this.remaining()) {
      await this.world.sleep(wait, this.world.signal);
    }
  }

  /** Before the next try: longer each time, and never two at the same moment. */
  async backOff(tries: number, failure: Failure): Promise<void> {
    const most = Math.min(longestWaitMs, firstWaitMs * 2 ** tries);
    const wait = Math.max(this.remaining(), most * this.random());
    this.onWait(`${failure.message}; again in ${(wait / 1_000).toFixed(1)} s`);
    await this.world.sleep(wait, this.world.signal);
    await this.ready();
  }

  private remaining(): number {
    return this.restUntil - this.world.now();
  }

  private random(): number {
    return Number.parseInt(this.world.randomHex(4), 16) / 2 ** 32;
  }
}

/**
 * Tries until it works, or the failure is not worth another try, or there were enough of them.
 * Errors: the last Failure, which says how often it was tried; the signal's reason when the run is stopped.
 */
export async function retry<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    await patience.ready();
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof Failure) || !thrown.retryable) throw thrown;
      if (tries >= patience.retries) throw triedOften(thrown, tries);
      await patience.backOff(tries, thrown);
    }
  }
}

/** A Failure that tells how often it was tried, when that was more than once. */
export function triedOften(failure: Failure, retries: number): Failure {
  return retries === 0 ? failure : failure.adding(`; tried ${retries + 1} times`);
}
