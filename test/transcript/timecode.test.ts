import { expect, test } from "vitest";
import { parseTimecode } from "../../src/transcript/timecode.ts";

test.each([
  ["00:00", 0],
  ["01:02", 62_000],
  ["1:02.5", 62_500],
  ["01:02,250", 62_250],
  ["1:00:00", 3_600_000],
  ["01:02:03.004", 3_723_004],
  ["90:00", 5_400_000],
  ["75.5", 75_500],
  ["75.5s", 75_500],
  [" 12 ", 12_000],
  [75.5, 75_500],
  [0, 0],
])("%j is %i ms", (written, milliseconds) => {
  expect(parseTimecode(written)).toBe(milliseconds);
});

test.each([
  [""],
  ["soon"],
  ["1:2:3:4"],
  ["-1"],
  ["1:-2"],
  ["12."],
  [-1],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
])("%j is no time", (written) => {
  expect(parseTimecode(written)).toBeNull();
});
