import { expect, test } from "vitest";
import { readAnswer } from "../../src/transcript/answer.ts";

const segments = [
  { start: "00:00.000", end: "00:12.500", speaker: "Speaker 1", text: 'He said "no" \\ and left.' },
  { start: "00:13.000", end: "00:14.250", speaker: "Speaker 2", text: "日本語 🎙" },
  { start: "00:15.000", end: "00:16.000", speaker: "Speaker 1", text: "" },
];
const whole = JSON.stringify({ language: "en", segments });

test("a whole answer is read whole", () => {
  expect(readAnswer(whole)).toEqual({ language: "en", segments, isWhole: true });
});

test("of an answer cut anywhere, only segments that were closed are kept, each exactly as it was", () => {
  for (let length = 0; length < whole.length; length += 1) {
    const answer = readAnswer(whole.slice(0, length));
    expect(answer.isWhole).toBe(false);
    expect(answer.segments).toEqual(segments.slice(0, answer.segments.length));
    expect([null, "en"]).toContain(answer.language);
  }
});

test.each([
  ["text instead of JSON", "I cannot help with that."],
  ["nothing", ""],
  ["no segments", '{"language":"en"}'],
  ["a segment without text", '{"language":"en","segments":[{"start":"0:00"}]}'],
  ["something behind the end", `${whole} and more`],
])("%s is not whole", (_, json) => {
  expect(readAnswer(json).isWhole).toBe(false);
});
