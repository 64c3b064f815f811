import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { walkAdts } from "../../../src/audio/walk/adts.ts";
import { walkAiff } from "../../../src/audio/walk/aiff.ts";
import { walkFlac } from "../../../src/audio/walk/flac.ts";
import { walkMpeg } from "../../../src/audio/walk/mpeg.ts";
import { walkOgg } from "../../../src/audio/walk/ogg.ts";
import { walkRiff } from "../../../src/audio/walk/riff.ts";
import type { Frame, Walker } from "../../../src/audio/walk/walk.ts";
import { join, noise } from "../../support/bytes.ts";
import { fixture } from "../../support/fixtures.ts";
import { memoryReader } from "../../support/memory-files.ts";

const walkers: readonly (readonly [string, Walker])[] = [
  ["dialogue.mp3", walkMpeg],
  ["dialogue.aac", walkAdts],
  ["dialogue.ogg", walkOgg],
  ["dialogue.opus", walkOgg],
  ["dialogue.flac", walkFlac],
  ["dialogue.wav", walkRiff],
  ["dialogue.aiff", walkAiff],
];

/** The longest that so many bytes can be: FLAC holds half a million samples of silence in a kilobyte. */
const absurdSeconds = 3_600;

async function durationOf(walker: Walker, bytes: Uint8Array): Promise<number> {
  const { duration, durationFrom } = await walker(memoryReader(bytes), {});
  if (duration === null) {
    expect(durationFrom).toBe("unknown");
    return 0;
  }
  expect(duration).toBeGreaterThan(0);
  expect(duration).toBeLessThan(absurdSeconds);
  return duration;
}

describe.each(walkers)("%s", (name, walker) => {
  const whole = fixture(name);

  test("cut anywhere, it is never longer than the whole, and never absurd", async () => {
    const length = await durationOf(walker, whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (end) => {
        expect(await durationOf(walker, whole.subarray(0, end))).toBeLessThanOrEqual(length + 0.2);
      }),
      { numRuns: 60 },
    );
  });

  test("with bits flipped anywhere, it is never absurd", async () => {
    const flip = fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 40 }), async (flips) => {
        const damaged = Uint8Array.from(whole);
        for (const { at, bit } of flips) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        await durationOf(walker, damaged);
      }),
      { numRuns: 60 },
    );
  });

  test("behind and before any garbage, it is never absurd", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20_000), fc.nat(20_000), fc.nat(), async (before, after, seed) => {
        await durationOf(walker, join(noise(before, seed), whole, noise(after, seed + 1)));
      }),
      { numRuns: 30 },
    );
  });
});

describe("frames that are told of while walking", () => {
  test.each<readonly [string, Walker]>([
    ["dialogue.mp3", walkMpeg],
    ["dialogue.aac", walkAdts],
    ["dialogue.ogg", walkOgg],
    ["dialogue.opus", walkOgg],
  ])("of %s follow on each other in place and time", async (name, walker) => {
    const frames: Frame[] = [];
    await walker(memoryReader(fixture(name)), {
      onFrame: (frame) => frames.push(frame),
    });
    expect(frames.length).toBeGreaterThan(15);
    for (const [index, { offset, length, time, duration }] of frames.slice(0, -1).entries()) {
      const next = frames[index + 1];
      expect(next?.offset).toBe(offset + length);
      expect(next?.time).toBeCloseTo(time + duration, 6);
    }
    expect((frames.at(-1)?.offset ?? 0) + (frames.at(-1)?.length ?? 0)).toBe(fixture(name).length);
  });
});
