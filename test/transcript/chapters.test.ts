import { expect, test } from "vitest";
import { chaptersText, readChapters } from "../../src/transcript/chapters.ts";

const whole = { start: 0, duration: 600 };
const part = { start: 60, duration: 600 };
const chapter = (start: string, recording?: number) => ({ start, title: "A\nb", summary: "said", recording });

test("chapters are told in the time of the recording", () => {
  const told = readChapters({ chapters: [chapter("00:00"), chapter("02:00.500")] }, [part]);
  expect(told).toEqual({
    chapters: [
      { recording: null, start: 60_000, title: "A b", text: "said" },
      { recording: null, start: 180_500, title: "A b", text: "said" },
    ],
    areTimed: true,
  });
  expect(chaptersText(told?.chapters ?? [])).toBe("[01:00] A b\nsaid\n\n[03:00] A b\nsaid");
});

test("those of several recordings keep their number", () => {
  const told = readChapters({ chapters: [chapter("05:00", 1), chapter("00:00", 2)] }, [whole, whole]);
  expect(told).toMatchObject({ chapters: [{ recording: 1 }, { recording: 2 }], areTimed: true });
  expect(chaptersText(told?.chapters ?? [])).toMatch(/^Recording 1 \[05:00\] .*Recording 2 \[00:00\]/s);
});

test.each([
  ["past the end", [chapter("00:00"), chapter("12:00")], [whole]],
  ["unreadable", [chapter("early")], [whole]],
  ["of no recording", [chapter("00:00", 3)], [whole, whole]],
])("times that are %s cannot be", (_, chapters, parts) => {
  expect(readChapters({ chapters }, parts)?.areTimed).toBe(false);
});

test.each([undefined, null, [], { chapters: "none" }, { chapters: [{ start: "0:00" }] }])(
  "%j is no list of chapters",
  (value) => {
    expect(readChapters(value, [whole])).toBeNull();
  },
);
