import { expect, test } from "vitest";
import { secondsAsked } from "../emulator/question-log.ts";
import { makeConversation, type SpokenWord } from "../emulator/tone/conversation.ts";
import { wavOf } from "../emulator/tone/wav.ts";
import { useEmulator } from "../support/service.ts";
import { textsOf } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const seconds = 7_200;

/** Somebody is silent for an hour, and of more than two, one speaks for a minute and is not heard of again. */
function talkOf(speakers: number): SpokenWord[] {
  const isSaid = ({ speaker, start }: SpokenWord) => {
    if (speaker === 1) return start < 1_500 || start > 5_200;
    return speakers === 2 || speaker !== speakers - 1 || (start > 4_000 && start < 4_000 + 20 * speakers);
  };
  return makeConversation({ seconds, speakers, seed: 40 + speakers, overlap: 0.2 }).filter(isSaid);
}

interface Said {
  readonly text: string;
  readonly speaker: string;
}

test.each(
  [2, 3, 5, 8].flatMap((speakers) =>
    [transcriptionModel, generalModel].map((model) => ({ speakers, model })),
  ),
)(
  "two hours with $speakers speakers by $model: one label a person, for two percent more audio at most",
  async ({ speakers, model }) => {
    const words = talkOf(speakers);
    const bytes = Buffer.concat([...wavOf({ words, seconds, sampleRate: 16_000 })]);
    const argv = ["transcribe", "talk.wav", "-m", model, "--diarize", "-f", "json"];
    const { exitCode, stdout, stderr } = await service.run(argv, { files: { "talk.wav": bytes } });
    expect(exitCode, stderr).toBe(0);
    const document = JSON.parse(stdout);
    const segments: readonly Said[] = document.segments;
    // Who talk at once come in segments of their own.
    expect(segments.flatMap(({ text }) => text.split(" ")).toSorted()).toEqual(textsOf(words));
    const speakerOf = new Map(words.map(({ text, speaker }) => [text, speaker]));
    const pairs = segments.flatMap(({ text, speaker }) =>
      text.split(" ").map((word) => `${speakerOf.get(word)} ${speaker}`),
    );
    expect(new Set(pairs).size).toBe(speakers);
    expect(document.speakers).toHaveLength(speakers);
    expect(document.warnings).toEqual([]);
    // Whatever is so short is no part.
    const lineups = service.emulator.questions.filter((question) => question.seconds < 600);
    expect(lineups.length).toBeGreaterThan(0);
    expect(secondsAsked(lineups)).toBeLessThanOrEqual(seconds * 0.02);
  },
);
