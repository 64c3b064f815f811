import { expect, test } from "vitest";
import { stretchesWithoutWords } from "../../src/transcript/coverage.ts";
import type { Segment, Word } from "../../src/transcript/transcript.ts";

const part = { start: 10_000, end: 70_000 };
const exactness = { longestPause: 3_000, tolerance: 500 };

function said(start: number | null, end: number | null, words: Word[] | null = null): Segment {
  const text = "so many words";
  return { id: 0, start, end, text, speaker: null, language: null, translation: null, emotion: null, words };
}

const without = (...segments: readonly Segment[]) =>
  stretchesWithoutWords({ segments, events: null }, part, exactness);

test("an answer without words leaves all of the part", () => {
  expect(without()).toEqual([part]);
});

test("what lies before, between and behind the words is told, without what their times may be wrong", () => {
  expect(without(said(20_000, 30_000), said(40_000, 50_000))).toEqual([
    { start: 10_000, end: 19_500 },
    { start: 30_500, end: 39_500 },
    { start: 50_500, end: 70_000 },
  ]);
});

test("a short pause is not looked at", () => {
  expect(without(said(12_000, 39_000), said(42_000, 68_000))).toEqual([]);
});

test("a hole between a segment's words is one, too", () => {
  const words = [
    { text: "so", start: 10_000, end: 11_000, speaker: null },
    { text: "many", start: 60_000, end: 69_000, speaker: null },
  ];
  expect(without(said(10_000, 69_000, words))).toEqual([{ start: 11_500, end: 59_500 }]);
  const untimed = words.map((word) => ({ ...word, start: null, end: null }));
  expect(without(said(10_000, 69_000, untimed))).toEqual([]);
});

test("what one speaker says while another is silent counts", () => {
  expect(without(said(10_000, 60_000), said(20_000, 25_000), said(60_500, 69_000))).toEqual([]);
});

test("a segment without a time may lie anywhere between its neighbours", () => {
  expect(without(said(10_000, 20_000), said(null, null), said(50_000, 69_000))).toEqual([]);
});

test("a segment without an end lasts as long as its text takes", () => {
  expect(without(said(10_000, null), said(30_000, 69_000))).toEqual([{ start: 12_125, end: 29_500 }]);
});

test("a sound that was told of is no hole", () => {
  const events = [{ start: 20_000, end: 60_000, label: "music" }];
  const segments = [said(10_000, 20_000), said(60_000, 69_000)];
  expect(stretchesWithoutWords({ segments, events }, part, exactness)).toEqual([]);
});
