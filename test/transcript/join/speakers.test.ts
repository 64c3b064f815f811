import { describe, expect, test } from "vitest";
import { type Joined, join, type Window } from "../../../src/transcript/join/join.ts";
import type { Segment, Spoken, Word } from "../../../src/transcript/transcript.ts";

/** What one label says from a time on, a word each second. */
type Turn = readonly [label: string | null, start: number, text: string];

function spokenOf(turns: readonly Turn[], hasWords: boolean): Spoken {
  const segments = turns.map(([speaker, start, text], id): Segment => {
    const words = text.split(" ").map(
      (one, index): Word => ({
        text: one,
        start: start + index * 1_000,
        end: start + index * 1_000 + 900,
        speaker,
      }),
    );
    const end = words.at(-1)?.end ?? start;
    const plain = { language: null, translation: null, emotion: null } as const;
    return { ...plain, id, start, end, text, speaker, words: hasWords ? words : null };
  });
  return { text: "", language: null, segments, speakers: [], events: null, summary: null };
}

/** Windows of twenty seconds, of which each shares ten with the next; null for one that failed. */
function joinTurns(
  windows: readonly (readonly Turn[] | null)[],
  hasSpeakers = true,
  hasWords = true,
): Joined {
  const cut = windows.map((turns, index): Window => {
    const start = index * 10_000;
    return { start, end: start + 20_000, spoken: turns && spokenOf(turns, hasWords) };
  });
  return join(cut, { hasSpeakers });
}

function turnsOf({ spoken }: Joined) {
  return spoken.segments.map(({ speaker, text }) => `${speaker?.slice(-2)} ${text}`);
}

const changed = (time: string) => `who speaks could not be followed past ${time}: labels may change there`;

describe("speakers are those who say the same words in the overlap", () => {
  test.each([true, false])("with words known: %s", (hasWords) => {
    const joined = joinTurns(
      [
        [
          ["X", 1_000, "a b c"],
          ["Y", 10_000, "d e f g"],
          ["X", 15_000, "h i j"],
        ],
        [
          ["X", 10_000, "d e f g"],
          ["Y", 15_000, "h i j"],
          ["X", 22_000, "k l m"],
          ["Y", 26_000, "n o"],
        ],
        [
          ["Y", 22_000, "k l m"],
          ["X", 26_000, "n o p q"],
          ["Y", 33_000, "r"],
        ],
      ],
      true,
      hasWords,
    );
    expect(turnsOf(joined)).toEqual(["00 a b c", "01 d e f g", "00 h i j", "01 k l m", "00 n o p q", "01 r"]);
    expect(joined.spoken.speakers).toEqual([
      { id: "SPEAKER_00", name: null },
      { id: "SPEAKER_01", name: null },
    ]);
    expect(joined.warnings).toEqual([]);
  });

  test("by most of them, where one is given to the wrong one", () => {
    const joined = joinTurns([
      [
        ["X", 10_000, "a b c d"],
        ["Y", 14_000, "e f g h"],
      ],
      [
        ["P", 10_000, "a b c"],
        ["Q", 13_000, "d e f g h"],
        ["P", 24_000, "i"],
        ["Q", 26_000, "j"],
      ],
    ]);
    expect(turnsOf(joined).slice(-2)).toEqual(["00 i", "01 j"]);
    expect(joined.warnings).toEqual([]);
  });

  test("and no two labels are one speaker", () => {
    const joined = joinTurns([
      [["X", 10_000, "a b c d e f"]],
      [
        ["P", 10_000, "a b"],
        ["Q", 12_000, "c d e f"],
        ["P", 25_000, "g"],
      ],
    ]);
    expect(turnsOf(joined)).toEqual(["00 a b c d e f", "01 g"]);
  });
});

describe("labels that the overlap does not settle are new speakers", () => {
  test("with a warning, where they may be somebody who spoke before", () => {
    const joined = joinTurns([
      [
        ["X", 1_000, "a b c"],
        ["Y", 10_000, "d e f g"],
      ],
      [
        ["P", 10_000, "d e f g"],
        ["Q", 22_000, "h i"],
      ],
    ]);
    expect(turnsOf(joined)).toEqual(["00 a b c", "01 d e f g", "02 h i"]);
    expect(joined.warnings).toEqual([changed("00:00:11")]);
  });

  test("without one, where all who spoke before are known", () => {
    const joined = joinTurns([
      [["X", 10_000, "d e f g"]],
      [
        ["P", 10_000, "d e f g"],
        ["Q", 22_000, "h i"],
      ],
    ]);
    expect(turnsOf(joined)).toEqual(["00 d e f g", "01 h i"]);
    expect(joined.warnings).toEqual([]);
  });

  test("behind a gap", () => {
    const joined = joinTurns([[["X", 10_000, "a b"]], null, [["X", 31_000, "c d"]]]);
    expect(turnsOf(joined)).toEqual(["00 a b", "01 c d"]);
    expect(joined.warnings).toEqual([changed("00:00:20")]);
  });

  test("where the neighbours do not agree", () => {
    const joined = joinTurns([[["X", 11_000, "a b c"]], [["X", 16_000, "u v w"]]]);
    expect(turnsOf(joined)).toEqual(["00 a b c", "01 u v w"]);
    expect(joined.warnings.length).toBe(2);
  });
});

test.each([true, false])("nobody is numbered where speakers were not asked for; labels came: %s", (came) => {
  const label = came ? "X" : null;
  const joined = joinTurns(
    [[[label, 1_000, "a b"]], null, [[label, 31_000, "c d"]]],
    came ? false : undefined,
  );
  expect(joined.spoken).toMatchObject({ speakers: [], segments: [{ speaker: null }, { speaker: null }] });
  expect(
    joined.spoken.segments.flatMap(({ words }) => words ?? []).every(({ speaker }) => speaker === null),
  ).toBe(true);
  expect(joined.warnings).toEqual([]);
});

test("what has no speaker has none behind the seam, too, and settles nothing", () => {
  const joined = joinTurns([
    [
      ["X", 10_000, "a b c d"],
      [null, 15_000, "e f g"],
    ],
    [
      [null, 10_000, "a b c d"],
      ["P", 15_000, "e f g"],
      [null, 22_000, "h"],
    ],
  ]);
  expect(joined.spoken.segments.at(-1)?.speaker).toBeNull();
  expect(joined.warnings).toEqual([changed("00:00:13")]);
});

describe("who the labels are may be known from elsewhere", () => {
  const before = spokenOf([["X", 1_000, "a b c"]], true);
  const after = spokenOf(
    [
      ["P", 12_000, "d e f"],
      ["Q", 22_000, "g h"],
      ["P", 27_000, "i"],
    ],
    true,
  );
  const windows = [
    { start: 0, end: 20_000, spoken: before },
    { start: 10_000, end: 30_000, spoken: after },
  ];
  const labels = new Map([
    [before, new Map([["X", "one"]])],
    [
      after,
      new Map([
        ["P", "two"],
        ["Q", "one"],
      ]),
    ],
  ]);

  test("then they are these people, numbered by first appearance", () => {
    const people = { labels, uncertain: new Map() };
    const joined = join(windows, { hasSpeakers: true, people });
    expect(turnsOf(joined)).toEqual(["00 a b c", "01 d e f", "00 g h", "01 i"]);
    expect(joined.warnings).toEqual([]);
    expect(joined.spoken.segments.every((segment) => !("isUncertain" in segment))).toBe(true);
  });

  test("what is not certain is marked, and told of once, with its times", () => {
    const people = { labels, uncertain: new Map([[after, new Set(["P"])]]) };
    const { spoken, warnings } = join(windows, { hasSpeakers: true, people });
    expect(spoken.segments.map(({ isUncertain = false }) => isUncertain)).toEqual([false, true, false, true]);
    expect(warnings).toEqual([
      "it is not certain who speaks from 00:00:12 to 00:00:14, 00:00:27 to 00:00:27",
    ]);
  });
});
