import { unknownUsage } from "../../src/plan/usage.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";

const unasked = { language: null, translation: null, emotion: null, words: null } as const;

/** A transcript of two speakers, to render. */
export function sampleTranscript(changes: Partial<Transcript> = {}): Transcript {
  return {
    text: "Good morning. Is it on? It is.",
    language: "en",
    segments: [
      { id: 0, start: 0, end: 1_250, text: "Good morning.", speaker: "SPEAKER_00", ...unasked },
      { id: 1, start: 1_250, end: 2_000, text: "Is it on?", speaker: "SPEAKER_00", ...unasked },
      { id: 2, start: 3_723_999, end: 3_725_000, text: "It is.", speaker: "SPEAKER_01", ...unasked },
    ],
    speakers: [
      { id: "SPEAKER_00", name: "Anna" },
      { id: "SPEAKER_01", name: null },
    ],
    events: null,
    summary: null,
    gaps: [],
    source: {
      path: "talk.mp3",
      mimeType: "audio/mp3",
      codec: "mp3",
      sizeBytes: 1_000,
      duration: 3_726.5,
      sentAs: "audio/mp3",
      sentBytes: 1_000,
    },
    making: {
      model: "gemini-3.8-flash",
      usage: { ...unknownUsage, inputTokens: 10, outputTokens: 5, totalTokens: 15 },
      costUsd: 0.01,
      pricesAsOf: "2026-11-20",
      warnings: [],
      isComplete: true,
    },
    ...changes,
  };
}
