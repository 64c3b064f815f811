import { describe, expect, test } from "vitest";
import { renderJson } from "../../src/render/json.ts";
import { printable } from "../../src/render/printable.ts";
import { renderText } from "../../src/render/text.ts";
import { sampleTranscript } from "./transcript.ts";

const untimed = sampleTranscript().segments.map((segment) => ({ ...segment, start: null, end: null }));

const unasked = { language: null, translation: null, emotion: null, words: null };

describe("text", () => {
  test("with times, a line a segment", () => {
    expect(renderText(sampleTranscript())).toBe(
      "[00:00:00] Anna: Good morning.\n[00:00:01] Anna: Is it on?\n[01:02:03] Speaker 2: It is.",
    );
  });

  test("with speakers alone, a line a turn", () => {
    expect(renderText(sampleTranscript({ segments: untimed }))).toBe(
      "Anna: Good morning. Is it on?\nSpeaker 2: It is.",
    );
  });

  test("translations, emotions, sounds and a summary have their places", () => {
    const [first, ...others] = sampleTranscript().segments;
    if (first === undefined) throw new Error("no segments");
    const segments = [{ ...first, emotion: "happy" as const, translation: "Guten Morgen." }, ...others];
    const events = [{ start: 5_000, end: 6_000, label: "laughter" }];
    const transcript = sampleTranscript({ segments, events, summary: "They test it." });
    expect(renderText(transcript).split("\n")).toEqual([
      "[00:00:00] Anna (happy): Good morning.",
      "  Guten Morgen.",
      "[00:00:01] Anna: Is it on?",
      "[00:00:05] [laughter]",
      "[01:02:03] Speaker 2: It is.",
      "",
      "Summary: They test it.",
    ]);
    const plain = { segments: untimed.map((segment) => ({ ...segment, speaker: null })), speakers: [] };
    expect(renderText(sampleTranscript({ ...plain, events, summary: "They test it." }))).toBe(
      "Good morning. Is it on? It is.\n[00:00:05] [laughter]\n\nSummary: They test it.",
    );
  });

  test("with times alone, no names", () => {
    const segments = sampleTranscript().segments.map((segment) => ({ ...segment, speaker: null }));
    expect(renderText(sampleTranscript({ segments, speakers: [] }))).toContain("[00:00:00] Good morning.");
  });
});

test("json has the keys and units that were promised", () => {
  expect(JSON.parse(renderJson(sampleTranscript()))).toEqual({
    text: "Good morning. Is it on? It is.",
    language: "en",
    duration: 3_726.5,
    summary: null,
    segments: [
      { id: 0, start: 0, end: 1.25, text: "Good morning.", speaker: "SPEAKER_00", ...unasked },
      { id: 1, start: 1.25, end: 2, text: "Is it on?", speaker: "SPEAKER_00", ...unasked },
      { id: 2, start: 3_723.999, end: 3_725, text: "It is.", speaker: "SPEAKER_01", ...unasked },
    ],
    speakers: [
      { id: "SPEAKER_00", name: "Anna" },
      { id: "SPEAKER_01", name: null },
    ],
    events: null,
    gaps: [],
    source: {
      path: "talk.mp3",
      mime_type: "audio/mp3",
      codec: "mp3",
      bytes: 1_000,
      duration: 3_726.5,
      sent_as: "audio/mp3",
      sent_bytes: 1_000,
    },
    model: "gemini-3.8-flash",
    usage: {
      input_tokens: 10,
      audio_tokens: null,
      output_tokens: 5,
      thought_tokens: null,
      cached_tokens: null,
      total_tokens: 15,
      requests: 1,
    },
    cost_usd: 0.01,
    prices_as_of: "2026-11-20",
    warnings: [],
    complete: true,
  });
});

test.each([
  ["a\nb", "a\\nb"],
  ["\u001b[31mred\u0007", "\\e[31mred\\x07"],
  ["naïve 日本", "naïve 日本"],
  ["\u009b1m", "\\x9b1m"],
])("%j is printed as %j", (untrusted, printed) => {
  expect(printable(untrusted)).toBe(printed);
});
