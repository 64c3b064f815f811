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
  readonly uncertain?: true;
}

/** Of eight there is no room for two clips of everybody, though what one alone tells is right. */
const uncertainties = (model: string) => [
  expect.stringContaining(
    "no room for two clips of everybody, and one alone makes nobody certain: --lineup 4",
  ),
  ...(model === transcriptionModel ? [expect.stringContaining("tells 8 speakers apart at most")] : []),
  expect.stringContaining("it is not certain who speaks from"),
];

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
    const isCertain = speakers < 8;
    expect(document.warnings).toEqual(isCertain ? [] : uncertainties(model));
    expect(segments.some(({ uncertain }) => uncertain === true)).toBe(!isCertain);
    // Whatever is so short is no part.
    const lineups = service.emulator.questions.filter((question) => question.seconds < 600);
    expect(lineups.length).toBeGreaterThan(0);
    expect(secondsAsked(lineups)).toBeLessThanOrEqual(seconds * 0.02);
  },
);

test("for four percent, of eight speakers there is room for two clips of everybody", async () => {
  const words = talkOf(8);
  const bytes = Buffer.concat([...wavOf({ words, seconds, sampleRate: 16_000 })]);
  const argv = ["transcribe", "talk.wav", "-m", generalModel, "--diarize", "--lineup", "4", "-f", "json"];
  const { stdout } = await service.run(argv, { files: { "talk.wav": bytes } });
  const { segments, warnings } = JSON.parse(stdout);
  const doubted = segments.filter(({ uncertain }: Said) => uncertain === true);
  expect(doubted.length, warnings).toBeLessThan(segments.length / 100);
  const lineups = service.emulator.questions.filter((question) => question.seconds < 600);
  expect(secondsAsked(lineups)).toBeLessThanOrEqual(seconds * 0.04);
});
