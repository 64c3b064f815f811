import { describe, expect, test } from "vitest";
import { Resampler } from "../../../src/audio/decode/resampler.ts";
import { levelOf, toneOf } from "../../support/samples.ts";

/** Resamples in blocks of uneven sizes. */
function resample(samples: Float32Array, from: number, to: number): Float32Array {
  const resampler = new Resampler(from, to);
  const parts: Float32Array[] = [];
  for (let at = 0, size = 1; at < samples.length; at += size, size = (size * 7) % 4_999) {
    parts.push(resampler.push(samples.subarray(at, at + size)));
  }
  parts.push(resampler.end());
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const rates = [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 12_345];

describe.each(rates)("from %i Hz to 16 kHz", (from) => {
  test("the length stays", () => {
    expect(resample(new Float32Array(from), from, 16_000)).toHaveLength(16_000);
    expect(resample(new Float32Array(7), from, 16_000)).toHaveLength(Math.round((7 * 16_000) / from));
  });

  test("a tone of speech stays what it is, sample by sample", () => {
    const wanted = toneOf(1_000, { seconds: 0.5, sampleRate: 16_000 });
    const made = resample(toneOf(1_000, { seconds: 0.5, sampleRate: from }), from, 16_000);
    const errors = made.map((sample, index) => sample - (wanted[index] ?? 0)).subarray(200, -200);
    expect(levelOf(errors) / levelOf(wanted)).toBeLessThan(0.01);
  });
});

test.each([44_100, 48_000, 96_000])("from %i Hz, what 16 kHz cannot hold is kept out", (from) => {
  for (const frequency of [10_000, 12_500, 15_000, 19_000]) {
    const tone = toneOf(frequency, { seconds: 0.5, sampleRate: from });
    expect(levelOf(resample(tone, from, 16_000).subarray(200, -200))).toBeLessThan(0.01 * levelOf(tone));
  }
});

test("at one and the same rate nothing changes", () => {
  const tone = toneOf(440, { seconds: 0.1, sampleRate: 16_000 });
  expect(resample(tone, 16_000, 16_000)).toEqual(tone);
});
