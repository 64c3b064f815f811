import { expect, test } from "vitest";
import { withoutLoopedSegments } from "../../src/transcript/looped-segments.ts";

const segmentsOf = (...texts: string[]) => texts.map((text, start) => ({ text, start }));
const textsIn = (segments: readonly { text: string }[]) => segments.map(({ text }) => text).join(" ");

test.each([
  ["one segment", ["A.", "B.", ...Array.from({ length: 30 }, () => "C c.")], "A. B. C c."],
  [
    "two segments",
    ["A.", ...Array.from({ length: 17 }, (_, index) => (index % 2 ? "B!" : "C c."))],
    "A. C c. B!",
  ],
  ["in another script", ["A.", ...Array.from({ length: 9 }, () => "はい。")], "A. はい。"],
])("a loop of %s stands once", (_, texts, kept) => {
  expect(textsIn(withoutLoopedSegments(segmentsOf(...texts)))).toBe(kept);
});

test("what comes again less often stays", () => {
  const texts = ["A.", ...Array.from({ length: 7 }, () => "Yes."), "B."];
  expect(withoutLoopedSegments(segmentsOf(...texts))).toEqual(segmentsOf(...texts));
});

test("what comes again before the loop stays", () => {
  const texts = [
    "A.",
    ...Array.from({ length: 9 }, () => "Yes."),
    "B.",
    ...Array.from({ length: 9 }, () => "C."),
  ];
  expect(withoutLoopedSegments(segmentsOf(...texts))).toHaveLength(12);
});

test("other words in another script are other words", () => {
  const texts = ["はい。", "いいえ。", "そう。", "では。", "また。", "ええ。", "うん。", "ああ。", "まあ。"];
  expect(withoutLoopedSegments(segmentsOf(...texts))).toHaveLength(texts.length);
});
