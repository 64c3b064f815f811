import { describe, expect, test } from "vitest";
import type { ContainerKey } from "../../../src/audio/containers.ts";
import { decode } from "../../../src/audio/decode/decode.ts";
import type { Channels } from "../../../src/audio/decode/sound.ts";
import { hasFfmpeg } from "../../emulator/hearing/ffmpeg.ts";
import { convert, decodedSamples } from "../../support/ffmpeg.ts";
import { fixture } from "../../support/fixtures.ts";
import { memoryReader } from "../../support/memory-files.ts";
import { levelOf, toneOf, wavOfSamples } from "../../support/samples.ts";

async function decoded(bytes: Uint8Array, key: ContainerKey, channels: Channels = "mean") {
  const parts: Float32Array[][] = [];
  let rate = 0;
  for await (const sound of decode(memoryReader(bytes), { key, channels })) {
    parts.push([...sound.channels]);
    rate = sound.sampleRate;
  }
  const count = parts[0]?.length ?? 0;
  const joined = Array.from({ length: count }, (_, channel) =>
    Float32Array.from(parts.flatMap((part) => [...(part[channel] ?? [])])),
  );
  return { channels: joined, rate };
}

const stereo = wavOfSamples(
  [toneOf(300, { seconds: 0.2, sampleRate: 8_000 }), toneOf(700, { seconds: 0.2, sampleRate: 8_000 })],
  8_000,
);

test("one channel, all of them, or their mean", async () => {
  const all = await decoded(stereo, "wav", "all");
  const [left = new Float32Array(0), right = new Float32Array(0)] = all.channels;
  expect((await decoded(stereo, "wav", 0)).channels).toEqual([left]);
  expect((await decoded(stereo, "wav", 1)).channels).toEqual([right]);
  expect((await decoded(stereo, "wav", 2)).channels).toEqual([new Float32Array(left.length)]);
  const [mean = new Float32Array(0)] = (await decoded(stereo, "wav")).channels;
  expect(
    levelOf(mean.map((sample, index) => sample - ((left[index] ?? 0) + (right[index] ?? 0)) / 2)),
  ).toBeLessThan(1e-7);
});

describe.skipIf(!hasFfmpeg)("as ffmpeg decodes it (needs ffmpeg)", () => {
  const kinds: readonly (readonly [
    name: string,
    key: ContainerKey,
    options: readonly string[],
    error: number,
  ])[] = [
    ["8 bits", "wav", ["-c:a", "pcm_u8", "-f", "wav"], 0],
    ["24 bits", "wav", ["-c:a", "pcm_s24le", "-f", "wav"], 0],
    ["32 bits", "wav", ["-c:a", "pcm_s32le", "-f", "wav"], 0],
    ["float", "wav", ["-c:a", "pcm_f32le", "-f", "wav"], 0],
    ["double", "wav", ["-c:a", "pcm_f64le", "-f", "wav"], 0],
    ["A-law", "wav", ["-c:a", "pcm_alaw", "-f", "wav"], 0],
    ["mu-law", "wav", ["-c:a", "pcm_mulaw", "-f", "wav"], 0],
    ["RF64", "rf64", ["-rf64", "always", "-f", "wav"], 0],
    ["AIFF of 16 bits", "aiff", ["-c:a", "pcm_s16be", "-f", "aiff"], 0],
    ["AIFF of 24 bits", "aiff", ["-c:a", "pcm_s24be", "-f", "aiff"], 0],
    ["AIFF, little-endian", "aiff", ["-c:a", "pcm_s16le", "-f", "aiff"], 0],
    ["AIFF of floats", "aiff", ["-c:a", "pcm_f32be", "-f", "aiff"], 0],
    ["FLAC", "flac", ["-c:a", "flac", "-f", "flac"], 0],
    ["MP3", "mp3", ["-f", "mp3"], 0.01],
    ["Vorbis", "ogg", ["-c:a", "libvorbis", "-f", "ogg"], 0.01],
    ["Opus", "ogg", ["-c:a", "libopus", "-f", "ogg"], 0.01],
  ];

  test.each(kinds)("%s", async (_name, key, options, error) => {
    const bytes = convert(fixture("dialogue.wav"), ["-t", "1.5", ...options], "made");
    const { channels, rate } = await decoded(bytes, key);
    const wanted = decodedSamples(bytes, rate);
    const [made = new Float32Array(0)] = channels;
    expect(Math.abs(made.length - wanted.length)).toBeLessThanOrEqual(error === 0 ? 0 : 0.07 * rate);
    const shared = Math.min(made.length, wanted.length);
    const errors = made.subarray(0, shared).map((sample, index) => sample - (wanted[index] ?? 0));
    expect(levelOf(errors)).toBeLessThanOrEqual(Math.max(1e-5, error * levelOf(wanted)));
  });
});

test.each(["adts", "m4a", "caf"] as const)("nothing comes of %s, which takes ffmpeg", async (key) => {
  expect(await decoded(fixture("dialogue.aac"), key)).toEqual({ channels: [], rate: 0 });
});
