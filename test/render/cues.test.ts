import { describe, expect, test } from "vitest";
import { cuesOf } from "../../src/render/cues.ts";
import { cuesOfSegment, linesIn, segmentOf, timesIn, usualLimits, wordsOf } from "./cues-maker.ts";

const family = "👩‍👩‍👧‍👦";

describe("lines", () => {
  test.each([
    ["short text stays on one line", "Good morning.", ["Good morning."]],
    [
      "two lines are about equally long",
      "The ferries have left the harbour this morning without a pilot",
      ["The ferries have left the harbour / this morning without a pilot"],
    ],
    [
      "punctuation is a better place than the middle",
      "When the fog lifted, two of the ferries left the harbour",
      ["When the fog lifted, / two of the ferries left the harbour"],
    ],
    [
      "the end of a sentence is the best place between cues",
      "The fog lifted at six in the morning. Two ferries have left the harbour since then, and a third is waiting.",
      [
        "The fog lifted at six in the morning.",
        "Two ferries have left the harbour / since then, and a third is waiting.",
      ],
    ],
    [
      "short sentences stay together",
      "Yes. No. I do not know. Perhaps we should ask the harbour master what he thinks of it all, before we leave.",
      [
        "Yes. No. I do not know.",
        "Perhaps we should ask the harbour master / what he thinks of it all, before we leave.",
      ],
    ],
    [
      "an article stays with what it belongs to",
      "Nobody here has ever watched the old boats sail as far",
      ["Nobody here has ever watched / the old boats sail as far"],
    ],
    [
      "an abbreviation ends neither a sentence nor a line",
      "We have asked the harbour master Mr. Smith, who was not there in time.",
      ["We have asked the harbour master / Mr. Smith, who was not there in time."],
    ],
    [
      "punctuation behind a space begins no line",
      "Vous avez vu le bateau de la compagnie du nord ! « Oui ! » dit-il à tout le monde",
      ["Vous avez vu le bateau de la compagnie / du nord ! « Oui ! » dit-il à tout le monde"],
    ],
    [
      "a character that is twice as wide counts two",
      "今天早上六点雾散了，两艘渡轮已经离开港口，北部航道要关闭到星期四为止。",
      ["今天早上六点雾散了，两艘渡轮已经离开港口， / 北部航道要关闭到星期四为止。"],
    ],
    [
      "no line begins with what closes, or with what clings to a word (kinsoku)",
      "渡辺さんは昨日の夜東京へ行きましたがその日は「大雨だ。」と言って帰りました。",
      ["渡辺さんは昨日の夜東京へ行きましたが / その日は「大雨だ。」と言って帰りました。"],
    ],
    [
      "Thai is broken between its words",
      "ท่าเรือปิดถึงวันพฤหัสบดีและเรือข้ามฟากสองลำออกเดินทางแล้ว",
      ["ท่าเรือปิดถึงวันพฤหัสบดีและเรือ / ข้ามฟากสองลำออกเดินทางแล้ว"],
    ],
    [
      "Arabic is broken between its words",
      "صباح الخير أيها السادة، كم من الوقت ستبقى القناة الشمالية مغلقة؟",
      ["صباح الخير أيها السادة، / كم من الوقت ستبقى القناة الشمالية مغلقة؟"],
    ],
    [
      "a word longer than a line is broken into equal parts",
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
      ["Donaudampfschifffahrtselekt / rizitätenhauptbetriebswerk"],
    ],
    ["newlines, tabs and spaces become one space", " a\n\n b\t\tc\r\nd ", ["a b c d"]],
    ["text of nothing but space is no cue", " \n\u00a0\u3000\t", []],
  ])("%s", (_, text, lines) => {
    expect(linesIn(cuesOfSegment({ text, end: 6_500 }))).toEqual(lines);
  });

  test("no emoji and no letter is parted from its marks", () => {
    const accented = "e\u0301";
    const cues = cuesOfSegment(
      { text: `${family.repeat(8)} ${accented.repeat(30)}` },
      { maxLineWidth: 10, maxLineCount: 1 },
    );
    const lines = cues.flatMap((cue) => cue.lines);
    expect(lines.slice(0, -3).join("")).toBe(family.repeat(8));
    expect(lines.slice(0, -3).every((line) => line.split(family).join("") === "")).toBe(true);
    expect(lines.slice(-3)).toEqual(Array(3).fill(accented.repeat(10)));
  });

  test.each([
    [{ maxWordsPerLine: 2 }, ["one two / three four", "five six / seven"]],
    [{ maxLineCount: 1, maxLineWidth: 14 }, ["one two three", "four five", "six seven"]],
    [{ maxLineCount: 3, maxLineWidth: 14 }, ["one two three / four five / six seven"]],
    [{ maxLineCount: 1, maxWordsPerLine: 1 }, ["one", "two", "three", "four", "five", "six", "seven"]],
  ])("%j holds", (limits, lines) => {
    expect(linesIn(cuesOfSegment({ text: "one two three four five six seven", end: 7_000 }, limits))).toEqual(
      lines,
    );
  });

  test("the speaker's name has its room in the first line", () => {
    const text = "The ferries have left the harbour this morning";
    const segments = [segmentOf({ text, start: 0, end: 5_000, speaker: "SPEAKER_00" })];
    const speakers = [{ id: "SPEAKER_00", name: "The\nharbour master" }];
    expect(cuesOf({ segments, speakers }, usualLimits)).toMatchObject([
      { speaker: "The harbour master", lines: ["The ferries", "have left the harbour this morning"] },
    ]);
    expect(cuesOf({ segments, speakers: [] }, usualLimits)).toMatchObject([{ speaker: null }]);
  });
});

describe("times", () => {
  test("words tell when a cue begins and ends, and whether a silence parts it", () => {
    const words = wordsOf(
      ["Well,", 1_000, 1_400],
      ["yes.", 1_500, 2_100],
      ["Or", 6_000, 6_400],
      ["no.", 6_500, 7_000],
    );
    const cues = cuesOfSegment({ text: "Well, yes. Or no.", words });
    expect(linesIn(cues)).toEqual(["Well, yes.", "Or no."]);
    expect(timesIn(cues)).toEqual([
      [1_000, 2_100],
      [6_000, 7_000],
    ]);
    expect(cues[1]?.words).toEqual([
      { text: "Or", start: 6_000, end: 6_400, line: 0, from: 0 },
      { text: "no.", start: 6_500, end: 7_000, line: 0, from: 3 },
    ]);
  });

  test("words that have no times, or are not in the text, leave nothing of it out", () => {
    const words = wordsOf(
      ["okay", 1_000, 2_000],
      ["two", null, null],
      ["three", 3_000, 4_000],
      ["four", 3_500, 3_500],
    );
    const cues = cuesOfSegment({ text: "OK, two (three) four!", end: 5_000, words });
    expect(linesIn(cues)).toEqual(["OK, two (three) four!"]);
    expect(cues[0]?.words).toMatchObject([
      { text: "OK,", start: 0 },
      { text: "two", end: 3_000 },
      { text: "(three)", start: 3_000, end: 4_000 },
      { text: "four!", start: 4_000, end: 5_000 },
    ]);
  });

  test("without words, each cue has its share of the segment", () => {
    const text = "Sixteen letters. Sixteen letters. Sixteen letters. Sixteen letters.";
    const cues = cuesOfSegment({ text, end: 8_000 }, { maxLineCount: 1, maxLineWidth: 20 });
    expect(timesIn(cues)).toEqual([
      [0, 1_910],
      [2_030, 3_940],
      [4_060, 5_970],
      [6_090, 8_000],
    ]);
    expect(cues[0]?.words).toBeNull();
  });

  test("an hour with little said in it is shown in part, where each part's share begins", () => {
    const text = "What follows is music. ".repeat(20).trim();
    const cues = cuesOfSegment({ text, end: 3_600_000 });
    expect(cues.length).toBeGreaterThan(5);
    expect(cues.every(({ start, end }) => end - start === 7_000)).toBe(true);
    expect(cues.at(-1)?.start).toBeGreaterThan(3_000_000);
  });

  test("an hour with much said in it is covered by cues", () => {
    const text = "The ferries have left the harbour this morning. ".repeat(1_000).trim();
    const cues = cuesOfSegment({ text, end: 3_600_000 });
    expect(cues.at(-1)?.end).toBe(3_600_000);
    const shown = cues.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(shown).toBeGreaterThan(3_400_000);
  });

  test("what takes no time is shown for five sixths of a second", () => {
    expect(timesIn(cuesOfSegment({ text: "Ah!", start: 5_000, end: 5_000 }))).toEqual([[5_000, 5_833]]);
  });

  test("one word that takes a minute is shown for seven seconds", () => {
    expect(timesIn(cuesOfSegment({ text: "Om", end: 60_000, words: wordsOf(["Om", 0, 60_000]) }))).toEqual([
      [0, 7_000],
    ]);
  });

  test.each([
    ["a gap of 80 ms parts cues of one speaker", [0, 2_000], [2_000, 4_000], [0, 1_920]],
    ["unless too little of the first were left", [0, 900], [900, 4_000], [0, 900]],
    ["a short one stays until the next", [0, 300], [600, 4_000], [0, 600]],
    ["what overlaps is cut where the next begins", [0, 3_000], [2_500, 4_000], [0, 2_420]],
    ["or both are seen, where nothing would be left", [0, 3_000], [200, 4_000], [0, 833]],
  ])("%s", (_, [start = 0, end = 0], [nextStart = 0, nextEnd = 0], times) => {
    const segments = [
      segmentOf({ text: "Yes.", start, end }),
      segmentOf({ text: "No.", start: nextStart, end: nextEnd }),
    ];
    expect(timesIn(cuesOf({ segments, speakers: [] }, usualLimits))).toEqual([times, [nextStart, nextEnd]]);
  });

  test("several speakers overlap as they do", () => {
    const segments = [
      segmentOf({ text: "Yes.", start: 0, end: 3_000, speaker: "SPEAKER_00" }),
      segmentOf({ text: "No.", start: 1_000, end: 2_000, speaker: "SPEAKER_01" }),
    ];
    expect(timesIn(cuesOf({ segments, speakers: [] }, usualLimits))).toEqual([
      [0, 3_000],
      [1_000, 2_000],
    ]);
  });

  test.each([
    [null, 1_000],
    [10, 2_500],
    [2, 4_920],
  ])("with maxCps %s, 25 characters stay until %s", (maxCps, end) => {
    const segments = [
      segmentOf({ text: "Five words are read here.", start: 0, end: 1_000, speaker: "SPEAKER_00" }),
      segmentOf({ text: "No.", start: 5_000, end: 6_000, speaker: "SPEAKER_01" }),
    ];
    expect(cuesOf({ segments, speakers: [] }, { ...usualLimits, maxCps })[0]?.end).toBe(end);
  });

  test("a segment without times has the gap between its neighbours; without any, there are no cues", () => {
    const texts = ["Before.", "Between.", "Behind."];
    const untimed = texts.map((text) => segmentOf({ text }));
    expect(cuesOf({ segments: untimed, speakers: [] }, usualLimits)).toEqual([]);
    const segments = untimed.map((segment, index) =>
      index === 1 ? segment : { ...segment, start: index * 2_000, end: index * 2_000 + 1_000 },
    );
    expect(timesIn(cuesOf({ segments, speakers: [] }, usualLimits))).toEqual([
      [0, 920],
      [1_000, 3_920],
      [4_000, 5_000],
    ]);
  });
});

test("forty thousand words take no time", () => {
  const text = "The ferries have left the harbour this morning. ".repeat(5_000).trim();
  const words = wordsOf(
    ...text.split(" ").map((word, index) => [word, index * 350, index * 350 + 300] as const),
  );
  const began = performance.now();
  expect(cuesOfSegment({ text, end: 14_000_000, words }).length).toBeGreaterThan(4_000);
  // A fifth of it, on a processor that does nothing else.
  expect(performance.now() - began).toBeLessThan(2_500);
});
