import { expect, test } from "vitest";
import { keyOf, likeness } from "../../../src/transcript/join/seam-likeness.ts";

test.each<readonly [string, string, boolean]>([
  ["Hello,", "hello", true],
  ["don’t", "dont", true],
  ["É", "e\u0301", true],
  ["colour", "color", true],
  ["word", "ward", true],
  ["cat", "car", false],
  ["he", "me", false],
  ["word", "warp", false],
  ["Tchaikovsky", "Chaikovski", true],
  ["recognise", "recognize", true],
  ["something", "sometimes", false],
  ["w1998", "w1999", false],
  ["…", "—", false],
])("%s and %s are one word: %s", (one, other, isSame) => {
  expect(likeness(keyOf(one), keyOf(other)) > 0).toBe(isSame);
  expect(likeness(keyOf(other), keyOf(one)) > 0).toBe(isSame);
});
