import { describe, expect, test } from "vitest";
import { type Joined, join, type Window } from "../../../src/transcript/join/join.ts";
import type { Segment, Spoken, Word } from "../../../src/transcript/transcript.ts";

const plain = { language: null, translation: null, emotion: null } as const;
const nothing = { text: "", language: null, segments: [], speakers: [], events: null, summary: null };
const hour = 3_600_000;

/** A segment that says a word each second, or all of them between its times. */
function segment(text: string, start: number | null, more: Partial<Segment> = {}): Segment {
  const end = start === null ? null : start + text.split(" ").length * 1_000;
  return { ...plain, id: 0, start, end, text, speaker: null, words: null, ...more };
}

/** The same with its words, each of which takes 0.8 seconds. */
function worded(text: string, start: number, speaker: string | null = null): Segment {
  const words = text.split(" ").map((one, index): Word => {
    const at = start + index * 1_000;
    return { text: one.replace(/\p{P}/gu, ""), start: at, end: at + 800, speaker };
  });
  return { ...segment(text, start), end: words.at(-1)?.end ?? start, speaker, words };
}

function said(segments: readonly Segment[], more: Partial<Spoken> = {}): Spoken {
  return { ...nothing, text: segments.map(({ text }) => text).join(" "), segments, ...more };
}

function text(whole: string): Spoken {
  return said([segment(whole, null)]);
}

function window(start: number, end: number, spoken: Spoken | null): Window {
  return { start, end, spoken };
}

/** Two windows of twenty seconds, of which they share ten. */
function joinTwo(left: Spoken, right: Spoken, hasSpeakers = true): Joined {
  return join([window(0, 20_000, left), window(10_000, 30_000, right)], { hasSpeakers });
}

function rows({ spoken }: Joined) {
  return spoken.segments.map(({ start, end, text: own, speaker }) => [start, end, own, speaker]);
}

const twenty = "a b c d e f g h i j k l m n o p q r s t".split(" ");
const upTo = (count: number) => twenty.slice(0, count).join(" ");

describe("words", () => {
  test("come once, from the left up to the middle of what both heard, then from the right", () => {
    const left = said([worded("one two three, Four five six seven eight nine ten", 9_000)]);
    const right = said([worded("two three four Five, six seven eight nine ten", 10_000)]);
    const joined = joinTwo(left, right);
    expect(joined.spoken.text).toBe("one two three, Four five six seven eight nine ten");
    expect(joined.spoken.segments[0]?.words?.length).toBe(10);
    expect(joined).toMatchObject({ warnings: [], unsettled: [] });
  });

  test("that only one side has stay, if they are on its side of the seam", () => {
    const left = said([worded("a b c x d e f g h i", 10_000)]);
    const right = said([worded("a b c d e f g y h i", 10_000)]);
    expect(joinTwo(left, right).spoken.text).toBe("a b c x d e f g y h i");
  });

  test("are not taken for others that are more than two seconds away", () => {
    const left = said([worded("no", 11_000)]);
    const right = said([worded("no", 14_000)]);
    expect(joinTwo(left, right).unsettled).toEqual([{ at: 15_000 }]);
    expect(joinTwo(left, said([worded("no", 13_000)])).unsettled).toEqual([]);
  });

  test("of two who talk at once come once, though either answer has another order", () => {
    const others = (start: number) => worded("uh huh", start, "B");
    const left = said([worded("a b c d e f g h", 11_000, "A"), others(14_100)]);
    const right = said([worded("a b c d e f g h", 11_000, "A"), others(13_700)]);
    for (const joined of [joinTwo(left, right), joinTwo(right, left)]) {
      const words = joined.spoken.segments.flatMap((one) => one.words ?? []);
      expect(words.map((one) => one.text).toSorted()).toEqual([..."abcdefgh", "huh", "uh"].toSorted());
    }
  });
});

describe("what was said again and again", () => {
  const no = (count: number) => Array.from({ length: count }, () => "no").join(" ");

  test.each<readonly [string, Spoken, Spoken, number]>([
    ["with times, heard alike", said([worded(no(8), 12_000)]), said([worded(no(8), 12_300)]), 8],
    [
      "with times, as far as each heard it",
      said([worded(no(10), 10_000)]),
      said([worded(no(9), 11_000)]),
      10,
    ],
    ["with times, on from there", said([worded(no(10), 10_000)]), said([worded(no(15), 10_000)]), 15],
    ["without times, heard alike", text(`a b c ${no(4)} d e`), text(`c ${no(4)} d e f`), 4],
    ["without times, cut on the left", text(`a b c ${no(4)}`), text(`b c ${no(6)} d e`), 6],
    ["without times, cut on the right", text(`a b c ${no(6)} d e`), text(`${no(3)} d e f`), 6],
    [
      "without times, cut on both sides: as many as are certain",
      text(`a b ${no(4)}`),
      text(`${no(3)} c d`),
      4,
    ],
  ])("%s", (_, left, right, expected) => {
    const joined = joinTwo(left, right);
    expect(joined.spoken.text.split(" ").filter((one) => one === "no").length).toBe(expected);
    expect(joined.unsettled).toEqual([]);
  });
});

describe("segments", () => {
  test("without words are cut at a word, and times shared by characters", () => {
    const left = said([segment("aa bb cc dd ee ff", 8_000), segment("gg hh", 14_000)]);
    const right = said([segment("cc dd ee ff", 10_000), segment("gg hh ii", 14_000)]);
    expect(rows(joinTwo(left, right))).toEqual([
      [8_000, 14_000, "aa bb cc dd ee ff", null],
      [14_000, 17_000, "gg hh ii", null],
    ]);
  });

  test("stay two where one would be longer than fifteen seconds, or than is wished", () => {
    const left = said([worded(upTo(14), 5_000)]);
    const right = said([worded("f g h i j k l m n o p q r s", 10_000)]);
    const joined = joinTwo(left, right);
    expect(rows(joined)).toEqual([
      [5_000, 14_800, upTo(10), null],
      [15_000, 23_800, "k l m n o p q r s", null],
    ]);
    const windows = [window(0, 20_000, left), window(10_000, 30_000, right)];
    expect(rows(join(windows, { hasSpeakers: true, longest: 20 })).length).toBe(1);
  });

  test("of scripts without spaces are cut between characters and joined without one", () => {
    const left = said([segment("今日は、とても良い天気です", 9_000, { end: 19_000 })]);
    const right = said([segment("とても良い天気ですね。", 12_000, { end: 21_000 })]);
    expect(joinTwo(left, right).spoken.text).toBe("今日は、とても良い天気ですね。");
  });

  test("keep their times, though the next window tells earlier ones", () => {
    const left = said([worded("a b c d e", 12_000), worded("f", 17_500)]);
    const right = said([worded("a b c", 10_800), worded("d e f", 13_800)]);
    const { spoken } = joinTwo(left, right);
    expect(spoken.text).toBe("a b c d e f");
    const starts = spoken.segments.flatMap((one) => one.words ?? []).map(({ start }) => start ?? -1);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });

  test("have an emotion and a translation of what stays of them", () => {
    const held = { translation: "A B C D E F", emotion: "happy" } as const;
    const left = said([segment("a b c d e f", 12_000, held)]);
    const right = said([segment("a b c d e f", 12_000, held), segment("g", 21_000)]);
    expect(joinTwo(left, right).spoken.segments[0]).toMatchObject({ text: "a b c d e f", ...held });
  });
});

describe("where the neighbours do not agree", () => {
  test("times are cut in the middle of the overlap", () => {
    const joined = join(
      [
        window(0, hour + 20_000, said([worded("a b c d", hour + 12_000)])),
        window(hour + 10_000, 2 * hour, said([worded("u v w x", hour + 13_000)])),
      ],
      { hasSpeakers: true },
    );
    expect(joined.spoken.text).toBe("a b c w x");
    expect(joined.unsettled).toEqual([{ at: hour + 15_000 }]);
    expect(joined.warnings).toEqual([
      "parts do not agree at 01:00:15: words may be missing or come twice there",
    ]);
  });

  test("nothing is cut without times", () => {
    const joined = joinTwo(text("a b c d e the f"), text("u v the w x y z"));
    expect(joined.spoken.text).toBe("a b c d e the f\nu v the w x y z");
    expect(joined.unsettled).toEqual([{ at: 15_000 }]);
    expect(joined.warnings.length).toBe(1);
  });

  test.each<readonly [string, Spoken, Spoken, string]>([
    ["the right is silent", said([worded("a b c", 15_000)]), said([worded("d", 22_000)]), "a b c d"],
    ["the left is silent", said([worded("a b", 5_000)]), said([worded("c d", 12_000)]), "a b c d"],
    ["both are silent", said([worded("no", 7_000)]), said([worded("no", 21_000)]), "no no"],
    ["one has no words at all", said([]), said([worded("c d", 12_000)]), "c d"],
  ])("nothing is to tell of when %s", (_, left, right, expected) => {
    const joined = joinTwo(left, right);
    expect(joined.spoken.text).toBe(expected);
    expect(joined).toMatchObject({ warnings: [], unsettled: [] });
  });

  test("a word at the edge of a silence comes once", () => {
    const left = said([worded("a b", 8_900)]);
    const right = said([worded("b c d", 10_100)]);
    expect(joinTwo(left, right).spoken.text).toBe("a b c d");
  });
});

describe("windows", () => {
  test("that failed leave a gap", () => {
    const windows = [
      window(0, 20_000, said([worded("a b", 17_000)])),
      window(10_000, 40_000, null),
      window(30_000, 50_000, said([worded("c d", 31_000)])),
    ];
    const joined = join(windows, { hasSpeakers: true });
    expect(joined.spoken.text).toBe("a b c d");
    expect(joined).toMatchObject({ warnings: [], unsettled: [] });
  });

  test.each([[[]], [[window(0, 1_000, null)]]])("of which none was heard are nothing", (windows) => {
    expect(join(windows, { hasSpeakers: true })).toEqual({ spoken: nothing, warnings: [], unsettled: [] });
  });

  test("one alone stays as it is", () => {
    const segments = [worded("a b", 0, "SPEAKER_00"), { ...worded("c", 4_000, "SPEAKER_01"), id: 1 }];
    const speakers = ["SPEAKER_00", "SPEAKER_01"].map((id) => ({ id, name: null }));
    const spoken = said(segments, { speakers, language: "en", events: [], summary: "Talk." });
    expect(join([window(0, 20_000, spoken)], { hasSpeakers: true }).spoken).toEqual(spoken);
  });
});

describe("plain text", () => {
  test("keeps its lines", () => {
    const left = text("First line.\nSecond line here, and more of\nit");
    const right = text("line here and more of\nit goes on.\nLast line.");
    const { spoken } = joinTwo(left, right, false);
    expect(spoken.text).toBe("First line.\nSecond line here, and more of\nit goes on.\nLast line.");
    expect(spoken.segments).toEqual([segment(spoken.text, null)]);
  });

  test("is the text of the whole, where segments have it on one line", () => {
    const left = { ...text("a b c"), text: "a\nb c" };
    expect(joinTwo(left, text("a b c d")).spoken.text).toBe("a\nb c d");
  });

  test("is joined in the middle of a line, too, in any script", () => {
    expect(joinTwo(text("今日は良い天気で"), text("は良い天気です。")).spoken.text).toBe(
      "今日は良い天気です。",
    );
  });
});
