import { type Band, bands } from "./alphabet.ts";

/** The rate that listening works at; twice the highest tone fits in well. */
export const listeningRate = 8_000;

export const blockMs = 10;
export const blockLength = (listeningRate * blockMs) / 1_000;

/** Below this, a tone is not there: some 60 dB under a word's. */
export const floor = 1e-6;

/** A block whose sound is weaker than this holds no tone above the floor, and need not be looked into. */
const stillness = floor / 4;

/** What a stretch of sound holds: for each band, the complex amplitude of its 8 tones in each block. */
export interface Slice {
  readonly firstBlock: number;
  readonly blocks: number;
  readonly bands: readonly [BandSlice, BandSlice];
  /** The power of all sound, a number a block. */
  readonly loudness: Float32Array;
}

export interface BandSlice {
  readonly band: 0 | 1;
  /** 16 numbers a block: real and imaginary part of each tone, low tones first. */
  readonly tones: Float32Array;
  /** The power of all tones together, a number a block. */
  readonly power: Float32Array;
}

/** What the tones are in samples that begin with a block. Most of the emulator's time goes here. */
export function analyse(samples: Float32Array, firstBlock: number): Slice {
  const blocks = Math.floor(samples.length / blockLength);
  const both = [emptyBand(0, blocks), emptyBand(1, blocks)] as const;
  const loudness = new Float32Array(blocks);
  const folded = { sums: new Float64Array(half), differences: new Float64Array(half) };
  for (let block = 0; block < blocks; block += 1) {
    const power = fold(samples, block * blockLength, folded);
    loudness[block] = power;
    if (power < stillness) continue;
    measure(folded, both[0], block);
    measure(folded, both[1], block);
  }
  return { firstBlock, blocks, bands: both, loudness };
}

function emptyBand(band: 0 | 1, blocks: number): BandSlice {
  return { band, tones: new Float32Array(blocks * 16), power: new Float32Array(blocks) };
}

const half = blockLength / 2;

/**
 * A block's samples, folded about its middle: a cosine about it is the same on both sides and a sine the
 * opposite, so that half of the products do.
 */
interface Folded {
  readonly sums: Float64Array;
  readonly differences: Float64Array;
}

/** Folds a block; answers its power. */
function fold(samples: Float32Array, from: number, { sums, differences }: Folded): number {
  let power = 0;
  for (let index = 0; index < half; index += 1) {
    const before = samples[from + half - 1 - index] ?? 0;
    const after = samples[from + half + index] ?? 0;
    sums[index] = after + before;
    differences[index] = after - before;
    power += before * before + after * after;
  }
  return power / blockLength;
}

function measure({ sums, differences }: Folded, { band, tones, power }: BandSlice, block: number): void {
  const waves = wavesOf[band];
  const phase = block % phases;
  let all = 0;
  for (let tone = 0; tone < waves.length; tone += 1) {
    const { cosine, sine, turnCosine, turnSine } = waves[tone] ?? silentWave;
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < half; index += 1) {
      real += (sums[index] ?? 0) * (cosine[index] ?? 0);
      imaginary += (differences[index] ?? 0) * (sine[index] ?? 0);
    }
    // Turned back by the block's own phase, blocks can be added up to a longer window.
    const [across, up] = [turnCosine[phase] ?? 0, turnSine[phase] ?? 0];
    tones[block * 16 + tone * 2] = real * across - imaginary * up;
    tones[block * 16 + tone * 2 + 1] = real * up + imaginary * across;
    all += real * real + imaginary * imaginary;
  }
  power[block] = all;
}

/** After this many blocks, a second, the phase of every wave is what it was: tones are of whole Hz. */
const phases = listeningRate / blockLength;

interface Wave {
  /** From the middle of a block on, over its length. */
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
  /** Of the phase at the middle of each block. */
  readonly turnCosine: Float64Array;
  readonly turnSine: Float64Array;
}

const silentWave = waveOf(0);
const wavesOf = [allWaves(bands[0]), allWaves(bands[1])] as const;

function allWaves({ low, high }: Band): Wave[] {
  return [...low, ...high].map(waveOf);
}

function waveOf(hertz: number): Wave {
  const angle = (2 * Math.PI * hertz) / listeningRate;
  const table = (length: number, value: (index: number) => number) =>
    Float64Array.from({ length }, (_, index) => value(index));
  const middle = (block: number) => (block + 0.5) * blockLength - 0.5;
  return {
    cosine: table(half, (index) => Math.cos(angle * (index + 0.5)) / blockLength),
    sine: table(half, (index) => Math.sin(angle * (index + 0.5)) / blockLength),
    turnCosine: table(phases, (block) => Math.cos(angle * middle(block))),
    turnSine: table(phases, (block) => Math.sin(angle * middle(block))),
  };
}
