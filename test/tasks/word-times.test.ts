import { describe, expect, test } from "vitest";
import type { SpokenWord } from "../emulator/tone/conversation.ts";
import { useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
const talk = toneWav({ seconds: 120, speakers: 3, overlap: 0.2, seed: 5 });
const files = { "talk.wav": talk.bytes };

interface Timed {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
}

/** Each speaker of the truth is one speaker of the transcript, and no other. */
function expectSpeakers(pairs: readonly (readonly [SpokenWord, Timed])[]): void {
  const labels = new Map(pairs.map(([{ speaker }, heard]) => [speaker, heard.speaker]));
  for (const [{ speaker }, heard] of pairs) expect(heard.speaker).toBe(labels.get(speaker));
  expect(new Set(labels.values()).size).toBe(3);
}

describe.each(ways)("three speakers by $api", ({ api, route }) => {
  const run = async (...options: readonly string[]) => {
    const argv = ["transcribe", "talk.wav", "--api", api, "--diarize", "-f", "json", ...options];
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  };

  test.each([
    ["as the documentation writes them", []],
    ["as a notebook shows them", [{ kind: "labels", style: "colon" }] as const],
  ])("words are within 0.1 s of the truth, speakers told apart by labels %s", async (_, faults) => {
    for (const fault of faults) service.emulator.faults.add(route, fault);
    const { segments, model, warnings } = await run("--word-timestamps");
    expect({ model, warnings }).toEqual({ model: transcriptionModel, warnings: [] });
    const words: (Timed & { word: string })[] = segments.flatMap(
      (segment: { words: unknown }) => segment.words,
    );
    const heard = new Map(words.map((word) => [word.word, word]));
    expect(words).toHaveLength(talk.words.length);
    const pairs = talk.words.map(
      (word) => [word, heard.get(word.text) ?? { start: -9, end: -9, speaker: "" }] as const,
    );
    for (const [{ start, end }, found] of pairs) {
      expect(Math.abs(found.start - start)).toBeLessThan(0.1);
      expect(Math.abs(found.end - end)).toBeLessThan(0.1);
    }
    expectSpeakers(pairs);
  });

  test.each([transcriptionModel, generalModel])(
    "segments of %s are within 1.5 s of the truth",
    async (model) => {
      const { segments, warnings } = await run("-m", model);
      expect(warnings).toEqual([]);
      const texts = segments.flatMap(({ text }: { text: string }) => text.split(" "));
      expect(texts.toSorted()).toEqual(textsOf(talk.words).toSorted());
      const byText = new Map(talk.words.map((word) => [word.text, word]));
      for (const { text, start, end } of segments) {
        const [first = "", ...others] = text.split(" ");
        expect(Math.abs(start - (byText.get(first)?.start ?? -9))).toBeLessThan(1.5);
        expect(Math.abs(end - (byText.get(others.at(-1) ?? first)?.end ?? -9))).toBeLessThan(1.5);
      }
      const pairs = segments.flatMap((segment: Timed & { text: string }) =>
        segment.text.split(" ").flatMap((text) => {
          const word = byText.get(text);
          return word === undefined ? [] : [[word, segment] as const];
        }),
      );
      expectSpeakers(pairs);
    },
  );
});
