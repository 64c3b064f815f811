import { expect, test } from "vitest";
import { followParts } from "../../src/cli/parts.ts";
import { createProgress } from "../../src/cli/progress.ts";
import { memoryWorld } from "../support/memory-world.ts";

const work = { parts: 12, audio: 18_000, jobs: 1 };

function follow({ isLive = true, ...wanted }: Partial<typeof work> & { readonly isLive?: boolean } = {}) {
  const clock = { now: 1_000_000 };
  const shown: string[] = [];
  const manner = { now: () => clock.now, show: (text: string) => shown.push(text), isLive };
  const parts = followParts(manner, { ...work, ...wanted });
  const wait = (seconds: number) => {
    clock.now += seconds * 1_000;
  };
  return { parts, shown, wait };
}

test("parts, audio, rate and the time that is left are told in one line", () => {
  const { parts, shown, wait } = follow();
  for (let count = 0; count < 12; count += 1) {
    wait(24.2);
    parts.done(1_500);
  }
  expect(shown).toHaveLength(13);
  expect(shown[0]).toBe("0 of 12 parts, 0:00:00 of 5:00:00");
  expect(shown[3]).toBe("3 of 12 parts, 1:15:00 of 5:00:00, 62x real time, about 3:38 left");
  expect(shown[12]).toBe("12 of 12 parts, 5:00:00 of 5:00:00, 62x real time");
});

test.each([
  [2, 1_500, "750x real time, about 0:22 left"],
  [1_200, 1_500, "1.3x real time, about 3:40:00 left"],
  [300, 1_500, "5.0x real time, about 55:00 left"],
])("after %i s for %i s of audio: %s", (seconds, audio, told) => {
  const { parts, shown, wait } = follow();
  wait(seconds);
  parts.done(audio);
  expect(shown.at(-1)).toBe(`1 of 12 parts, 0:25:00 of 5:00:00, ${told}`);
});

test("no rate is told before something was asked and done, or in no time", () => {
  const { parts, shown, wait } = follow();
  parts.done(1_500);
  expect(shown.at(-1)).toBe("1 of 12 parts, 0:25:00 of 5:00:00");
  const other = follow();
  other.wait(10);
  other.parts.skipped(1_500);
  expect(other.shown.at(-1)).toBe("1 of 12 parts, 0:25:00 of 5:00:00");
  wait(1);
  parts.done(1_500);
  expect(shown.at(-1)).toContain("x real time");
});

test("parts that run at once end together: the first of eight says so of the others", () => {
  const { parts, shown, wait } = follow({ jobs: 8 });
  wait(40);
  parts.done(1_500);
  expect(shown.at(-1)).toContain(", about 0:40 left");
  for (let count = 1; count < 9; count += 1) parts.done(1_500);
  expect(shown.at(-1)).toBe("9 of 12 parts, 3:45:00 of 5:00:00, 338x real time");
});

test("what took no asking counts as done, and not as fast", () => {
  const { parts, shown, wait } = follow();
  for (let count = 0; count < 8; count += 1) parts.skipped(1_500);
  wait(30);
  parts.done(1_500);
  expect(shown.at(-1)).toBe("9 of 12 parts, 3:45:00 of 5:00:00, 50x real time, about 1:30 left");
});

test("parts that turn up later count from then on", () => {
  const { parts, shown, wait } = follow({ parts: 2, audio: 3_000 });
  wait(30);
  parts.done(1_500);
  parts.added({ parts: 2, audio: 60 });
  expect(shown.at(-1)).toBe("1 of 4 parts, 0:25:00 of 0:51:00, 50x real time, about 1:30 left");
});

test("one part alone is not worth a line, until there are more", () => {
  const { parts, shown } = follow({ parts: 1, audio: 600 });
  expect(shown).toEqual([]);
  parts.added({ parts: 2, audio: 600 });
  expect(shown).toEqual(["0 of 3 parts, 0:00:00 of 0:20:00"]);
});

test("without a terminal: a line at the beginning, then one in five seconds at most, and the last", () => {
  const { parts, shown, wait } = follow({ isLive: false });
  for (let count = 0; count < 12; count += 1) {
    wait(2);
    parts.done(1_500);
  }
  expect(shown.map((line) => line.slice(0, line.indexOf(" parts")))).toEqual([
    "0 of 12",
    "3 of 12",
    "6 of 12",
    "9 of 12",
    "12 of 12",
  ]);
});

test.each([
  ["normal", "0 of 2 parts, 0:00:00 of 0:01:00\n"],
  ["quiet", ""],
] as const)("with %s messages it says %j on stderr", async (verbosity, said) => {
  const { world, texts } = memoryWorld([], { now: 1 });
  const progress = await createProgress(world, { verbosity, debug: false, color: false });
  progress.parts({ parts: 2, audio: 60, jobs: 8 }).added({ parts: 1, audio: 30 });
  expect(texts.stderr.join("")).toBe(said);
});
