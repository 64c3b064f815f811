import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { renderJson } from "../../../src/render/json.ts";
import { renderWhisper } from "../../../src/render/whisper.ts";
import { renderWhisperx } from "../../../src/render/whisperx.ts";
import { readTranscript } from "../../../src/transcript/read/read-transcript.ts";
import { richTranscript } from "../../render/rich.ts";
import { createRandom, mutate } from "../../support/damage.ts";

const subtitles = Array.from(
  { length: 60 },
  (_, index) =>
    `${index}\n00:0${index % 10}:01.000 --> 00:0${index % 10}:02.500 align:start\n<v Anna>Hi &amp; <i>so</i>`,
).join("\n\n");

const files: Readonly<Record<string, string>> = {
  gaudio: renderJson(richTranscript()),
  whisper: renderWhisper(richTranscript()),
  whisperx: renderWhisperx(richTranscript()),
  srt: subtitles.replaceAll(".", ","),
  vtt: `WEBVTT\n\nNOTE so\n\n${subtitles}`,
};

/** For a megabyte, on a machine with other things to do: what takes longer for each character takes minutes. */
const longestMs = 10_000;

/** Reads it, or fails as it should. */
function readOrFail(text: string): "read" | "failed" {
  const start = performance.now();
  try {
    const { segments, speakers } = readTranscript(text, { path: "x" });
    const ids = new Set(speakers.map(({ id }) => id));
    if (segments.some(({ speaker }) => speaker !== null && !ids.has(speaker)))
      throw new Error("nobody speaks");
    return "read";
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind !== "input") throw thrown;
    return "failed";
  } finally {
    expect(performance.now() - start).toBeLessThan(longestMs);
  }
}

describe.each(Object.entries(files))("a damaged file: %s", (_, whole) => {
  test("cut anywhere, it is a transcript or a Failure", () => {
    expect(readOrFail(whole)).toBe("read");
    for (let end = 0; end < whole.length; end += 1 + Math.floor(whole.length / 150))
      readOrFail(whole.slice(0, end));
  });

  test("changed anywhere, it is a transcript or a Failure", () => {
    const random = createRandom(10);
    const bytes = new TextEncoder().encode(whole);
    for (let round = 0; round < 200; round += 1) readOrFail(new TextDecoder().decode(mutate(bytes, random)));
  });

  test("with another value in any place, it is a transcript or a Failure", () => {
    const random = createRandom(11);
    const values = [
      "null",
      "-1",
      "1e999",
      '"x"',
      "[]",
      "{}",
      "true",
      '{"__proto__": null}',
      "00:00 --> x",
      "<v ",
    ];
    for (let round = 0; round < 200; round += 1) {
      const place = random(whole.length);
      const value = values[random(values.length)] ?? "";
      readOrFail(whole.slice(0, place) + whole.slice(place).replace(/[\d.]+|"[^"]*"|null/, () => value));
    }
  });
});

const million = 1_000_000;

describe("a megabyte of", () => {
  test.each([
    ["nothing but", "", " "],
    ["nothing but", "", "\n"],
    ["nothing but", "", "\u0000"],
    ["nothing but", "", "[0,"],
    ["nothing but", "", '{"a":'],
    ["nothing but", "", '"\\"'],
    ["nothing but", "", "00:00:01,000 --> 00:00:02,000\n"],
    ["nothing but", "", "1\n"],
    ["nothing but", "", " -->"],
    ["nothing but", "", "00:00 -->"],
    ["JSON, then", '{"segments": [', "1,"],
    ["JSON, then", '{"segments": NaN, "a": "', '\\"'],
    ["JSON, then", '{"segments": NaN, "a": ', '"\\'],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "<v "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "<v.a"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "<i "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n<i ", " "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n<v ", " "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "{\\"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "&#1"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "&amp"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "A: "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "[A"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", " "],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000\n", "李\n"],
    ["a cue, then", "00:00:01,000 --> 00:00:02,000 ", " "],
    ["a cue, then", "00:00:01,000 --> ", "9"],
    ["a header, then", "WEBVTT\n", "Language: "],
    ["a header, then", "WEBVTT\n\n", "\n\n"],
    ["a header, then", "WEBVTT\n\n", "NOTE\n\n"],
    ["a header, then", "WEBVTT\n\n00:00.000 --> 00:01.000\n", "<"],
    ["a header, then", "WEBVTT\n\n00:00.000 --> 00:01.000\n", "<v A>a"],
  ])("%s %j %j is read, or fails, soon", (_, head, piece) => {
    readOrFail(head + piece.repeat(million / piece.length));
  });

  test("segments of the wrong type fails soon", () => {
    for (const one of ["1", "{}", '{"text":1}', '{"text":"a","words":[1]}']) {
      const list = Array.from({ length: million / one.length / 2 }, () => one).join(",");
      expect(readOrFail(`{"text": "a", "segments": [${list}]}`)).toBe("failed");
    }
  });

  test("segments of the right type is read soon", () => {
    const one = '{"start":1,"end":2,"text":"a","speaker":"b"}';
    expect(readOrFail(`{"segments": [${Array.from({ length: 20_000 }, () => one).join(",")}]}`)).toBe("read");
  });

  test("escapes, ten of it, where a number is none, is read", () => {
    const text = '\\"NaN'.repeat(million * 2);
    expect(readOrFail(`{"text": "${text}", "segments": [], "odd": NaN}`)).toBe("read");
  });

  test("depth is no matter", () => {
    const deep = "[".repeat(million / 2) + "]".repeat(million / 2);
    expect(readOrFail(`{"text": "a", "segments": [], "deep": ${deep}}`)).toBe("read");
    expect(readOrFail(`{"text": "a", "segments": ${deep}}`)).toBe("failed");
  });
});
