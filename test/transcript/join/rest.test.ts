import { describe, expect, test } from "vitest";
import { join } from "../../../src/transcript/join/join.ts";
import type { SoundEvent, Spoken } from "../../../src/transcript/transcript.ts";

const nothing = { text: "", language: null, segments: [], speakers: [], events: null, summary: null };

function joinThree(...spoken: readonly Partial<Spoken>[]): Spoken {
  const windows = spoken.map((one, index) => {
    const start = index * 10_000;
    return { start, end: start + 15_000, spoken: { ...nothing, ...one } };
  });
  return join(windows, { hasSpeakers: false }).spoken;
}

function sound(label: string, start: number | null): SoundEvent {
  return { label, start, end: start === null ? null : start + 400 };
}

describe("sounds", () => {
  test("that two windows heard come once, with the first one's time", () => {
    const { events } = joinThree(
      { events: [sound("Laughter", 4_000), sound("laughter", 12_000), sound("music", 12_100)] },
      { events: [sound("laughter", 12_900), sound("laughter", 13_200), sound("door", 12_000)] },
      { events: [sound("laughter", 26_000)] },
    );
    expect(events?.map(({ label, start }) => [label, start])).toEqual([
      ["Laughter", 4_000],
      ["laughter", 12_000],
      ["door", 12_000],
      ["music", 12_100],
      ["laughter", 13_200],
      ["laughter", 26_000],
    ]);
  });

  test("stay where no other window heard, and where nothing tells when they are", () => {
    const { events } = joinThree(
      { events: [sound("bell", 7_000), sound("bell", 7_500), sound("bell", null)] },
      { events: [sound("bell", null)] },
    );
    expect(events?.length).toBe(4);
  });

  test("are none where none came, and null where none were asked for", () => {
    expect(joinThree({ events: [] }, {}).events).toEqual([]);
    expect(joinThree({}, {}).events).toBeNull();
  });
});

test.each<readonly [readonly Partial<Spoken>[], string | null]>([
  [
    [
      { language: "en", text: "short" },
      { language: "de", text: "länger als das" },
    ],
    "de",
  ],
  [
    [
      { language: "en", text: "two of" },
      { language: "de", text: "länger als" },
      { language: "en", text: "these" },
    ],
    "en",
  ],
  [[{ text: "not known, but long" }, { language: "fr", text: "oui" }], "fr"],
  [[{}, {}], null],
])("the language is that of most of the text", (spoken, expected) => {
  expect(joinThree(...spoken).language).toBe(expected);
});

test.each<readonly [readonly (string | null)[], string | null]>([
  [["One.", null, "Two."], "One.\n\nTwo."],
  [[null, null], null],
])("summaries stand one below the other", (summaries, expected) => {
  expect(joinThree(...summaries.map((summary) => ({ summary }))).summary).toBe(expected);
});
