import { expect, test } from "vitest";
import { join, type Window } from "../../../src/transcript/join/join.ts";
import type { Segment, Spoken } from "../../../src/transcript/transcript.ts";
import { spokenOfWords } from "../../../src/transcript/words.ts";
import { makeConversation } from "../../emulator/tone/conversation.ts";
import { createRandom } from "../../support/damage.ts";

type Random = ReturnType<typeof createRandom>;

const letters = "abcdefghijklmnopqrstuvwxyz";
const plain = { language: null, translation: null, emotion: null, words: null } as const;

function plainText(text: string): Spoken {
  const segments = [{ ...plain, id: 0, start: null, end: null, text, speaker: null }];
  return { text, language: null, segments, speakers: [], events: null, summary: null };
}

/** Says a word of many, of which a few are most of what is said, as in every language. */
function createSpeech(random: Random): () => string {
  const vocabulary = Array.from({ length: 400 }, (_, index) =>
    Array.from({ length: index < 30 ? 2 + (index % 3) : 4 + random(5) }, () => letters[random(26)]).join(""),
  );
  return () => vocabulary[Math.floor(400 * (random(10_000) / 10_000) ** 3)] ?? "";
}

test("text without times is joined in its place, though a sixth of the words is heard in another way", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const random = createRandom(seed);
    const say = createSpeech(random);
    const truth = Array.from({ length: 400 }, say);
    const heard = (from: number, to: number) =>
      plainText(
        truth
          .slice(from, to)
          .map((word) => (random(6) === 0 ? say() : word))
          .join(" "),
      );
    const windows = [
      { start: 0, end: 90_000, spoken: heard(0, 220) },
      { start: 75_000, end: 165_000, spoken: heard(180, 400) },
    ];
    const { spoken, warnings } = join(windows, { hasSpeakers: false });
    expect([spoken.text.split(" ").length, warnings], `seed ${seed}`).toEqual([400, []]);
  }
});

test("texts that have but common words alike do not agree", () => {
  let agreed = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const say = createSpeech(createRandom(seed));
    const heard = () => plainText(Array.from({ length: 200 }, say).join(" "));
    const windows = [
      { start: 0, end: 90_000, spoken: heard() },
      { start: 75_000, end: 165_000, spoken: heard() },
    ];
    const { spoken, unsettled } = join(windows, { hasSpeakers: false });
    if (unsettled.length === 0) agreed += 1;
    else expect(spoken.text.split(/\s/).length).toBe(400);
  }
  expect(agreed).toBeLessThan(5);
});

test("of two who talk at once, too, every word comes once, whatever order its times give it", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = createRandom(seed);
    const truth = makeConversation({ seconds: 300, speakers: 3, seed, overlap: 0.5 });
    const windows = [0, 45, 90, 135, 180, 225, 270].map((start): Window => {
      const part = { start, duration: Math.min(60, 300 - start) };
      const heard = truth
        .filter((one) => one.end > start && one.start < start + part.duration)
        .map((one) => {
          const shift = random(600) - 300;
          const from = Math.max(0, Math.round((one.start - start) * 1_000) + shift);
          const end = Math.max(0, Math.round((one.end - start) * 1_000) + shift);
          return { text: one.text, start: from, end, speaker: `${one.speaker}` };
        })
        .toSorted((a, b) => a.start - b.start);
      const text = heard.map((one) => one.text).join(" ");
      const wishes = { hasTimes: true, hasSpeakers: true, hasWords: true };
      const spoken = { ...spokenOfWords(heard, text, wishes, part), text };
      return { start: start * 1_000, end: (start + part.duration) * 1_000, spoken };
    });
    const { spoken, unsettled } = join(windows, { hasSpeakers: true });
    const words = spoken.segments.flatMap((segment) => segment.words ?? []);
    const said = truth.map((one) => one.text).toSorted();
    expect(words.map((one) => one.text).toSorted(), `seed ${seed}`).toEqual(said);
    expect(unsettled).toEqual([]);
    // A speaker may become two, but two never become one.
    const speakerOf = new Map(truth.map((one) => [one.text, one.speaker]));
    for (const { id } of spoken.speakers) {
      const own = words.filter(({ speaker }) => speaker === id).map((one) => speakerOf.get(one.text));
      expect(new Set(own).size, `seed ${seed}, ${id}`).toBe(1);
    }
  }
});

test("whatever comes, segments are numbered, in order, and by speakers that are listed", () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const random = createRandom(seed);
    const windows = Array.from({ length: random(5) }, (_, index): Window => {
      const start = index * 10_000 + random(5_000);
      const spoken = random(6) === 0 ? null : rubbish(random);
      return { start, end: start + random(20_000), spoken };
    });
    const { spoken } = join(windows, { hasSpeakers: random(3) > 0 });
    const known = new Set<string | null>([null, ...spoken.speakers.map(({ id }) => id)]);
    for (const [index, { id, speaker }] of spoken.segments.entries())
      expect([id, known.has(speaker)], `seed ${seed}`).toEqual([index, true]);
    const starts = spoken.segments.flatMap(({ start }) => start ?? []);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  }
});

function rubbish(random: Random): Spoken {
  const time = () => (random(4) === 0 ? null : random(60_000));
  const speaker = () => (random(3) === 0 ? null : `S${random(3)}`);
  const segments = Array.from({ length: random(5) }, (_, id): Segment => {
    const said = Array.from(
      { length: random(8) },
      () => ["a", "no", "no", "你好", "—", " ", "word."][random(7)],
    );
    const text = said.join(random(2) === 0 ? "" : " ");
    const words = text
      .split(" ")
      .map((one) => ({ text: one, start: time(), end: time(), speaker: speaker() }));
    const own = { words: random(2) === 0 ? words : null, translation: random(3) === 0 ? text : null };
    return { ...plain, id, start: time(), end: time(), text, speaker: speaker(), ...own };
  });
  return { ...plainText(segments.map(({ text }) => text).join(" ")), segments, events: [] };
}
