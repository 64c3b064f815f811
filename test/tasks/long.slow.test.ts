import { describe, expect, test } from "vitest";
import { once } from "../../src/once.ts";
import { secondsAsked } from "../emulator/question-log.ts";
import { convert } from "../support/ffmpeg.ts";
import { useEmulator } from "../support/service.ts";
import { encodings, textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const hours = (count: number) => count * 3_600;
const talk = toneWav({ seconds: hours(2), speakers: 2, seed: 21 });
const texts = textsOf(talk.words);
const startOf = new Map(talk.words.map(({ text, start }) => [text, start]));

const picture = ["-f", "lavfi", "-i", "color=s=64x64:r=1", "-shortest", "-c:v", "mpeg4"];

/**
 * The talk in each format: those that Gemini takes, and containers of which the audio is copied.
 * What several tests ask for is encoded once.
 */
const formats = {
  wav: () => talk.bytes,
  mp3: once(() => convert(talk.bytes, encodings.mp3, "made.mp3")),
  aiff: () => convert(talk.bytes, encodings.aiff, "made.aiff"),
  aac: () => convert(formats.m4a(), ["-c:a", "copy"], "made.aac"),
  ogg: once(() => convert(talk.bytes, encodings.ogg, "made.ogg")),
  flac: () => convert(talk.bytes, encodings.flac, "made.flac"),
  m4a: once(() => convert(talk.bytes, encodings.aac, "made.m4a")),
  webm: () => convert(talk.bytes, encodings.opus, "made.webm"),
  "mp4 video": () => convert(formats.m4a(), [...picture, "-c:a", "copy"], "made.mp4"),
};

interface Document {
  readonly segments: readonly { readonly text: string; readonly start: number; readonly speaker: string }[];
  readonly text: string;
  readonly complete: boolean;
  readonly gaps: readonly { readonly start: number; readonly end: number; readonly reason: string }[];
}

async function documentOf(recording: Uint8Array, ...options: readonly string[]) {
  const argv = ["transcribe", "recording", "-f", "json", ...options];
  const { exitCode, stdout, stderr } = await service.run(argv, { files: { recording }, hasPrograms: true });
  return { exitCode, stderr, document: JSON.parse(stdout) as Document };
}

function wordsOf({ segments }: Document): string[] {
  return segments.flatMap(({ text }) => text.split(" "));
}

describe("two hours", () => {
  test.each([
    ...(Object.keys(formats) as (keyof typeof formats)[]).map(
      (name) => [name, transcriptionModel, 0.3] as const,
    ),
    ["mp3", generalModel, 2],
    ["ogg", generalModel, 2],
  ] as const)("of %s by %s: every word once, in order, at its time", async (name, model, tolerance) => {
    const { exitCode, stderr, document } = await documentOf(formats[name](), "-m", model);
    const { complete, gaps } = document;
    expect({ exitCode, complete, gaps }, stderr).toEqual({ exitCode: 0, complete: true, gaps: [] });
    expect(wordsOf(document)).toEqual(texts);
    for (const { text, start } of document.segments)
      expect(Math.abs(start - (startOf.get(text.split(" ")[0] ?? "") ?? -9))).toBeLessThan(tolerance);
    expect(secondsAsked(service.emulator.questions)).toBeLessThan(hours(2) * 1.06);
  });

  test.each([transcriptionModel, generalModel])("of plain text by %s, too", async (model) => {
    const argv = ["transcribe", "recording", "-m", model];
    const { exitCode, stdout } = await service.run(argv, { files: { recording: talk.bytes } });
    expect(exitCode).toBe(0);
    expect(stdout.trim().split(/\s+/)).toEqual(texts);
  });

  test("a minute that is blocked costs that minute alone, and is named", async () => {
    const minute = talk.words.flatMap(({ start, end }, index) =>
      start >= 3_600 && end < 3_640 ? [index] : [],
    );
    const says = [minute[0] ?? 0, minute.at(-1) ?? 0] as const;
    const when = { says: [...says] as [number, number] };
    service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" }, { times: "always", when });
    const argv = ["transcribe", "recording", "-o", "out.json"];
    const { exitCode, files, stderr } = await service.run(argv, { files: { recording: formats.mp3() } });
    expect(exitCode, stderr).toBe(8);
    const document: Document = JSON.parse(files.text("out.partial.json") ?? "");
    expect(document.complete).toBe(false);
    const [first, last] = [document.gaps[0], document.gaps.at(-1)];
    expect(first?.start).toBeGreaterThan(3_530);
    expect(last?.end).toBeLessThan(3_710);
    for (const { reason } of document.gaps) expect(reason).toContain("blocked");
    const lost = document.gaps.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(lost).toBeLessThan(150);
    const isKept = ({ start, end }: { start: number; end: number }) =>
      document.gaps.every((gap) => end < gap.start - 1 || start > gap.end + 1);
    const kept = new Set(textsOf(talk.words.filter(isKept)));
    expect(wordsOf(document).filter((word) => kept.has(word))).toEqual([...kept]);
  });

  test("with 40 minutes of silence in the middle are complete, and the silence is not asked about twice", async () => {
    const quiet = toneWav({ seconds: hours(2), speakers: 2, seed: 5, silences: [[2_400, 4_800]] });
    for (const model of [transcriptionModel, generalModel]) {
      const before = secondsAsked(service.emulator.questions);
      const { exitCode, stderr, document } = await documentOf(quiet.bytes, "-m", model);
      expect({ exitCode, complete: document.complete }, stderr).toEqual({ exitCode: 0, complete: true });
      expect(wordsOf(document)).toEqual(textsOf(quiet.words));
      expect(secondsAsked(service.emulator.questions) - before).toBeLessThan(hours(2) * 1.02);
    }
  });
});

test("nine and a half hours of MP3: every word once, in order, at its time, by one speaker; and paid for once", async () => {
  const day = toneWav({ seconds: hours(9.5) - 1, speakers: 3, seed: 8 });
  const truth = new Map(day.words.map((word) => [word.text, word]));
  const recording = convert(day.bytes, encodings.mp3, "made.mp3");
  const argv = ["transcribe", "recording", "--diarize", "-f", "json"];
  const env = { XDG_STATE_HOME: "/state" };
  const { exitCode, stdout, stderr, files } = await service.run(argv, { files: { recording }, env });
  const { segments, ...document } = JSON.parse(stdout) as Document;
  expect({ exitCode, complete: document.complete, gaps: document.gaps }, stderr).toEqual({
    exitCode: 0,
    complete: true,
    gaps: [],
  });
  expect(segments.flatMap(({ text }) => text.split(" "))).toEqual(textsOf(day.words));
  const speakers = new Set<string>();
  for (const { text, start, speaker } of segments) {
    const words = text.split(" ").flatMap((word) => truth.get(word) ?? []);
    expect(Math.abs(start - (words[0]?.start ?? -9))).toBeLessThan(0.3);
    for (const word of words) speakers.add(`${word.speaker} ${speaker}`);
  }
  expect(speakers.size).toBe(3);
  const { questions } = service.emulator;
  expect(secondsAsked(questions)).toBeLessThan(hours(9.5) * 1.06);
  // Whatever is so short is no part, but a line-up.
  const lineups = secondsAsked(questions.filter(({ seconds }) => seconds < 720));
  expect(lineups).toBeGreaterThan(0);
  expect(lineups).toBeLessThanOrEqual(hours(9.5) * 0.02);
  const paid = questions.length;
  const left = { files: Object.fromEntries(files.entries), env, processId: 2_000 };
  const again = await service.run(argv, left);
  expect({ asked: questions.length, stdout: again.stdout }).toEqual({ asked: paid, stdout });
});
