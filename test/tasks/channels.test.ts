import { describe, expect, test } from "vitest";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { makeConversation } from "../emulator/tone/conversation.ts";
import { speak } from "../emulator/tone/speak.ts";
import { convert } from "../support/ffmpeg.ts";
import { fixture } from "../support/fixtures.ts";
import { wavOfSamples } from "../support/samples.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const seconds = 60;
const sampleRate = 16_000;

/** Two people on the phone who talk all the time, also at once: each alone in a channel. */
const callers = [5, 6].map((seed, speaker) =>
  makeConversation({ seconds, speakers: 1, seed }).map((word, index) => ({
    ...word,
    number: 2 * index + speaker,
  })),
);

function samplesOf(channel: number): Float32Array {
  const words = callers[channel] ?? [];
  return Float32Array.from(
    [...speak({ words, seconds, sampleRate })].flatMap((slice) =>
      [...slice].map((sample) => sample / 32_768),
    ),
  );
}

const silent = new Float32Array(seconds * sampleRate);
const call = wavOfSamples([samplesOf(0), samplesOf(1)], sampleRate);

interface Heard {
  readonly segments: readonly { readonly text: string; readonly speaker: string; readonly start: number }[];
  readonly speakers: readonly { readonly id: string; readonly name: string }[];
}

function wordsOf({ segments }: Heard, speaker: string): string[] {
  return segments.filter((segment) => segment.speaker === speaker).flatMap(({ text }) => text.split(" "));
}

/** The words of the truth as they are written: by their number. */
function saidBy(channel: number): string[] {
  return (callers[channel] ?? []).map(({ number }) => `w${String(number).padStart(5, "0")}`);
}

describe("--split-channels", () => {
  const kinds: readonly (readonly [name: string, bytes: () => Uint8Array, needsFfmpeg: boolean])[] = [
    ["call.wav", () => call, false],
    ["call.flac", () => convert(call, ["-f", "flac"], "made"), true],
    ["call.mp3", () => convert(call, ["-b:a", "128k", "-f", "mp3"], "made"), true],
    ["call.m4a", () => convert(call, ["-c:a", "aac", "-b:a", "128k", "-f", "mp4"], "made"), true],
  ];

  const ways = [
    ...kinds.map((kind) => [...kind, transcriptionModel] as const),
    ...kinds.slice(0, 1).map((kind) => [...kind, generalModel] as const),
  ];

  test.skipIf(!hasFfmpeg).each(ways)(
    "of %s: every word of both, under the right name (needs ffmpeg)",
    async (name, bytes, hasPrograms, model) => {
      const argv = ["transcribe", name, "--split-channels", "--json", "-m", model];
      const { exitCode, stdout } = await service.run(argv, { files: { [name]: bytes() }, hasPrograms });
      expect(exitCode).toBe(0);
      const heard: Heard = JSON.parse(stdout);
      expect(heard.speakers).toEqual([
        { id: "SPEAKER_00", name: "Left" },
        { id: "SPEAKER_01", name: "Right" },
      ]);
      expect(wordsOf(heard, "SPEAKER_00")).toEqual(saidBy(0));
      expect(wordsOf(heard, "SPEAKER_01")).toEqual(saidBy(1));
      const starts = heard.segments.map(({ start }) => start);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect(JSON.parse(stdout)).toMatchObject({ usage: { requests: 2 }, source: { sent_as: "audio/flac" } });
    },
  );

  test.skipIf(!hasFfmpeg)(
    "names are given in the channels' order, and times only where they are wanted (needs ffmpeg)",
    async () => {
      const argv = [
        "transcribe",
        "call.wav",
        "--split-channels",
        "--speaker-names",
        "Ann, Ben",
        "--end",
        "20",
      ];
      const { stdout } = await service.run(argv, { files: { "call.wav": call } });
      expect(stdout).toMatch(/^(Ann|Ben): w/);
      expect(stdout).toContain("\nBen: w");
      expect(stdout).not.toContain("[");
    },
  );

  test.skipIf(!hasFfmpeg)(
    "a channel in which there is nothing to hear is not sent (needs ffmpeg)",
    async () => {
      const files = { "call.wav": wavOfSamples([silent, samplesOf(1)], sampleRate) };
      const { exitCode, stdout, stderr } = await service.run(
        ["transcribe", "call.wav", "--split-channels", "--json"],
        {
          files,
        },
      );
      expect(exitCode).toBe(0);
      expect(stderr).toContain("warning: call.wav: channel 1 is digital silence, nothing of it was sent");
      expect(wordsOf(JSON.parse(stdout), "SPEAKER_01")).toEqual(saidBy(1));
      expect(JSON.parse(stdout).usage.requests).toBe(1);
    },
  );

  test.skipIf(!hasFfmpeg)(
    "a channel that is refused takes nothing away from the other (needs ffmpeg)",
    async () => {
      service.emulator.faults.add("generate", { kind: "status", status: 400, body: "" });
      const argv = ["transcribe", "call.wav", "--split-channels", "--json"];
      const { exitCode, stdout } = await service.run(argv, { files: { "call.wav": call } });
      expect(exitCode).toBe(8);
      const heard: Heard = JSON.parse(stdout);
      const words = [...wordsOf(heard, "SPEAKER_00"), ...wordsOf(heard, "SPEAKER_01")];
      expect([saidBy(0), saidBy(1)]).toContainEqual(words);
      expect(JSON.parse(stdout)).toMatchObject({ complete: false });
    },
  );

  test("its plan counts every channel, and sends nothing", async () => {
    const argv = ["transcribe", "call.wav", "--split-channels", "--dry-run", "--json"];
    const { stdout } = await service.run(argv, { files: { "call.wav": call } });
    expect(JSON.parse(stdout)).toMatchObject({ requests: 2, duration: 120, tokens: 3_840 });
    expect(service.emulator.requests).toEqual([]);
  });

  test.each([
    ["one channel", ["--split-channels"], "talk.mp3: it has one channel, there is nothing to split"],
    [
      "more names than channels",
      ["--split-channels", "--speaker-names", "A,B,C"],
      "call.wav: 3 names for 2 channels",
    ],
    ["voices and channels at once", ["--split-channels", "--diarize"], "--diarize"],
    ["names for nobody", ["--speaker-names", "A"], "--speaker-names names speakers"],
  ])("%s: exit 2", async (_name, options, message) => {
    const name = message.startsWith("talk") ? "talk.mp3" : "call.wav";
    const files = { "call.wav": call, "talk.mp3": fixture("dialogue.mp3") };
    const { exitCode, stderr } = await service.run(["transcribe", name, ...options], { files });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(service.emulator.requests).toEqual([]);
  });
});

test("speakers that are told apart by their voices can be named too", async () => {
  const argv = ["transcribe", "talk.mp3", "--diarize", "--speaker-names", "Anna,Ben"];
  const { stdout } = await service.run(argv, { files: { "talk.mp3": fixture("dialogue.mp3") } });
  expect(stdout).toMatch(/^Anna: Good morning, and welcome/);
  expect(stdout).toContain("\nBen: Good morning, Anna.");
});

test.skipIf(!hasFfmpeg)(
  "sides that cancel each other out are no silence: one of them is sent (needs ffmpeg)",
  async () => {
    const left = samplesOf(0);
    const files = { "call.wav": wavOfSamples([left, left.map((sample) => -sample)], sampleRate) };
    const { exitCode, stdout, stderr } = await service.run(["transcribe", "call.wav"], { files });
    expect(exitCode).toBe(0);
    expect(stdout.trim().split(/\s+/)).toEqual(saidBy(0));
    expect(stderr).toContain(
      "warning: call.wav: its channels cancel each other out; the first alone is sent",
    );
  },
);

describe("digital silence is answered at once", () => {
  const files = { "silent.wav": wavOfSamples([silent], sampleRate) };

  test.each([
    ["transcribe", "silent.wav"],
    ["transcribe", "silent.wav", "--diarize"],
    ["transcribe", "silent.wav", "--json"],
    ["summarize", "silent.wav", "silent.wav", "--json"],
  ])("%s %s %s", async (...argv) => {
    const { exitCode, stdout, stderr } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning: silent.wav: it is digital silence, nothing of it was sent");
    expect(service.emulator.requests).toEqual([]);
    if (!argv.includes("--json")) return expect(stdout).toBe("\n");
    expect(JSON.parse(stdout)).toMatchObject({
      text: "",
      cost_usd: 0,
      complete: true,
      usage: { requests: 0 },
    });
  });
});
