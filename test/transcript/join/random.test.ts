import { describe, expect, test } from "vitest";
import { join, type Window } from "../../../src/transcript/join/join.ts";
import type { Segment, Spoken, Word } from "../../../src/transcript/transcript.ts";
import { createRandom } from "../../support/damage.ts";

type Random = ReturnType<typeof createRandom>;

interface Said {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
}

const vocabulary = "yes no so well i you we know think that the a it is was and but right okay really".split(
  " ",
);

interface Talk {
  readonly count: number;
  readonly speakers: number;
  readonly isUnique: boolean;
}

/** Turns of a few words; each speaker comes often enough to be heard in every overlap of 20 seconds. */
function converse(random: Random, { count, speakers, isUnique }: Talk): Said[] {
  const said: Said[] = [];
  let clock = 500;
  let speaker = 0;
  for (let left = 0; said.length < count; left -= 1) {
    if (left === 0) {
      speaker = said.length === 0 ? 0 : (speaker + 1) % speakers;
      left = 3 + random(6);
      clock += random(700);
    }
    const length = 150 + random(250);
    const text = isUnique
      ? `w${String(said.length).padStart(5, "0")}`
      : vocabulary[random(vocabulary.length)];
    said.push({ text: text ?? "", start: clock, end: clock + length, speaker });
    clock += length + 30 + random(150);
  }
  return said;
}

interface Cutting {
  readonly length: number;
  readonly overlap: number;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly said: readonly Said[];
}

function cutInto(said: readonly Said[], { length, overlap }: Cutting): Part[] {
  const whole = (said.at(-1)?.end ?? 0) + 200;
  const parts: Part[] = [];
  for (let start = 0; start === 0 || start + overlap < whole; start += length - overlap) {
    const end = Math.min(whole, start + length);
    parts.push({ start, end, said: said.filter((one) => one.end > start && one.start < end) });
  }
  return parts;
}

/** A first or last word missing or garbled, a word of an overlap misspelt, all times a little off. */
function damage({ start, end, said }: Part, overlap: number, random: Random, isLast: boolean): Said[] {
  const heard = [...said];
  const spoil = (index: number, fault: number) => {
    const word = heard.at(index);
    if (word === undefined || fault === 0) return;
    if (fault === 1) heard.splice(index, 1);
    else heard.splice(index, 1, { ...word, text: `x${word.text.slice(0, 2)}` });
  };
  if (!isLast) spoil(-1, random(3));
  if (start > 0) spoil(0, random(3));
  const inOverlap = heard.flatMap((one, index) =>
    (start > 0 && one.start < start + overlap) || (!isLast && one.end > end - overlap) ? [index] : [],
  );
  const misspelt = inOverlap[random(inOverlap.length)];
  const word = misspelt === undefined ? undefined : heard[misspelt];
  if (misspelt !== undefined && word !== undefined && random(2) === 0)
    heard[misspelt] = { ...word, text: `${word.text}q` };
  return heard.map((one) => {
    const shift = random(601) - 300;
    return { ...one, start: Math.max(0, one.start + shift), end: Math.max(0, one.end + shift) };
  });
}

const plain = { language: null, translation: null, emotion: null } as const;

/** Segments of one speaker each, their labels dealt anew in each window. */
function spokenOf(said: readonly Said[], random: Random, speakers: number, hasWords = true): Spoken {
  const labels = Array.from({ length: speakers }, (_, index) => `L${index}`);
  const dealt = Array.from({ length: speakers }, () => labels.splice(random(labels.length), 1)[0] ?? "");
  const groups: Said[][] = [];
  for (const one of said) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.speaker === one.speaker && last.length < 40) last.push(one);
    else groups.push([one]);
  }
  const segments = groups.map((group, id): Segment => {
    const speaker = dealt[group[0]?.speaker ?? 0] ?? null;
    const words = group.map(({ text, start, end }): Word => ({ text, start, end, speaker }));
    return {
      ...plain,
      id,
      start: group[0]?.start ?? null,
      end: group.at(-1)?.end ?? null,
      text: group.map(({ text }) => text).join(" "),
      speaker,
      words: hasWords ? words : null,
    };
  });
  const text = segments.map((segment) => segment.text).join(" ");
  return { text, language: null, segments, speakers: [], events: null, summary: null };
}

interface Trial {
  readonly truth: readonly Said[];
  readonly windows: readonly Window[];
}

function tryOut(seed: number, isUnique: boolean, hasWords = true): Trial {
  const random = createRandom(seed);
  const speakers = 1 + random(4);
  const cutting = { length: 60_000, overlap: 15_000 + random(6) * 1_000 };
  const truth = converse(random, { count: 300 + random(300), speakers, isUnique });
  const parts = cutInto(truth, cutting);
  const windows = parts.map((part, index) => {
    const said = damage(part, cutting.overlap, random, index === parts.length - 1);
    return { start: part.start, end: part.end, spoken: spokenOf(said, random, speakers, hasWords) };
  });
  return { truth, windows };
}

/** A word as it was before it was misspelt. */
const mended = (text: string) => text.replace(/q$/, "");

describe.each([true, false])("random conversations, words unique: %s", (isUnique) => {
  test("every word comes once, in order, by the right speaker", () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const { truth, windows } = tryOut(seed, isUnique);
      const { spoken, warnings, unsettled } = join(windows, { hasSpeakers: true });
      const words = spoken.segments.flatMap((segment) => segment.words ?? []);
      expect(
        words.map(({ text }) => mended(text)),
        `seed ${seed}`,
      ).toEqual(truth.map(({ text }) => text));
      const pairs = new Set(words.map(({ speaker }, index) => `${speaker} ${truth[index]?.speaker}`));
      expect([...pairs].toSorted(), `seed ${seed}`).toEqual(
        spoken.speakers.map(({ id }, index) => `${id} ${index}`),
      );
      expect([warnings, unsettled]).toEqual([[], []]);
      expect(spoken.text.split(" ").map(mended)).toEqual(truth.map(({ text }) => text));
      expect(spoken.segments.map(({ id }) => id)).toEqual(spoken.segments.map((_, index) => index));
      const starts = spoken.segments.map(({ start }) => start ?? -1);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }
  });

  test("the same of segments without words", () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const { truth, windows } = tryOut(seed, isUnique, false);
      const { spoken, warnings } = join(windows, { hasSpeakers: true });
      expect(spoken.text.split(" ").map(mended), `seed ${seed}`).toEqual(truth.map(({ text }) => text));
      expect(warnings).toEqual([]);
    }
  });
});

test("every word comes once without any times, too", () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { truth, windows } = tryOut(seed, true);
    const untimed = windows.map(({ spoken, ...window }): Window => {
      const text = spoken?.text ?? "";
      const segment = { ...plain, id: 0, start: null, end: null, text, speaker: null, words: null };
      return { ...window, spoken: spoken && { ...spoken, segments: [segment] } };
    });
    const { spoken, warnings } = join(untimed, { hasSpeakers: false });
    expect(spoken.text.split(" ").map(mended), `seed ${seed}`).toEqual(truth.map(({ text }) => text));
    expect(warnings).toEqual([]);
  }
});

test("forty windows of three thousand words are joined at once", () => {
  const random = createRandom(7);
  const truth = converse(random, { count: 120_000, speakers: 4, isUnique: false });
  const parts = cutInto(truth, { length: 1_290_000, overlap: 20_000 });
  const windows = parts.map(({ said, ...part }) => ({ ...part, spoken: spokenOf(said, random, 4) }));
  const began = performance.now();
  const { spoken } = join(windows, { hasSpeakers: true });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(spoken.text.split(" ").length).toBe(truth.length);
  expect(windows.length).toBeGreaterThanOrEqual(40);
});
