import { describe, expect, test } from "vitest";
import type { AnsweredSegment } from "../../src/transcript/answer.ts";
import { assemble } from "../../src/transcript/assemble.ts";
import type { Shape } from "../../src/transcript/shape.ts";

const whole = { start: 0, duration: 10 };
const minutes = { start: 0, duration: 600 };
const nothing: Shape = {
  hasTimes: false,
  hasSpeakers: false,
  speakers: null,
  translateTo: null,
  hasEmotion: false,
  hasEvents: false,
  hasSummary: false,
};
const timed = { ...nothing, hasTimes: true };

function answer(...segments: readonly AnsweredSegment[]) {
  return { language: null, summary: null, segments, events: [] };
}

/** Segments that begin at these seconds. */
function startingAt(...starts: readonly (number | string)[]) {
  return answer(...starts.map((start) => ({ start, end: start, text: "x" })));
}

describe("speakers", () => {
  test.each([
    [["B", "A", " b ", "A"]],
    [["Speaker 1", "Speaker 2", "speaker_1", "SPEAKER_02"]],
    [["spk_1", "spk:0", "spk-1", "spk_0"]],
    [["SPEAKER_00", "SPEAKER_01", "Speaker 0:", "[Speaker 1]"]],
    [["Speaker A", "Anna", "A", "ANNA"]],
  ])("%j are numbered by first appearance", (labels) => {
    const answered = answer(...labels.map((speaker) => ({ speaker, text: "x" })));
    const { segments, speakers, warnings } = assemble(answered, { ...nothing, hasSpeakers: true }, whole);
    const [first, second] = ["SPEAKER_00", "SPEAKER_01"];
    expect(segments.map(({ speaker }) => speaker)).toEqual([first, second, first, second]);
    expect(speakers).toEqual([
      { id: first, name: null },
      { id: second, name: null },
    ]);
    expect(warnings).toEqual([]);
  });

  test("one that is not told is null, with a warning", () => {
    const labels = [
      " - ",
      null,
      "",
      "?",
      "Unknown",
      "unknown speaker",
      "Speaker Unknown",
      "N/A",
      "None.",
      "unclear",
    ];
    const answered = answer(...labels.map((speaker) => ({ speaker, text: "x" })));
    const { segments, speakers, warnings } = assemble(answered, { ...nothing, hasSpeakers: true }, whole);
    expect(segments.map(({ speaker }) => speaker)).toEqual(labels.map(() => null));
    expect(speakers).toEqual([]);
    expect(warnings).toEqual(["10 of 10 segments came without a speaker"]);
  });

  test("one who is told apart is somebody, though without a name", () => {
    const answered = answer(...["Unknown 1", "Unknown 2"].map((speaker) => ({ speaker, text: "x" })));
    const { speakers } = assemble(answered, { ...nothing, hasSpeakers: true }, whole);
    expect(speakers).toHaveLength(2);
  });
});

describe("times", () => {
  test("outside the recording are moved into it, and all put in order, with warnings; no word is lost", () => {
    const answered = answer(
      { start: "0:01", end: "0:02", text: "in" },
      { start: "0:09", end: "0:12", text: "over the end" },
      { start: "1:00", end: "1:05", text: "behind the end" },
      { start: "0:05", end: "0:03", text: "backwards" },
    );
    const { segments, warnings } = assemble(answered, timed, whole);
    expect(segments.map(({ id, start, end, text }) => [id, start, end, text])).toEqual([
      [0, 1_000, 2_000, "in"],
      [1, 5_000, 5_000, "backwards"],
      [2, 9_000, 10_000, "over the end"],
      [3, 10_000, 10_000, "behind the end"],
    ]);
    expect(warnings).toEqual([
      "3 of 4 segments had impossible times, moved into the recording",
      "1 of 4 segments came out of order",
    ]);
  });

  test("rounded up to the next second are worth no warning", () => {
    const { segments, warnings } = assemble(answer({ start: 9, end: 10, text: "x" }), timed, {
      start: 0,
      duration: 9.4,
    });
    expect(segments).toMatchObject([{ start: 9_000, end: 9_400 }]);
    expect(warnings).toEqual([]);
  });

  test("that cannot be read are null, with a warning, and stay behind what they stood behind", () => {
    const answered = answer(
      { start: "0:05", end: "0:06", text: "b" },
      { start: "soon", end: "0:07", text: "c" },
      { start: "0:01", end: "0:02", text: "a" },
    );
    const { segments, warnings } = assemble(answered, timed, whole);
    expect(segments.map(({ text, start, end }) => [text, start, end])).toEqual([
      ["a", 1_000, 2_000],
      ["b", 5_000, 6_000],
      ["c", null, 7_000],
    ]);
    expect(warnings).toContain("1 of 3 segments came without a time that can be read");
  });

  test("of a part become those of the whole recording, none before its beginning", () => {
    const answered = answer(
      { start: "0:00", end: "0:01", text: "first" },
      { start: "0:02", end: "0:20", text: "over the end of the part" },
    );
    const inside = assemble(answered, timed, { start: 600, duration: 10 });
    expect(inside.segments.map(({ start, end }) => [start, end])).toEqual([
      [600_000, 601_000],
      [602_000, 610_000],
    ]);
    expect(inside.warnings).toHaveLength(1);
    expect(assemble(answered, timed, { start: -0.5, duration: 10 }).segments[0]).toMatchObject({
      start: 0,
      end: 500,
    });
  });
});

describe("an answer is worth asking again for", () => {
  const tens = Array.from({ length: 20 }, (_, index) => index * 10);

  test.each<readonly [string, readonly (number | string)[], boolean]>([
    ["no segments", [], true],
    ["times in order", tens, true],
    ["starts up to two seconds past the end", [...tens, 601, 602, 602], true],
    ["a tenth past the end", [...tens.slice(2), 700, 700], true],
    ["more than a tenth past the end", [...tens.slice(2), 700, 700, 700], false],
    ["one of one past the end", [700], false],
    ["a tenth that cannot be read", [...tens.slice(2), "", "?"], true],
    ["more than a tenth that cannot be read", [...tens.slice(2), "", "?", "?"], false],
    ["steps back of up to ten seconds", [20, 10, 30, 20, 40, 30], true],
    ["one longer step back", [20, 0, 30], true],
    ["many longer steps back", [20, 0, 30, 10, 40], false],
    ["four starts that are the same", [5, 5, 5, 5], true],
    ["five starts that are the same", [5, 5, 5, 5, 5], false],
  ])("with %s", (_, starts, isPlausible) => {
    expect(assemble(startingAt(...starts), timed, minutes).isPlausible).toBe(isPlausible);
    expect(assemble(startingAt(...starts), nothing, minutes).isPlausible).toBe(true);
    expect(assemble(startingAt(...starts), timed, minutes).segments).toHaveLength(starts.length);
  });
});

describe("languages", () => {
  const inLanguages = (language: string | null, ...languages: readonly string[]) => ({
    ...answer(...languages.map((one) => ({ language: one, text: "x" }))),
    language,
  });

  test.each([
    [inLanguages("en_us", "de"), "en-US"],
    [inLanguages("unknown", "de", "French", "fr", "und", "und", "und"), "fr"],
    [inLanguages(null, "de", "fr"), "de"],
    [inLanguages(null, ""), null],
  ])("the document's is the answer's own, else that of most segments", (answered, language) => {
    expect(assemble(answered, nothing, whole).language).toBe(language);
  });

  test("each segment has its own", () => {
    const { segments } = assemble(inLanguages("en", "English", "de_at", "?"), nothing, whole);
    expect(segments.map(({ language }) => language)).toEqual(["en", "de-AT", null]);
  });
});

test("translations are cleaned, and a missing one is told", () => {
  const answered = answer({ text: "Ja", translation: " Y\u0007es " }, { text: "Nein", translation: " " });
  const { segments, warnings } = assemble(answered, { ...nothing, translateTo: "en" }, whole);
  expect(segments.map(({ translation }) => translation)).toEqual(["Yes", null]);
  expect(warnings).toEqual(["1 of 2 segments came without a translation"]);
});

test("an emotion is one of four, or null with a warning", () => {
  const answered = answer(...[" Happy", "SAD. ", "joyful", null].map((emotion) => ({ text: "x", emotion })));
  const { segments, warnings } = assemble(answered, { ...nothing, hasEmotion: true }, whole);
  expect(segments.map(({ emotion }) => emotion)).toEqual(["happy", "sad", null, null]);
  expect(warnings).toEqual(["2 of 4 segments came without an emotion of happy, sad, angry, neutral"]);
});

test("sounds are sorted, cleaned and moved into the recording", () => {
  const events = [
    { start: "0:05", end: "0:20", label: "applause" },
    { start: "0:01", end: "0:02", label: " laugh\u0000ter " },
    { start: "0:03", end: "0:04", label: " " },
  ];
  const { events: heard, warnings } = assemble(
    { ...answer(), events },
    { ...nothing, hasEvents: true },
    { start: 100, duration: 10 },
  );
  expect(heard).toEqual([
    { start: 101_000, end: 102_000, label: "laughter" },
    { start: 105_000, end: 110_000, label: "applause" },
  ]);
  expect(warnings).toEqual([
    "1 of 2 sounds had impossible times, moved into the recording",
    "1 of 2 sounds came out of order",
  ]);
});

test("a summary that was asked for and did not come is told", () => {
  const shape = { ...nothing, hasSummary: true };
  expect(assemble(answer(), shape, whole)).toMatchObject({
    summary: null,
    warnings: ["the model gave no summary"],
  });
  expect(assemble({ ...answer(), summary: "Talk." }, shape, whole)).toMatchObject({
    summary: "Talk.",
    warnings: [],
  });
});

test("what was not asked for is null, even if it was answered", () => {
  const segment = { start: "0:00", end: "0:01", speaker: "A", text: "x", translation: "y", emotion: "sad" };
  const events = [{ start: 0, end: 1, label: "music" }];
  expect(assemble({ ...answer(segment), events, summary: "Talk." }, nothing, whole)).toEqual({
    segments: [
      {
        id: 0,
        start: null,
        end: null,
        text: "x",
        speaker: null,
        language: null,
        translation: null,
        emotion: null,
        words: null,
      },
    ],
    speakers: [],
    language: null,
    events: null,
    summary: null,
    warnings: [],
    isPlausible: true,
  });
});

test("control characters and empty segments are left out", () => {
  const answered = answer({ text: "a\u001b[31mb\u0007\tc\nd\u009b" }, { text: " \u0000 " });
  const { segments } = assemble(answered, nothing, whole);
  expect(segments.map(({ text }) => text)).toEqual(["a[31mb c d"]);
});
