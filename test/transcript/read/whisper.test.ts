import { describe, expect, test } from "vitest";
import { renderJson } from "../../../src/render/json.ts";
import { renderSchema } from "../../../src/render/schema.ts";
import { renderWhisper } from "../../../src/render/whisper.ts";
import { renderWhisperx } from "../../../src/render/whisperx.ts";
import { readTranscript } from "../../../src/transcript/read/read-transcript.ts";
import { emptyTranscript, richTranscript } from "../../render/rich.ts";
import { createRandom } from "../../support/damage.ts";
import { violationsOf } from "../../support/json-schema.ts";
import { failureOf } from "./failure.ts";
import { randomTranscript } from "./random-transcript.ts";

const read = (text: string) => readTranscript(text, { path: "out/talk.json" });

/** In the form that whisper writes with `--word_timestamps True`. */
const whispers = `{"text": " Hello there. NaN is no number.", "segments": [{"id": 0, "seek": 0, "start": 0.0,
"end": 1.1800000000000002, "text": " Hello there.", "tokens": [50364, 2425, 456, 13, 50414], "temperature": 0.0,
"avg_logprob": NaN, "compression_ratio": -Infinity, "no_speech_prob": 0.03, "words": [
{"word": " Hello", "start": 0.0, "end": 0.5600000000000001, "probability": 0.8},
{"word": " there.", "start": 0.5600000000000001, "end": 1.18, "probability": 0.9}]},
{"id": 1, "seek": 0, "start": 3.5, "end": 2.0, "text": " NaN is no number.", "tokens": [], "temperature": 0.0,
"avg_logprob": -0.2, "compression_ratio": 0.7, "no_speech_prob": 0.03, "words": []}], "language": "en"}`;

/** In the form that whisperX writes with `--diarize`. */
const whisperxs = `{"segments": [
{"start": 0.031, "end": 1.2, "text": " Hello there.", "words": [
{"word": "Hello", "start": 0.031, "end": 0.5, "score": 0.8, "speaker": "SPEAKER_01"},
{"word": "2024"}], "speaker": "SPEAKER_01"},
{"start": 1.5, "end": 2.0, "text": "Yes.", "words": [], "speaker": "SPEAKER_00"},
{"start": 2.5, "end": 3.0, "text": "Who?", "words": []}],
"word_segments": [{"word": "Hello", "start": 0.031, "end": 0.5, "score": 0.8, "speaker": "SPEAKER_01"}],
"language": "de"}`;

describe("whisper's JSON", () => {
  test("its texts lose their spaces, its times are milliseconds, and Python's numbers are passed over", () => {
    const transcript = read(whispers);
    expect(transcript.text).toBe("Hello there. NaN is no number.");
    expect(transcript.language).toBe("en");
    expect(transcript.segments.map(({ start, end, text }) => [start, end, text])).toEqual([
      [0, 1_180, "Hello there."],
      [3_500, 3_500, "NaN is no number."],
    ]);
    expect(transcript.segments[0]?.words).toEqual([
      { text: "Hello", start: 0, end: 560, speaker: null },
      { text: "there.", start: 560, end: 1_180, speaker: null },
    ]);
    expect(transcript.making).toMatchObject({ model: null, costUsd: null, isComplete: true });
    expect(transcript.making.warnings).toEqual([
      "1 time ends before it begins: the end is taken to be where it begins",
    ]);
    expect(transcript.source).toMatchObject({ path: "out/talk.json", duration: 3.5, sizeBytes: null });
  });

  test("what was rendered is the same again", () => {
    const random = createRandom(8);
    for (const transcript of [richTranscript(), emptyTranscript()]) {
      expect(renderWhisper(read(renderWhisper(transcript)))).toBe(renderWhisper(transcript));
    }
    for (let round = 0; round < 300; round += 1) {
      const { segments, ...rest } = randomTranscript(random);
      // Whisper has no segment without a text.
      const said = segments
        .filter(({ text }) => text.trim() !== "")
        .map((segment, id) => ({ ...segment, id }));
      const json = renderWhisper({ ...rest, segments: said });
      expect(renderWhisper(read(json))).toBe(json);
    }
  });

  test("that of OpenAI's service names the language, and tells how long the recording is", () => {
    const json = { task: "transcribe", language: "english", duration: 8.47, text: "Hi", segments: [] };
    const { language, source, text } = read(JSON.stringify(json));
    expect({ language, duration: source.duration, text }).toEqual({
      language: "en",
      duration: 8.47,
      text: "Hi",
    });
  });

  test("what is read is of the form that gaudio promises", () => {
    const document = JSON.parse(renderJson(read(whispers)));
    expect(violationsOf(JSON.parse(renderSchema()), document)).toEqual([]);
    expect(read(JSON.stringify(document))).toEqual(read(whispers));
  });

  test("what is wrong is told by its key", () => {
    const { message } = failureOf(() => read('{"text": "a", "segments": [{"start": 0, "end": 1}]}'));
    expect(message).toContain("out/talk.json: segments[0].text: ");
  });
});

describe("whisperX's JSON", () => {
  test("speakers are numbered by first appearance, and words may have no times", () => {
    const transcript = read(whisperxs);
    expect(transcript.text).toBe("Hello there. Yes. Who?");
    expect(transcript.segments.map(({ start, speaker }) => [start, speaker])).toEqual([
      [31, "SPEAKER_00"],
      [1_500, "SPEAKER_01"],
      [2_500, null],
    ]);
    expect(transcript.speakers).toEqual([
      { id: "SPEAKER_00", name: null },
      { id: "SPEAKER_01", name: null },
    ]);
    expect(transcript.segments[0]?.words?.[1]).toEqual({
      text: "2024",
      start: null,
      end: null,
      speaker: null,
    });
  });

  test("a speaker who was given a name keeps it", () => {
    expect(read(whisperxs.replaceAll("SPEAKER_00", "Anna")).speakers[1]).toEqual({
      id: "SPEAKER_01",
      name: "Anna",
    });
  });

  test("what was rendered is the same again", () => {
    const random = createRandom(9);
    for (const transcript of [richTranscript(), emptyTranscript()]) {
      expect(renderWhisperx(read(renderWhisperx(transcript)))).toBe(renderWhisperx(transcript));
    }
    for (let round = 0; round < 300; round += 1) {
      const { segments, ...rest } = randomTranscript(random);
      const said = segments
        .filter(({ text }) => text.trim() !== "")
        .map((segment) => ({ ...segment, speaker: null, words: null }));
      const json = renderWhisperx({ ...rest, segments: said });
      expect(renderWhisperx(read(json))).toBe(json);
    }
  });
});

test.each([
  ["", "the file is empty"],
  [" \n\t", "the file is empty"],
  ["[1, 2]", "no transcript"],
  ["{}", "no segments"],
  ['{"text": "a"}', "no segments"],
  ['{"segments": ', "not the JSON of a transcript"],
  ['{"a": "\u001b[2J', "not the JSON of a transcript"],
  ["Dear Sir or Madam", "no transcript"],
])("%j is no transcript", (text, problem) => {
  const failure = failureOf(() => read(text));
  expect(failure.message).toContain(problem);
  expect(failure.hint).toMatch(/whisperX.*SRT.*WebVTT|by hand/);
});
