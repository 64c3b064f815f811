import { expect, test } from "vitest";
import { lineupLimit } from "../../src/plan/lineup.ts";

test.each([
  { duration: 7_200, share: 0.02, limit: 144 },
  { duration: 7_200, share: 0.04, limit: 288 },
  { duration: 1_800, share: 0.02, limit: 60 },
  { duration: 100, share: 0.2, limit: 60 },
])("of $duration s, $share of it may be lined up, or a minute", ({ duration, share, limit }) => {
  expect(lineupLimit(duration, share)).toBe(limit);
});
