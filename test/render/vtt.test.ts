import { describe, expect, test } from "vitest";
import { renderVtt } from "../../src/render/vtt.ts";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { fixturePath } from "../support/fixtures.ts";
import { readVtt } from "../support/webvtt.ts";
import { segmentOf, usualLimits, wordsOf } from "./cues-maker.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";
import { timesByFfmpeg } from "./srt-reader.ts";

const plain = { cues: usualLimits, highlightWords: false };
const highlighted = { cues: usualLimits, highlightWords: true };

describe.each([
  ["rich.vtt", plain],
  ["rich.words.vtt", highlighted],
])("%s", (name, options) => {
  const text = renderVtt(richTranscript(), options);

  test("is as it was", async () => {
    await expect(`${text}\n`).toMatchFileSnapshot(fixturePath(`golden/${name}`));
  });

  test("is valid, as the W3C's reader has it", () => {
    expect(readVtt(`${text}\n`).errors).toEqual([]);
  });

  test.skipIf(!hasFfmpeg)("has the cues that ffmpeg finds (needs ffmpeg)", () => {
    const { cues } = readVtt(`${text}\n`);
    expect(timesByFfmpeg(text)).toEqual(
      cues.map(({ startTime, endTime }) => ({ start: startTime, end: endTime })),
    );
  });
});

test("nothing said is a header alone", () => {
  expect(renderVtt(emptyTranscript(), plain)).toBe("WEBVTT");
});

test("markup in names and text is text", () => {
  const segments = [
    segmentOf({ start: 0, end: 1_000, text: "--> <b>now</b> & &lt;", speaker: "SPEAKER_00" }),
  ];
  const speakers = [{ id: "SPEAKER_00", name: "<v>\n& co" }];
  expect(renderVtt({ segments, speakers }, plain)).toBe(
    "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n" +
      "<v &lt;v&gt; &amp; co>--&gt; &lt;b&gt;now&lt;/b&gt; &amp; &amp;lt;",
  );
});

test("each word has its time, unless the cue's start or the word before it tells it", () => {
  const words = wordsOf(["so", 0, 300], ["<be>", 400, 700], ["it", 700, 700], ["then", 700, 900]);
  const segments = [segmentOf({ start: 0, end: 1_000, text: "so <be> it then", words })];
  expect(renderVtt({ segments, speakers: [] }, highlighted).split("\n").slice(3)).toEqual([
    "<c>so</c> <00:00:00.400><c>&lt;be&gt;</c> <00:00:00.700><c>it</c> <c>then</c>",
  ]);
});

test("words that have no times are text, though others are highlighted", () => {
  const segments = [segmentOf({ start: 0, end: 1_000, text: "so be it" })];
  expect(renderVtt({ segments, speakers: [] }, highlighted)).toContain("\nso be it");
});

test("a megabyte in one segment is valid, too", () => {
  const text = "Fog & <b>ferries</b> --> ".repeat(42_000);
  const { errors, cues } = readVtt(
    `${renderVtt({ segments: [segmentOf({ start: 0, end: 9_000, text })], speakers: [] }, plain)}\n`,
  );
  expect(errors).toEqual([]);
  expect(cues.length).toBeGreaterThan(12_000);
});
