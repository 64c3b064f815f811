import { passingFaults } from "../support/passing-faults.ts";
import { randomFrom } from "../transcript/random.ts";
import type { PlannedFault } from "./fault-plan.ts";
import type { Fault } from "./faults.ts";
import type { When } from "./strikes.ts";

/** What a schedule of faults is made for. */
export interface Scheduled {
  readonly route: "generate" | "interactions";
  /** How many words of tone speech the recording has, numbered from 0. */
  readonly words: number;
}

/**
 * Makes up what goes wrong in one run about a long recording: three to five troubles, each for a share of all audio
 * that is asked about, and in every other run a passage that is blocked in whatever holds it. The same seed
 * makes the same: what is struck is drawn by the audio, whichever request comes first.
 */
export function faultSchedule(seed: number, scheduled: Scheduled): readonly PlannedFault[] {
  const random = randomFrom(seed);
  const draw: Draw = {
    between: (low, high) => low + Math.floor(random() * (high - low + 1)),
    oneOf: (values) => values[Math.floor(random() * values.length)] ?? fail(),
    share: (low, high) => low + random() * (high - low),
  };
  const count = draw.between(3, 5);
  const left = [...troubles];
  const drawn = Array.from({ length: count }, () => {
    const [trouble = fail()] = left.splice(draw.between(0, left.length - 1), 1);
    return { ...trouble(draw), seed: draw.between(1, 1_000_000) };
  });
  const planned = drawn.map(
    ({ fault, share, most = 1, longerThan, seed: own }): PlannedFault => ({
      ...{ route: scheduled.route, fault, times: "always" },
      when: { drawn: { share, seed: own, most }, ...(longerThan === undefined ? {} : { longerThan }) },
    }),
  );
  // First, or another trouble would let some of the passage through.
  return draw.oneOf([true, false]) ? [blockedPassage(scheduled, draw), ...planned] : planned;
}

/** Draws from what a seed has in store. */
interface Draw {
  /** A whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  readonly share: (low: number, high: number) => number;
}

/** Something that goes wrong with a share of all audio, so many times each, and with what is longer alone. */
interface Trouble extends Pick<When, "longerThan"> {
  readonly fault: Fault;
  readonly share: number;
  readonly most?: number;
}

const troubles: readonly ((draw: Draw) => Trouble)[] = [
  ({ between, share }) => ({
    fault: { kind: "finish", reason: "MAX_TOKENS", keep: between(0, 12_000) },
    share: share(0.1, 0.4),
  }),
  ({ between, share }) => ({
    fault: { kind: "silent-end", keep: between(0, 12_000) },
    share: share(0.1, 0.3),
  }),
  ({ between, share }) => ({
    fault: { kind: "loop", keep: between(0, 8_000), times: between(20, 5_000) },
    share: share(0.1, 0.4),
  }),
  // However often it is asked: only shorter audio does not loop.
  ({ between, share }) => ({
    fault: { kind: "loop", keep: between(0, 4_000), times: between(20, 500) },
    share: share(0.05, 0.2),
    most: 100,
    longerThan: between(120, 600),
  }),
  ({ oneOf, share }) => ({
    fault: { kind: "block", reason: oneOf(["SAFETY", "OTHER", "PROHIBITED_CONTENT"]) },
    share: share(0.05, 0.2),
  }),
  ({ between, share }) => ({
    fault: { kind: "drop", which: { by: "chance", share: share(0.02, 0.3), seed: between(1, 1_000_000) } },
    share: share(0.1, 0.4),
  }),
  ({ between, share }) => {
    const from = between(0, 1_200);
    return {
      fault: { kind: "drop", which: { by: "time", from, to: from + between(5, 240) } },
      share: share(0.1, 0.4),
    };
  },
  ({ share }) => ({ fault: { kind: "early", share: share(0.2, 0.95) }, share: share(0.1, 0.3) }),
  ({ share, between }) => ({ fault: { kind: "empty" }, share: share(0.1, 0.3), most: between(1, 3) }),
  ({ oneOf, share, between }) => ({
    fault: oneOf(passingFaults.filter(({ kind }) => kind === "status")),
    share: share(0.2, 0.8),
    most: between(1, 2),
  }),
];

/** A passage of up to a minute, of a word or so a second, that is blocked in whatever holds it. */
function blockedPassage({ route, words }: Scheduled, { between }: Draw): PlannedFault {
  const first = between(0, words - 1);
  const last = Math.min(words - 1, first + between(0, 50));
  return {
    ...{ route, fault: { kind: "block", reason: "SAFETY" } },
    ...{ times: "always", when: { says: [first, last] } },
  };
}

function fail(): never {
  throw new RangeError("nothing is left to draw from");
}
