import { describe, expect, test } from "vitest";
import { samplesOf } from "../../src/transcript/samples.ts";
import type { Segment } from "../../src/transcript/transcript.ts";

const ann = "SPEAKER_00";
const ben = "SPEAKER_01";

interface Said {
  readonly speaker: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly words?: Segment["words"];
  readonly isUncertain?: boolean;
}

/** A segment, in seconds. */
function said(speaker: string | null, start: number, end: number): Said {
  return { speaker, start: start * 1_000, end: end * 1_000 };
}

/** Words of a second each, in a segment that is told to be longer. */
function worded(speaker: string, from: number, count: number): Said {
  const words = Array.from({ length: count }, (_, index) => {
    const start = (from + index) * 1_000;
    return { text: "word", start, end: start + 900, speaker };
  });
  return { ...said(speaker, from - 5, from + count + 5), words };
}

/** Where each speaker's sample begins and ends, in seconds. */
function spansOf(...all: readonly Said[]) {
  const rest = { text: "words", language: null, translation: null, emotion: null };
  const segments = all.map((one, id): Segment => ({ id, words: null, ...rest, ...one }));
  const speakers = [ann, ben].map((id) => ({ id, name: null }));
  return samplesOf({ segments, speakers }).map(({ span }) => span && [span.start / 1_000, span.end / 1_000]);
}

describe("the sample of a speaker", () => {
  test("is the longest of their turns", () => {
    expect(spansOf(said(ann, 0, 5), said(ben, 5, 7), said(ann, 8, 14), said(ben, 15, 16.5))).toEqual([
      [8, 14],
      [5, 7],
    ]);
  });

  test("goes on over a short pause, and not over a longer one", () => {
    const turns = [said(ann, 0, 3), said(ann, 4, 6), said(ann, 7.5, 10), said(ben, 20, 25)];
    expect(spansOf(...turns)).toEqual([
      [0, 6],
      [20, 25],
    ]);
  });

  test("is taken from the middle of what is longer than eight seconds", () => {
    expect(spansOf(said(ann, 100, 200), said(ben, 200, 208))).toEqual([
      [146, 154],
      [200, 208],
    ]);
  });

  test("begins and ends with whole words, or segments", () => {
    const segments = Array.from({ length: 6 }, (_, index) => said(ann, index * 5, index * 5 + 4.5));
    expect(spansOf(...segments)).toEqual([[10, 14.5], null]);
    expect(spansOf(worded(ann, 10, 40))).toEqual([[25, 32.9], null]);
  });

  test("leaves out what is said at the same time", () => {
    expect(spansOf(said(ann, 0, 7), said(ben, 4, 9))).toEqual([
      [0, 4],
      [7, 9],
    ]);
    expect(spansOf(said(ann, 0, 10), said(ben, 5, 7), said(ann, 10, 12))).toEqual([[0, 5], null]);
    expect(spansOf(said(ann, 0, 6), said(null, 2, 10), said(ben, 3, 12))).toEqual([
      [0, 2],
      [10, 12],
    ]);
  });

  test("is one where it is certain who speaks, if there is any", () => {
    const unsure = (speaker: string, start: number, end: number) => ({
      ...said(speaker, start, end),
      isUncertain: true,
    });
    const turns = [said(ann, 0, 2), unsure(ann, 5, 12), unsure(ben, 20, 23), unsure(ann, 22, 30)];
    expect(spansOf(...turns)).toEqual([
      [0, 2],
      [20, 22],
    ]);
  });

  test("leaves out what three say at the same time, whoever ends last", () => {
    const turns = [
      said(ben, 0, 20),
      said(null, 1, 12),
      said(ben, 2, 3),
      said(ann, 11, 30),
      said(ben, 31, 32),
    ];
    expect(spansOf(...turns)).toEqual([
      [21, 29],
      [0, 1],
    ]);
  });

  test("is the words' where there are words, and of the words' speaker", () => {
    expect(spansOf(worded(ann, 10, 3), worded(ben, 13, 2))).toEqual([
      [10, 12.9],
      [13, 14.9],
    ]);
  });

  test("is none where nobody is heard alone for a second, or nobody knows when", () => {
    expect(spansOf(said(ann, 0, 0.9), said(ben, 1, 9), said(ann, 3, 8))).toEqual([null, [1, 3]]);
    expect(spansOf({ speaker: ann, start: null, end: null }, said(ben, 1, 2))).toEqual([null, [1, 2]]);
    expect(spansOf()).toEqual([null, null]);
  });
});

test("each speaker has one sample, however often they are listed", () => {
  const speakers = [ann, ben, ann].map((id) => ({ id, name: id }));
  expect(samplesOf({ segments: [], speakers }).map(({ speaker }) => speaker.id)).toEqual([ann, ben]);
});

test("as many speakers as words take no longer than a few", () => {
  const segments = Array.from({ length: 50_000 }, (_, id): Segment => {
    const rest = { text: "w", language: null, translation: null, emotion: null, words: null };
    return { id, ...rest, speaker: `S${id}`, start: id * 100, end: id * 100 + 5_000 };
  });
  const speakers = segments.map(({ id }) => ({ id: `S${id}`, name: null }));
  const started = performance.now();
  expect(samplesOf({ segments, speakers })).toHaveLength(50_000);
  expect(performance.now() - started).toBeLessThan(2_000);
});
