import { describe, expect, test } from "vitest";
import { renderWhisper } from "../../src/render/whisper.ts";
import { renderWhisperx } from "../../src/render/whisperx.ts";
import type { Segment, Transcript } from "../../src/transcript/transcript.ts";
import { emptyTranscript, richTranscript } from "./rich.ts";

function saying(text: string, words: readonly string[] | null): Transcript {
  const segment: Segment = {
    id: 0,
    start: 0,
    end: 1_000,
    text,
    speaker: null,
    language: null,
    translation: null,
    emotion: null,
    words: words?.map((word) => ({ text: word, start: 0, end: null, speaker: null })) ?? null,
  };
  return richTranscript({ text, segments: [segment], language: "zh-Hant-TW" });
}

describe("whisper", () => {
  test("the rich transcript", async () => {
    await expect(`${renderWhisper(richTranscript())}\n`).toMatchFileSnapshot(
      "../../fixtures/golden/rich.whisper.json",
    );
  });

  test("nothing said is no segment", () => {
    expect(JSON.parse(renderWhisper(emptyTranscript()))).toEqual({ text: "", segments: [], language: "en" });
  });

  test("keys stand in whisper's order", () => {
    const document = JSON.parse(renderWhisper(saying("Hello", ["Hello"])));
    expect(Object.keys(document)).toEqual(["text", "segments", "language"]);
    expect(Object.keys(document.segments[0])).toEqual([
      "id",
      "seek",
      "start",
      "end",
      "text",
      "tokens",
      "temperature",
      "avg_logprob",
      "compression_ratio",
      "no_speech_prob",
      "words",
    ]);
    expect(Object.keys(document.segments[0].words[0])).toEqual(["word", "start", "end", "probability"]);
  });

  test.each([
    ["It's 5 o'clock, isn't it?", ["It's", "5", "o'clock,", "isn't", "it?"]],
    ['"Yes" - no!', ['"Yes"', "-", "no!"]],
    ["今天,早上 六点", ["今天", ",", "早上", "六点"]],
    ["well-known", ["well", "-known"]],
    ["صباح الخير", ["صباح", "الخير"]],
  ])("the words of %j, put behind each other, are its text", (text, words) => {
    const [segment] = JSON.parse(renderWhisper(saying(text, words))).segments;
    expect(segment.words.map(({ word }: { word: string }) => word).join("")).toBe(segment.text);
    expect(segment.text.trim()).toBe(text);
  });

  test("a language has no region, and no words are no key", () => {
    const document = JSON.parse(renderWhisper(saying("你好", null)));
    expect(document.language).toBe("zh");
    expect(document.text).toBe("你好");
    expect(document.segments[0]).not.toHaveProperty("words");
  });
});

describe("whisperx", () => {
  test("the rich transcript", async () => {
    await expect(`${renderWhisperx(richTranscript())}\n`).toMatchFileSnapshot(
      "../../fixtures/golden/rich.whisperx.json",
    );
  });

  test("nothing said is no segment", () => {
    expect(JSON.parse(renderWhisperx(emptyTranscript()))).toEqual({
      segments: [],
      word_segments: [],
      language: "en",
    });
  });

  test("keys stand in whisperX's order, and what is not known is not there", () => {
    const document = JSON.parse(renderWhisperx(richTranscript()));
    expect(Object.keys(document)).toEqual(["segments", "word_segments", "language"]);
    expect(Object.keys(document.segments[0])).toEqual(["start", "end", "text", "words", "speaker"]);
    expect(Object.keys(document.word_segments[0])).toEqual(["word", "start", "end", "speaker"]);
    expect(document.segments[1].words).toEqual([]);
    expect(document.segments.at(-1)).not.toHaveProperty("speaker");
    const [segment] = JSON.parse(renderWhisperx(saying("Hello", null))).segments;
    expect(Object.keys(segment)).toEqual(["start", "end", "text"]);
  });
});
