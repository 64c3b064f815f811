import { describe, expect, test } from "vitest";
import { isSilent, loudnessOf } from "../../../src/audio/energy/energy.ts";
import { findPause, type Loudness, soundsIn } from "../../../src/audio/energy/loudness.ts";
import { hasFfmpeg } from "../../emulator/hearing/ffmpeg.ts";
import { convert } from "../../support/ffmpeg.ts";
import { memoryWorld } from "../../support/memory-world.ts";
import { toneOf, wavOfSamples } from "../../support/samples.ts";

const sampleRate = 8_000;
const tone = (seconds: number) => [...toneOf(440, { seconds, sampleRate })];
const quiet = (seconds: number) => new Array<number>(seconds * sampleRate).fill(0);

/** Three seconds of sound, one of silence, three of sound. */
const paused = wavOfSamples([[...tone(3), ...quiet(1), ...tone(3)]], sampleRate);

function worldOf(bytes: Uint8Array, hasPrograms = false) {
  return memoryWorld([], { files: { it: bytes }, hasPrograms }).world;
}

async function measured(bytes: Uint8Array): Promise<Loudness> {
  const loudness = await loudnessOf(worldOf(bytes), { file: "it", key: "wav", duration: 7 });
  if (loudness === null) throw new Error("nothing was measured");
  return loudness;
}

describe("loudness over time", () => {
  test("is told in windows of 20 ms", async () => {
    const { levels, duration } = await measured(paused);
    expect(duration).toBe(7);
    expect(levels).toHaveLength(350);
    expect(levels[50]).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(levels[175]).toBe(0);
  });

  test.each([
    [3.5, true],
    [3.2, true],
    [4.4, true],
    [1.2, false],
    [6, false],
  ])("near %f s there is a pause: %s", async (near, isThere) => {
    const pause = findPause(await measured(paused), { near, within: 0.8 });
    if (!isThere) return expect(pause).toBeNull();
    expect(pause).toBeGreaterThan(3.1);
    expect(pause).toBeLessThan(3.9);
  });

  test.each([
    [0, 7, [[0, 7]]],
    [3.1, 3.9, []],
    [3.1, 5, [[4, 5]]],
    [6.4, 9, [[6.4, 7]]],
    [8, 9, []],
  ])("between %f and %f s there are sounds: %j", async (start, end, sounds) => {
    const found = soundsIn(await measured(paused), [{ start, end }]);
    expect(found.map((sound) => [sound.start, sound.end].map((time) => Number(time.toFixed(2))))).toEqual(
      sounds,
    );
  });

  test("two sounds with a long silence between them are two", async () => {
    const two = await measured(wavOfSamples([[...tone(1), ...quiet(6), ...tone(1)]], sampleRate));
    expect(soundsIn(two, [{ start: 0, end: 8 }])).toHaveLength(2);
  });

  test("a steady noise is no sound, a voice above it is", async () => {
    const noise = Array.from({ length: 7 * sampleRate }, (_, at) => 0.05 * Math.sin(at * 0.7));
    const voice = tone(1).map((sample, at) => sample + (noise[at] ?? 0));
    const noisy = await measured(wavOfSamples([[...noise.slice(0, 6 * sampleRate), ...voice]], sampleRate));
    expect(soundsIn(noisy, [{ start: 1, end: 3 }])).toEqual([]);
    expect(soundsIn(noisy, [{ start: 5, end: 7 }])[0]?.start).toBeCloseTo(6, 1);
  });

  test("a click is no voice", async () => {
    const click = await measured(
      wavOfSamples([[...quiet(3), ...tone(1).slice(0, sampleRate / 20), ...quiet(3)]], sampleRate),
    );
    expect(soundsIn(click, [{ start: 0, end: 7 }])).toEqual([]);
  });
});

describe("digital silence", () => {
  const silent = wavOfSamples([quiet(5), quiet(5)], sampleRate);
  const almost = wavOfSamples([quiet(5), [...quiet(4.9), ...tone(0.1)]], sampleRate);

  test("is silence in all channels, to the end", async () => {
    expect(await isSilent(worldOf(silent), { file: "it", key: "wav", duration: 5 })).toBe(true);
    expect(await isSilent(worldOf(almost), { file: "it", key: "wav", duration: 5 })).toBe(false);
  });

  test("a file that could not be heard to its end may hold sound behind it", async () => {
    expect(await isSilent(worldOf(silent), { file: "it", key: "wav", duration: 60 })).toBeNull();
    for (const duration of [5, 0.4]) {
      const listening = { file: "it", key: "flac", duration } as const;
      expect(await isSilent(worldOf(Buffer.from("no FLAC")), listening)).toBeNull();
    }
  });

  describe.skipIf(!hasFfmpeg)("of any encoding (needs ffmpeg)", () => {
    test.each([
      ["flac", "flac", ["-f", "flac"]],
      ["mp3", "mp3", ["-f", "mp3"]],
      ["Vorbis", "ogg", ["-c:a", "libvorbis", "-f", "ogg"]],
      ["Opus", "ogg", ["-c:a", "libopus", "-f", "ogg"]],
      ["AAC", "adts", ["-f", "adts"]],
    ] as const)("%s", async (_name, key, options) => {
      const listening = { file: "it", key, duration: 5 };
      expect(await isSilent(worldOf(convert(silent, options, "made"), true), listening)).toBe(true);
      expect(await isSilent(worldOf(convert(almost, options, "made"), true), listening)).toBe(false);
    });

    test("of AAC, without ffmpeg, nobody knows", async () => {
      const aac = convert(silent, ["-f", "adts"], "made");
      expect(await isSilent(worldOf(aac), { file: "it", key: "adts", duration: 5 })).toBeNull();
    });
  });
});
