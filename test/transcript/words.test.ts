import { describe, expect, test } from "vitest";
import type { ModelWord } from "../../src/gemini/model.ts";
import { spokenOfWords } from "../../src/transcript/words.ts";
import { makeConversation } from "../emulator/tone/conversation.ts";
import { randomFrom } from "./random.ts";

const part = { start: 0, duration: 60 };
const all = { hasTimes: true, hasWords: true, hasSpeakers: true };

function word(
  text: string,
  start: number | null,
  end: number | null,
  speaker: string | null = "spk_1",
): ModelWord {
  return { text, start, end, speaker };
}

/** Words of 200 ms, 100 ms apart, from this time on. */
function talk(text: string, from = 0, speaker: string | null = "spk_1"): ModelWord[] {
  return text
    .split(" ")
    .map((one, index) => word(one, from + index * 300, from + index * 300 + 200, speaker));
}

function texts(words: readonly ModelWord[], text: string, wishes = all): string[] {
  return spokenOfWords(words, text, wishes, part).segments.map((segment) => segment.text);
}

describe("words are grouped", () => {
  test("until their speaker pauses", () => {
    const words = [...talk("one two", 0), word("near", 1_300, 1_500), word("far", 2_301, 2_500)];
    expect(texts(words, "one two near far")).toEqual(["one two near", "far"]);
  });

  test("by speaker, each with a group of their own: who talks at once overlaps", () => {
    const words = [...talk("a1 a2 a3 a4 a5 a6", 0, "spk_1"), ...talk("b1 b2 b3", 1_000, "spk:0")].toSorted(
      (a, b) => (a.start ?? 0) - (b.start ?? 0),
    );
    const { segments, speakers } = spokenOfWords(words, words.map(({ text }) => text).join(" "), all, part);
    expect(segments.map(({ speaker, start, end, text }) => [speaker, start, end, text])).toEqual([
      ["SPEAKER_00", 0, 1_700, "a1 a2 a3 a4 a5 a6"],
      ["SPEAKER_01", 1_000, 1_800, "b1 b2 b3"],
    ]);
    expect(segments[1]?.words).toMatchObject([{ speaker: "SPEAKER_01" }, {}, {}]);
    expect(speakers.map(({ id }) => id)).toEqual(["SPEAKER_00", "SPEAKER_01"]);
  });

  test("up to forty words, and to fifteen seconds, or what is wished", () => {
    const quick = Array.from({ length: 90 }, (_, index) => word(`w${index}`, index * 100, index * 100 + 90));
    const slow = Array.from({ length: 30 }, (_, index) =>
      word(`w${index}`, index * 1_000, index * 1_000 + 900),
    );
    const lengths = (words: readonly ModelWord[], wishes: Parameters<typeof spokenOfWords>[2]) =>
      spokenOfWords(words, "", wishes, part).segments.map((segment) => segment.words?.length);
    expect(lengths(quick, all)).toEqual([40, 40, 10]);
    expect(lengths(slow, all)).toEqual([15, 15]);
    expect(lengths(slow, { ...all, longest: 7 })).toEqual([7, 7, 7, 7, 2]);
  });

  test.each([".", "?", "!", "。", "！", "？", "…", '."', ".)"])(
    "until a sentence ends with %s, once they are four seconds long",
    (mark) => {
      const words = talk(`${"so ".repeat(3)}yes ${"well ".repeat(13)}end then on`);
      const text = `${"so ".repeat(3)}yes${mark} ${"well ".repeat(13)}end${mark} then on`;
      expect(texts(words, text)).toEqual([text.slice(0, text.lastIndexOf(" then")), "then on"]);
    },
  );

  test("by who speaks, where no times came", () => {
    const words = [...talk("a b", 0, "x"), ...talk("c", 0, "y"), ...talk("d", 0, "x")];
    const untimed = words.map((one) => ({ ...one, start: null, end: null }));
    expect(texts(untimed, "A b. C? D.")).toEqual(["A b.", "C?", "D."]);
  });
});

describe("the text", () => {
  test.each([
    [
      "keeps its punctuation and spacing",
      "hello world it's me",
      '"Hello, world" — it\'s me!',
      ['"Hello, world" — it\'s me!'],
    ],
    ["keeps what the words have not", "one three", "One, two, three.", ["One, two, three."]],
    ["keeps what stands before and behind them", "b", "[Music] a B c", ["[Music] a B c"]],
    ["is written as it is, where words differ", "okay so fine", "OK so fine", ["OK so fine"]],
    ["holds words that it has not itself", "one two three", "One three.", ["One two three."]],
    ["is the words, where there is none", "one two", "", ["one two"]],
    ["does not find a word inside another", "a cat", "that is a cat", ["that is a cat"]],
    [
      "does not find a word behind its successors",
      "the big dog saw the cat",
      "A big dog saw the cat.",
      ["A big dog saw the cat."],
    ],
    [
      "keeps capitals that have no small letter of one character",
      "i̇stanbul now",
      "İstanbul now",
      ["İstanbul now"],
    ],
  ])("%s", (_, words, text, expected) => {
    expect(texts(talk(words), text)).toEqual(expected);
  });

  test.each([
    ["今日 は 晴れ です", "今日は、晴れです。"],
    ["今日 ハ 晴れ です", "今日は晴れです。"],
    ["สวัสดี ครับ", "สวัสดีครับ"],
    ["좋은 아침 입니다", "좋은 아침입니다."],
  ])("of languages without spaces stays without: %s", (words, text) => {
    expect(texts(talk(words), text)).toEqual([text]);
  });

  test("gives opening marks to the word behind them", () => {
    const words = [...talk("he said", 0, "x"), ...talk("no way", 600, "y")];
    expect(texts(words, 'He said: "No way!"')).toEqual(["He said:", '"No way!"']);
  });

  test("is found again behind much that has no words", () => {
    const words = [...talk("so it began", 0), ...talk("and then we all went home again that night", 30_000)];
    const lost = "nobody knows what was said in between for a while ".repeat(30);
    const text = `So it began ${lost}and then we all went home again that night.`;
    const found = texts(words, text);
    expect(found.join(" ")).toBe(text);
    expect(found.at(-1)).toMatch(/went home again that night\.$/);
  });

  test("loses control characters, and nothing else", () => {
    expect(texts([word("a\u001bb", 0, 100)], "\u0007ab\u0000!")).toEqual(["ab!"]);
  });
});

describe("times", () => {
  function timesOf(words: readonly ModelWord[], about = part) {
    const { segments } = spokenOfWords(words, "", { ...all, longest: 1_000 }, about);
    return segments.flatMap((segment) => segment.words ?? []).map(({ start, end }) => [start, end]);
  }

  test("are kept to the millisecond, in the recording's own time", () => {
    const words = [word("a", 123, 457), word("b", 501, 998)];
    expect(timesOf(words, { start: 600.25, duration: 60 })).toEqual([
      [600_373, 600_707],
      [600_751, 601_248],
    ]);
  });

  test("are moved into the part, ends behind starts, and none behind the next word's", () => {
    const words = [word("a", 0, 900), word("b", 500, 400), word("c", 700, 800), word("d", 59_900, 61_000)];
    expect(timesOf(words)).toEqual([
      [0, 500],
      [500, 500],
      [700, 800],
      [59_900, 60_000],
    ]);
  });

  test("of one word that is wrong move no other", () => {
    const words = [word("a", 0, 100), word("b", 50_000, 50_100), word("c", 400, 500), word("d", 600, 700)];
    const { warnings, isPlausible } = spokenOfWords(words, "", all, part);
    expect(timesOf(words)).toEqual([
      [0, 100],
      [400, 500],
      [400, 500],
      [600, 700],
    ]);
    expect(warnings).toEqual(["1 of 4 words had impossible times, moved to where they can be"]);
    expect(isPlausible).toBe(true);
  });

  test("that are missing stay so, and do not part a word from its neighbours", () => {
    const words = [word("a", 0, 100), word("b", null, null), word("c", 400, 500)];
    const { segments, warnings } = spokenOfWords(words, "a b c", all, part);
    expect(segments).toMatchObject([
      { start: 0, end: 500, words: [{ start: 0 }, { start: null, end: null }, { start: 400 }] },
    ]);
    expect(warnings).toEqual(["1 of 3 words came without a time that can be read"]);
  });
});

describe("an answer is worth asking again for", () => {
  const ten = talk("a b c d e f g h i j");
  const late = word("late", 62_001, 62_500);

  test.each<readonly [string, readonly ModelWord[], boolean]>([
    ["with good times", ten, true],
    ["with a tenth past the end", [...ten.slice(1), late], true],
    ["with more than a tenth past the end", [...ten.slice(2), late, late], false],
    ["with a tenth without times", [...ten.slice(1), word("x", null, null)], true],
    [
      "with more than a tenth without times",
      [...ten.slice(2), word("x", null, null), word("y", 1, null)],
      false,
    ],
    ["without any times", ten.map((one) => ({ ...one, start: null, end: null })), false],
    ["without words", [], false],
  ])("%s", (_, words, isPlausible) => {
    expect(spokenOfWords(words, "text", all, part).isPlausible).toBe(isPlausible);
    const untimed = { hasTimes: false, hasWords: false, hasSpeakers: false };
    expect(spokenOfWords(words, "text", untimed, part).isPlausible).toBe(true);
  });

  test("not of silence", () => {
    expect(spokenOfWords([], " ", all, part)).toMatchObject({
      segments: [],
      warnings: [],
      isPlausible: true,
    });
  });
});

describe("what is lacking is told", () => {
  test("when words are fewer than the text has", () => {
    const text = Array.from({ length: 100 }, (_, index) => `w${index}`);
    const warningsFor = (count: number) =>
      spokenOfWords(talk(text.slice(0, count).join(" ")), text.join(" "), all, part).warnings;
    expect(warningsFor(98)).toEqual([]);
    expect(warningsFor(97)).toEqual(["3 of 100 words came in the text alone, without times or speakers"]);
  });

  test("when there are no words at all, and the text is one segment", () => {
    const { segments, warnings } = spokenOfWords([], " All of it. ", all, part);
    expect(segments).toMatchObject([
      { id: 0, text: "All of it.", start: null, end: null, speaker: null, words: [] },
    ]);
    expect(warnings).toEqual(["the model told no times and no speakers"]);
  });

  test("when there are no speakers, or not all", () => {
    expect(spokenOfWords(talk("a b", 0, null), "a b", all, part).warnings).toEqual([
      "the model told no speakers",
    ]);
    const some = [...talk("a", 0), ...talk("b", 300, null)];
    expect(spokenOfWords(some, "a b", all, part).warnings).toEqual(["1 of 2 words came without a speaker"]);
  });
});

test("what was not asked for is null", () => {
  const words = [...talk("a b", 0, "x"), ...talk("c", 600, "y")];
  const wishes = { hasTimes: false, hasWords: false, hasSpeakers: false };
  expect(spokenOfWords(words, "a b c", wishes, part)).toMatchObject({
    segments: [{ text: "a b c", start: null, end: null, speaker: null, words: null, language: null }],
    speakers: [],
    language: null,
    events: null,
    summary: null,
    warnings: [],
  });
});

test("every word is in one segment, once, with its time; the segments are in order, and no text is lost", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const speakers = 1 + Math.floor(random() * 4);
    const words = Array.from({ length: Math.floor(random() * 120) }, (_, index) => {
      const start = Math.floor(random() * 200) + index * 400;
      return word(`w${index}`, start, start + 150, `spk_${Math.floor(random() ** 3 * speakers)}`);
    });
    const text = words.map((one, index) => `${one.text}${index % 9 === 8 ? "." : ""}`).join(" ");
    const { segments, warnings } = spokenOfWords(words, text, all, part);
    const said = segments.flatMap((segment) => segment.words ?? []);
    const byNumber = said.toSorted((a, b) => Number(a.text.slice(1)) - Number(b.text.slice(1)));
    expect(byNumber.map(({ text: own, start, end }) => [own, start, end])).toEqual(
      words.map(({ text: own, start, end }) => [own, start, end]),
    );
    expect(segments.map(({ start }) => start)).toEqual(
      segments.map(({ start }) => start ?? 0).toSorted((a, b) => a - b),
    );
    expect(segments.flatMap((segment) => segment.text.split(" ")).toSorted()).toEqual(
      text === "" ? [] : text.split(" ").toSorted(),
    );
    expect(
      segments.every((segment) => new Set(segment.words?.map(({ speaker }) => speaker)).size === 1),
    ).toBe(true);
    expect(warnings).toEqual([]);
  }
});

test("tone speech keeps every time, even where a speaker talks over themselves", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const truth = makeConversation({ seconds: 300, speakers: 4, seed, overlap: 0.5 });
    const words = truth.map(({ text, start, end, speaker }) =>
      word(text, Math.round(start * 1_000), Math.round(end * 1_000), `spk_${speaker}`),
    );
    const text = truth.map((one) => one.text).join(" ");
    const { segments, ...rest } = spokenOfWords(words, text, all, { start: 0, duration: 300 });
    const said = segments.flatMap((segment) => segment.words ?? []);
    const byNumber = said.toSorted((a, b) => a.text.localeCompare(b.text));
    expect(byNumber.map((one) => [one.text, one.start, one.end])).toEqual(
      words.map((one) => [one.text, one.start, one.end]),
    );
    expect(rest).toMatchObject({ warnings: [], isPlausible: true });
  }
});

test("whatever the times and the text, no word is lost, and times are in the part and in order for each speaker", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const time = () => (random() < 0.2 ? null : Math.floor(random() * 70_000));
    const words = Array.from({ length: Math.floor(random() * 60) }, () =>
      word(
        `w${Math.floor(random() * 9)}`,
        time(),
        time(),
        random() < 0.2 ? null : `${Math.floor(random() * 3)}`,
      ),
    );
    const text = Array.from({ length: Math.floor(random() * 80) }, () => `w${Math.floor(random() * 9)}`).join(
      " ",
    );
    const { segments } = spokenOfWords(words, text, all, part);
    const said = segments.flatMap((segment) => segment.words ?? []);
    if (words.length > 0)
      expect(said.map((one) => one.text).toSorted()).toEqual(words.map((one) => one.text).toSorted());
    for (const { words: own, start, end, text: shown } of segments) {
      expect(shown).not.toBe("");
      const starts = (own ?? []).map((one) => one.start).filter((one) => one !== null);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      const times = [start, end, ...(own ?? []).flatMap((one) => [one.start, one.end])];
      expect(times.every((one) => one === null || (one >= 0 && one <= 60_000))).toBe(true);
      expect(own?.every((one) => one.start === null || one.end === null || one.start <= one.end)).toBe(true);
    }
    const shownWords = segments.flatMap((segment) => segment.text.split(" ")).length;
    expect(shownWords).toBeGreaterThanOrEqual(text === "" ? words.length : text.split(" ").length);
  }
});

test("hours of words are grouped at once, even where no text helps", () => {
  const words = Array.from({ length: 20_000 }, (_, index) =>
    word(`w${index}`, index * 300, index * 300 + 200),
  );
  const text = words.map(({ text: own }) => own.replace("w", "x")).join(" ");
  const began = performance.now();
  expect(spokenOfWords(words, text, all, { start: 0, duration: 6_000 }).segments.length).toBeGreaterThan(400);
  expect(performance.now() - began).toBeLessThan(5_000);
});
