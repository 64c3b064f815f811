import type { Piece } from "../../src/audio/piece.ts";
import type { AnswerId, KeptAnswer } from "../../src/journal/kept-answer.ts";
import type { Collected } from "../../src/transcript/collect.ts";
import type { MemoryFiles } from "../support/memory-files.ts";

export const now = Date.parse("2026-11-20T12:00:00Z");

const collected: Collected = {
  text: "Good morning. \ud800 Ünï\n",
  words: [
    { text: "Good", start: 100, end: 300, speaker: "spk_1" },
    { text: "morning.", start: null, end: null, speaker: null },
  ],
  usage: {
    inputTokens: 100,
    audioTokens: 90,
    outputTokens: 20,
    thoughtTokens: null,
    cachedTokens: null,
    totalTokens: 120,
    requests: 1,
  },
  end: { kind: "complete" },
};

const piece: Omit<Piece, "file"> = {
  start: -0.025,
  duration: 600.05,
  mimeType: "audio/mpeg",
  sizeBytes: 4_800_000,
  missing: 0,
};

/** An answer that was just given. */
export const answer: KeptAnswer = {
  recording: "talk.mp3",
  savedMs: now,
  collected,
  piece,
  notes: ["talk.mp3: its channels cancel each other out; the first alone is sent"],
  unheard: [{ start: 12_000, end: 14_500 }],
};

/** An answer of a recording, each told by one digit. */
export function idOf(recording: string, key: string): AnswerId {
  return { contentDigest: recording.repeat(64), key: key.repeat(64) };
}

/** Where it is kept in /state. */
export function pathOf({ contentDigest, key }: AnswerId): string {
  return `/state/gaudio/answers/${contentDigest.slice(0, 16)}/${key}.json`;
}

/** What is in the journal of answers. */
export function answersIn(files: MemoryFiles): string[] {
  return [...files.entries.keys()].filter((path) => path.startsWith("/state/gaudio/answers/"));
}
