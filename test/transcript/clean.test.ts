import { expect, test } from "vitest";
import { cleanText, oneLine } from "../../src/transcript/clean.ts";

test.each([
  ["a\u001b[31mb\u0007\u009bc", "a[31mbc"],
  ["a\tb\nc", "a\tb\nc"],
  ["next\rline", "next\nline"],
  ["next\r\nline\r\r\nend", "next\nline\n\nend"],
  ["a\u202ecba\u202c \u202a\u202b\u202d", "acba "],
  ["\u2066a\u2067b\u2068c\u2069", "abc"],
  ["👩\u200d🔬 می\u200cخواهم \u200e\u200f", "👩\u200d🔬 می\u200cخواهم \u200e\u200f"],
])("%j is cleaned to %j", (untrusted, clean) => {
  expect(cleanText(untrusted)).toBe(clean);
});

test("one line has no line's end in it, and no space around it", () => {
  expect(oneLine(" next\rline\u0007\r\n")).toBe("next line");
});
