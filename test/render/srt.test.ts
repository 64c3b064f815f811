import { describe, expect, test } from "vitest";
import { renderSrt } from "../../src/render/srt.ts";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { fixturePath } from "../support/fixtures.ts";
import { segmentOf, usualLimits, wordsOf } from "./cues-maker.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";
import { readSrt, timesByFfmpeg } from "./srt-reader.ts";

const plain = { cues: usualLimits, highlightWords: false };
const highlighted = { cues: usualLimits, highlightWords: true };

describe.each([
  ["rich.srt", plain],
  ["rich.words.srt", highlighted],
])("%s", (name, options) => {
  const text = renderSrt(richTranscript(), options);

  test("is as it was", async () => {
    await expect(`${text}\n`).toMatchFileSnapshot(fixturePath(`golden/${name}`));
  });

  test.skipIf(!hasFfmpeg)("has the cues that ffmpeg finds (needs ffmpeg)", () => {
    expect(timesByFfmpeg(text)).toEqual(readSrt(text).map(({ start, end }) => ({ start, end })));
  });
});

test("nothing said is nothing shown", () => {
  expect(renderSrt(emptyTranscript(), plain)).toBe("");
});

test("each word is underlined while it is said, and none between them", () => {
  const words = wordsOf(["so", 0, 300], ["-->", 400, 700], ["be", 700, 900], ["it", 900, 900]);
  const segments = [segmentOf({ start: 0, end: 1_000, text: "so --> be it", words })];
  expect(renderSrt({ segments, speakers: [] }, highlighted).split("\n\n")).toEqual([
    "1\n00:00:00,000 --> 00:00:00,300\n<u>so</u> -> be it",
    "2\n00:00:00,300 --> 00:00:00,400\nso -> be it",
    "3\n00:00:00,400 --> 00:00:00,700\nso <u>-></u> be it",
    "4\n00:00:00,700 --> 00:00:00,900\nso -> <u>be</u> it",
    "5\n00:00:00,900 --> 00:00:01,000\nso -> be <u>it</u>",
  ]);
});

test.each([
  ["Anna", "Anna: Yes."],
  [null, "Speaker 1: Yes."],
  ["a --> b\nc", "a -> b c: Yes."],
  ["The master of the harbour of the north", "The master of the…: Yes."],
  ["北部航道北部航道北部航道", "北部航道北部航道北…: Yes."],
])("the speaker %j is named before the text", (name, line) => {
  const segments = [segmentOf({ start: 0, end: 1_000, text: "Yes.", speaker: "SPEAKER_00" })];
  const speakers = [{ id: "SPEAKER_00", name }];
  expect(renderSrt({ segments, speakers }, plain)).toBe(`1\n00:00:00,000 --> 00:00:01,000\n${line}`);
});

test("hours have as many digits as they need", () => {
  const segments = [segmentOf({ start: 362_439_005, end: 362_440_005, text: "Yes." })];
  expect(renderSrt({ segments, speakers: [] }, plain)).toContain("100:40:39,005 --> 100:40:40,005");
});
