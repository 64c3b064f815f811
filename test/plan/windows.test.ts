import { describe, expect, test } from "vitest";
import { modelNamed } from "../../src/plan/models.ts";
import { windowLength, windowsOf } from "../../src/plan/windows.ts";

describe("windows", () => {
  test.each([
    [10, 60, 1],
    [60, 60, 1],
    [60.01, 60, 2],
    [7_200, 1_500, 5],
    [34_200, 1_500, 24],
    [61, 60, 2],
  ])("of %d s, %d s at most: %d", (total, length, count) => {
    const windows = windowsOf({ start: 100, end: 100 + total }, { length, overlap: 15 });
    expect(windows).toHaveLength(count);
    expect(windows[0]?.start).toBe(100);
    expect(windows.at(-1)?.end).toBe(100 + total);
    const lengths = windows.map(({ start, end }) => end - start);
    // All are of one length: none is a stub.
    for (const one of lengths) expect(one).toBeCloseTo(lengths[0] ?? 0, 6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(length + 1e-9);
    for (const [index, { start }] of windows.slice(1).entries()) {
      expect((windows[index]?.end ?? 0) - start).toBeCloseTo(15, 6);
    }
  });

  test.each([
    ["gemini-3.5-transcribe", true, 1_500],
    ["gemini-3.5-transcribe", false, 3_000],
    ["gemini-3.8-flash", true, 1_200],
    ["gemini-9", false, 2_400],
  ])("of %s, with times or speakers: %s", (model, isDetailed, length) => {
    expect(windowLength(modelNamed(model), isDetailed)).toBe(length);
  });
});
