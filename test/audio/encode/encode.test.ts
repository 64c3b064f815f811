import { describe, expect, test } from "vitest";
import { cut } from "../../../src/audio/cut/cut.ts";
import { encode, encodeByFfmpeg } from "../../../src/audio/encode/encode.ts";
import { join } from "../../../src/audio/encode/join.ts";
import { probe } from "../../../src/audio/probe.ts";
import { hasFfmpeg } from "../../emulator/hearing/ffmpeg.ts";
import { convert, decodedSamples } from "../../support/ffmpeg.ts";
import { fixture } from "../../support/fixtures.ts";
import { memoryWorld } from "../../support/memory-world.ts";
import { levelOf, toneOf, wavOfSamples } from "../../support/samples.ts";

const directory = "/tmp";
const seconds = 5;

async function recordingOf(bytes: Uint8Array) {
  const { world, files } = memoryWorld([], { files: { recording: bytes }, hasPrograms: hasFfmpeg });
  const audio = await probe(world, { path: "recording", file: "recording" });
  const bytesOf = (file: string) => files.entries.get(file) as Uint8Array;
  return { world, audio, bytesOf, names: () => [...files.entries.keys()] };
}

/** A tone that is another one in each second. */
function stairs(sampleRate: number): Float32Array {
  const steps = [300, 600, 900, 1_200, 1_500];
  return Float32Array.from(steps.flatMap((frequency) => [...toneOf(frequency, { seconds: 1, sampleRate })]));
}

describe.skipIf(!hasFfmpeg)("what is made is what ffmpeg hears in the original (needs ffmpeg)", () => {
  test("16 kHz, one channel: sample by sample", async () => {
    const wav = wavOfSamples([stairs(16_000)], 16_000);
    const { world, audio, bytesOf } = await recordingOf(wav);
    const range = { start: 0, end: seconds };
    const piece = await encode(world, { audio, range, channel: null, directory });
    expect(piece).toMatchObject({ mimeType: "audio/flac", start: 0, duration: seconds });
    expect(decodedSamples(bytesOf(piece.file), 16_000)).toEqual(decodedSamples(wav, 16_000));
  });

  test.each([
    ["8 kHz stays", 8_000, 8_000],
    ["44.1 kHz", 44_100, 16_000],
    ["48 kHz", 48_000, 16_000],
  ])("%s", async (_name, from, to) => {
    const wav = wavOfSamples([stairs(from)], from);
    const { world, audio, bytesOf } = await recordingOf(wav);
    const range = { start: 0, end: seconds };
    const { file } = await encode(world, { audio, range, channel: null, directory });
    const made = decodedSamples(bytesOf(file), to);
    const wanted = decodedSamples(wav, to);
    expect(made).toHaveLength(wanted.length);
    expect(levelOf(made.map((sample, index) => sample - (wanted[index] ?? 0)))).toBeLessThan(0.02);
  });

  test("a channel alone", async () => {
    const wav = wavOfSamples([stairs(16_000), new Float32Array(seconds * 16_000)], 16_000);
    const { world, audio, bytesOf } = await recordingOf(wav);
    const range = { start: 0, end: seconds };
    for (const [channel, level] of [
      [0, 0.35],
      [1, 0],
    ] as const) {
      for (const make of [encode, encodeByFfmpeg]) {
        const { file } = await make(world, { audio, range, channel, directory, codec: "flac" });
        expect(levelOf(decodedSamples(bytesOf(file), 16_000))).toBeCloseTo(level, 2);
      }
    }
  });

  test.each([
    ["WAV", ["-f", "wav"], 0.001],
    ["FLAC", ["-f", "flac"], 0.001],
    ["MP3", ["-f", "mp3"], 0.03],
    ["Vorbis", ["-c:a", "libvorbis", "-f", "ogg"], 0.03],
    ["Opus", ["-c:a", "libopus", "-b:a", "64k", "-f", "ogg"], 0.05],
  ] as const)("a part of %s is exactly that part", async (_name, options, error) => {
    const original = convert(wavOfSamples([stairs(16_000)], 16_000), options, "made");
    const { world, audio, bytesOf, names } = await recordingOf(original);
    const range = { start: 1.25, end: 3.75 };
    const piece = await encode(world, { audio, range, channel: null, directory });
    expect(piece).toMatchObject({ start: 1.25, duration: 2.5 });
    const made = decodedSamples(bytesOf(piece.file), 16_000);
    const wanted = stairs(16_000).subarray(20_000, 60_000);
    expect(levelOf(made.map((sample, index) => sample - (wanted[index] ?? 0)))).toBeLessThan(error);
    expect(names()).toEqual(["recording", piece.file]);
  });
});

describe("several ranges in one file, with silence between them", () => {
  const ranges = [
    { start: 3, end: 4 },
    { start: 0.5, end: 0.9 },
    { start: 3, end: 4 },
  ];

  test.skipIf(!hasFfmpeg).each([
    ["WAV", ["-f", "wav"]],
    ["FLAC", ["-f", "flac"]],
    ["MP3", ["-f", "mp3"]],
    ["Vorbis", ["-c:a", "libvorbis", "-f", "ogg"]],
    ["Opus", ["-c:a", "libopus", "-f", "ogg"]],
    ["ADTS", ["-f", "adts"]],
    ["M4A", ["-f", "mp4", "-c:a", "aac"]],
  ] as const)("%s (needs ffmpeg)", async (_name, options) => {
    const original = convert(wavOfSamples([stairs(16_000)], 16_000), options, "made");
    const { world, audio, bytesOf, names } = await recordingOf(original);
    const piece = await join(world, { audio, ranges, gap: 1, directory });
    expect(piece).toMatchObject({ mimeType: "audio/flac", duration: 4.4 });
    const made = decodedSamples(bytesOf(piece.file), 16_000);
    const at = (from: number, to: number) => levelOf(made.subarray(from * 16_000, to * 16_000));
    expect(at(0.1, 0.9)).toBeCloseTo(0.35, 1);
    expect(at(1.05, 1.95)).toBeLessThan(0.001);
    expect(at(2.05, 2.35)).toBeCloseTo(0.35, 1);
    expect(at(2.45, 3.35)).toBeLessThan(0.001);
    expect(at(3.5, 4.3)).toBeCloseTo(0.35, 1);
    expect(names()).toEqual(["recording", piece.file]);
  });

  test("AAC takes ffmpeg, and that is said", async () => {
    const { world, files } = memoryWorld([], { files: { recording: fixture("dialogue.aac") } });
    const audio = await probe(world, { path: "recording", file: "recording" });
    await expect(join(world, { audio, ranges, gap: 1, directory })).rejects.toMatchObject({
      kind: "input",
      hint: expect.stringContaining("ffmpeg"),
    });
    expect([...files.entries.keys()].filter((name) => name.startsWith(directory)).length).toBeLessThan(2);
  });
});

test.skipIf(!hasFfmpeg)(
  "two FLAC files of other rates, joined: a part of both is refused, not sent short (needs ffmpeg)",
  async () => {
    const [one, other] = [16_000, 44_100].map((rate) =>
      convert(wavOfSamples([stairs(rate)], rate), ["-f", "flac"], "made"),
    );
    const { world, audio } = await recordingOf(
      Buffer.concat([one ?? new Uint8Array(), other ?? new Uint8Array()]),
    );
    expect(audio.duration).toBeCloseTo(10, 3);
    await expect(cut(world, { audio, range: { start: 1, end: 9 }, directory })).rejects.toMatchObject({
      kind: "input",
      message: expect.stringContaining("several streams"),
    });
  },
);

test("a file of which less can be decoded than it should hold is refused, not sent short", async () => {
  const flac = fixture("dialogue.flac");
  const { world, audio } = await recordingOf(flac);
  const range = { start: 0, end: 30 };
  const encoding = { audio: { ...audio, duration: 30 }, range, channel: null, directory };
  await expect(encode(world, encoding)).rejects.toMatchObject({
    kind: "input",
    message: expect.stringContaining("only 21."),
  });
});
