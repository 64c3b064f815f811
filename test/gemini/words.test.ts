import { expect, test } from "vitest";
import { readWords } from "../../src/gemini/words.ts";

test.each([
  ["0.100s", 100],
  ["12s", 12_000],
  ["1.5", 1_500],
  ["0s", 0],
  ["0.0005s", 1],
  ["3723.4567s", 3_723_457],
  [2.25, 2_250],
  [".5s", 500],
  ["0:05.5", 5_500],
  ["01:02:03.004", 3_723_004],
  ["PT1.5S", 1_500],
  ["500ms", 500],
  ["", null],
  ["soon", null],
  ["-1s", null],
  [null, null],
  [undefined, null],
  [{}, null],
])("the offset %j is %j ms", (told, milliseconds) => {
  expect(readWords([{ word: "so", startOffset: told, endOffset: told }])).toEqual([
    { text: "so", start: milliseconds, end: milliseconds, speaker: null },
  ]);
});

test("both APIs' words are read alike", () => {
  const word = { text: "Hello", start: 100, end: 450, speaker: "spk_1" };
  expect(
    readWords([
      { word: "Hello", startOffset: "0.100s", endOffset: "0.450s", speakerLabel: "spk_1" },
      { type: "word_info", text: "Hello", start_offset: "0.100s", end_offset: "0.450s", speaker: "spk_1" },
    ]),
  ).toEqual([word, word]);
});

test.each([
  ["spk_1", "spk:0", "spk_1"],
  ["spk:1", null, "spk:1"],
  [undefined, "spk:0", "spk:0"],
  ["", "spk:0", "spk:0"],
  ["", "", null],
  [undefined, undefined, null],
])("of a word's label %j and that of all, %j, %j counts", (own, ofAll, label) => {
  expect(readWords([{ word: "so", speakerLabel: own }], ofAll)[0]?.speaker).toBe(label);
});

test.each([[undefined], [null], ["so"], [{}], [[null, 1, "so", {}, { word: "" }, { word: 1 }]]])(
  "%j holds no words",
  (told) => {
    expect(readWords(told)).toEqual([]);
  },
);
