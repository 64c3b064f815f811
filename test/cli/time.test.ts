import { expect, test } from "vitest";
import { parseLength, parseTime } from "../../src/cli/time.ts";

test.each([
  ["90", 90],
  ["0", 0],
  ["1.5", 1.5],
  ["1:30", 90],
  ["01:02:03.5", 3_723.5],
  ["100:00", 6_000],
  ["12m30s", 750],
  ["1h", 3_600],
  ["1h2m3.5s", 3_723.5],
  ["90s", 90],
])("%s is %d seconds", (value, seconds) => {
  expect(parseTime(value)).toBe(seconds);
});

test.each([[""], ["soon"], ["-1"], ["1:"], ["1:2:3:4"], ["3s2m"], ["1e3"], ["1.5:00"], [" 1"]])(
  "%j is no time",
  (value) => {
    expect(() => parseTime(value)).toThrow("It must be a time");
  },
);

test("a length is more than nothing", () => {
  expect(() => parseLength("0:00")).toThrow("more than 0");
});
