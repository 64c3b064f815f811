import { expect, test } from "vitest";
import { FaultPlan } from "./fault-plan.ts";
import { faultSchedule } from "./fault-schedule.ts";
import { readPlanFile } from "./plan-file.ts";

const scheduled = { route: "generate", words: 7_800 } as const;
const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const schedules = seeds.map((seed) => faultSchedule(seed, scheduled));

test("a schedule is the same for the same seed, and no other's", () => {
  expect(seeds.map((seed) => faultSchedule(seed, scheduled))).toEqual(schedules);
  expect(new Set(schedules.map((schedule) => JSON.stringify(schedule))).size).toBe(seeds.length);
});

test("a schedule is a plan of faults as it can be written down", () => {
  for (const schedule of schedules) expect(readPlanFile(JSON.stringify(schedule))).toEqual(schedule);
});

test("all kinds of troubles come up, three to six in a run", () => {
  const kinds = new Set(schedules.flatMap((schedule) => schedule.map(({ fault }) => fault.kind)));
  expect(kinds).toEqual(
    new Set(["finish", "silent-end", "loop", "block", "drop", "early", "empty", "status"]),
  );
  const lengths = new Set(schedules.map(({ length }) => length));
  expect(lengths).toEqual(new Set([3, 4, 5, 6]));
});

test("the parts of a run are struck alike, in whatever order they are asked about", () => {
  const parts = Array.from({ length: 12 }, (_, part) => [
    {
      digest: `part ${part}`,
      seconds: 1_500,
      words: [],
      utterances: [],
      kind: "tones" as const,
      pictures: 0,
    },
  ]);
  const struckIn = (seed: number, order: typeof parts) => {
    const plan = new FaultPlan();
    plan.addAll(faultSchedule(seed, scheduled));
    return order.map((part) => plan.takeHeard("generate", part));
  };
  const struck = seeds.map((seed) => struckIn(seed, parts));
  expect(seeds.map((seed) => struckIn(seed, parts.toReversed()).toReversed())).toEqual(struck);
  const shares = struck.map((faults) => faults.filter((fault) => fault !== null).length / parts.length);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(mean).toBeGreaterThan(0.3);
  expect(mean).toBeLessThan(0.8);
});
