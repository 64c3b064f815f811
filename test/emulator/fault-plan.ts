import type { Fault, Route } from "./faults.ts";
import type { Heard } from "./hearing/hear.ts";
import { digestOf, isAwaited, type Times, type When } from "./strikes.ts";

/** How often a fault strikes, and which questions alone. */
export interface Strikes {
  /** Once, when absent. */
  readonly times?: Times;
  readonly when?: When | undefined;
}

/** A fault with the place where it strikes. */
export interface PlannedFault extends Strikes {
  readonly route: Route;
  readonly fault: Fault;
}

interface Planned {
  readonly route: Route;
  readonly fault: Fault;
  readonly isEndless: boolean;
  readonly when: When | null;
  /** How many requests it is still to strike. */
  times: number;
  /** How often it struck, by the digest of the audio. */
  readonly struck: Map<string, number>;
}

/** The faults that are still to strike, each for a number of requests. */
export class FaultPlan {
  private readonly planned: Planned[] = [];

  /** Errors: RangeError for one that waits for certain audio where none is asked about. */
  add(route: Route, fault: Fault, strikes: number | Strikes = {}): void {
    const { times = 1, when = null } = typeof strikes === "number" ? { times: strikes } : strikes;
    if (when !== null && !asksModel(route)) throw new RangeError(`no audio is asked about at ${route}`);
    const isEndless = times === "always";
    this.planned.push({
      ...{ route, fault, when, isEndless },
      times: isEndless ? Number.POSITIVE_INFINITY : times,
      struck: new Map(),
    });
  }

  addAll(planned: readonly PlannedFault[]): void {
    for (const { route, fault, ...strikes } of planned) this.add(route, fault, strikes);
  }

  /**
   * The fault that strikes this request, unheard, which is then used up; null for none. Those that cannot strike
   * it wait.
   */
  take(route: Route, canStrike: (fault: Fault) => boolean = () => true): Fault | null {
    return this.strike("", ({ when, fault, ...planned }) => {
      return planned.route === route && when === null && canStrike(fault);
    });
  }

  /** The fault that was waiting for a question about this audio; null for none. */
  takeHeard(route: Route, heard: readonly Heard[]): Fault | null {
    const digest = digestOf(heard);
    return this.strike(digest, ({ when, struck, ...planned }) => {
      return planned.route === route && when !== null && isAwaited(when, heard, struck.get(digest) ?? 0);
    });
  }

  /** Forgets what has not struck. */
  clear(): void {
    this.planned.length = 0;
  }

  /**
   * How many are left: a test whose faults never struck has tested nothing. One that strikes always has done its
   * part once it struck, and what is drawn may be drawn never.
   */
  get left(): number {
    return this.planned
      .filter(({ when }) => when?.drawn === undefined)
      .reduce((sum, { times, isEndless, struck }) => {
        return sum + (isEndless ? Number(struck.size === 0) : times);
      }, 0);
  }

  private strike(digest: string, isNext: (planned: Planned) => boolean): Fault | null {
    const next = this.planned.find((planned) => planned.times > 0 && isNext(planned));
    if (next === undefined) return null;
    next.times -= 1;
    next.struck.set(digest, (next.struck.get(digest) ?? 0) + 1);
    return next.fault;
  }
}

/** Whether it is asked there about audio that is heard. */
export function asksModel(route: Route): boolean {
  return route === "generate" || route === "interactions";
}
