import { read, strideMs, symbolsPerWord, type ToneWord } from "./alphabet.ts";
import { analyse, type BandSlice, blockLength, blockMs, floor, type Slice } from "./analyse.ts";
import { SampleQueue } from "./sample-queue.ts";

/** A word that was heard whole, or a piece of one. Times in seconds. */
export type HeardWord =
  | ({ readonly kind: "word"; readonly start: number; readonly end: number } & ToneWord)
  | {
      readonly kind: "fragment";
      readonly start: number;
      readonly end: number;
      readonly symbols: number;
      readonly band: 0 | 1;
    };

const strideBlocks = strideMs / blockMs;

/** Listening goes slice by slice, so that hours need no memory; each sees past its edges. */
const sliceBlocks = 6_000;
const marginBlocks = 200;

/** A silence of more than this ends a word; between its symbols there are 3. */
const longestGapBlocks = 6;

/** How much weaker than the loudest near it a tone may be, in power. */
const loudnessRange = 0.04;

/** Voices and music hold some sound at every tone's place; tone speech holds nothing else. */
const leastPurity = 0.8;

/** How much stronger the tone that sounds is than others near it, in power. */
const prominence = 2;

/** How much stronger one tone of a symbol may be than the other, in power. */
const widestTwist = 8;

/** How much of one band's power shows in the other, where nobody speaks. */
const leakage = 0.02;

/** What was heard, and how much of the sound it is: 1 for all of its energy, near 0 for a voice or music. */
export interface Listened {
  readonly words: readonly HeardWord[];
  readonly share: number;
}

/**
 * Hears tone speech in samples of one channel at the listening rate.
 * Whatever sounds like symbols and is no whole word is a fragment.
 */
export async function listen(samples: AsyncIterable<Float32Array>): Promise<Listened> {
  const words: HeardWord[] = [];
  const energy = { words: 0, all: 0 };
  const held = new SampleQueue();
  let firstBlock = 0;
  let before = 0;
  const hear = (blocks: number) => {
    const slice = analyse(held.first((before + blocks + marginBlocks) * blockLength), firstBlock);
    energy.all += sumOf(slice.loudness, before, before + blocks);
    for (const word of listenToSlice(slice)) {
      const [from, to] = [blockAt(word.start) - firstBlock, blockAt(word.end) - firstBlock];
      if (from < before || from >= before + blocks) continue;
      words.push(word);
      energy.words += sumOf(slice.loudness, from, to);
    }
  };
  for await (const chunk of samples) {
    held.add(chunk);
    while (held.length >= (before + sliceBlocks + marginBlocks) * blockLength) {
      hear(sliceBlocks);
      const drop = before + sliceBlocks - marginBlocks;
      held.drop(drop * blockLength);
      firstBlock += drop;
      before = marginBlocks;
    }
  }
  hear(Number.POSITIVE_INFINITY);
  return {
    words: words.toSorted((a, b) => a.start - b.start),
    share: energy.words / Math.max(energy.all, floor),
  };
}

function blockAt(seconds: number): number {
  return Math.round((seconds * 1_000) / blockMs);
}

function sumOf(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < Math.min(to, values.length); index += 1) sum += values[index] ?? 0;
  return sum;
}

function listenToSlice(slice: Slice): HeardWord[] {
  const [first, second] = slice.bands;
  return [...listenToBand(slice, first, second), ...listenToBand(slice, second, first)];
}

/** A run of blocks in which somebody speaks, the short gaps between symbols included. */
interface Burst {
  readonly from: number;
  /** The block after the last. */
  readonly to: number;
}

function listenToBand(slice: Slice, own: BandSlice, other: BandSlice): HeardWord[] {
  return burstsOf(own.power, other.power).flatMap((burst): HeardWord[] => {
    const symbols = Math.round((burst.to - burst.from + 3) / strideBlocks);
    const toSeconds = (block: number) => ((slice.firstBlock + block) * blockMs) / 1_000;
    const times = { start: toSeconds(burst.from), end: toSeconds(burst.to) };
    if (symbols === symbolsPerWord) {
      // Codecs smear the edges: the grid of symbols may begin a block beside the burst.
      for (const shift of [0, 1, -1, 2]) {
        const word = read(symbolsAt(own, burst.from + shift, symbols));
        if (word !== null) return [{ kind: "word", ...word, ...times }];
      }
    }
    const clear = symbolsAt(own, burst.from, symbols).filter((symbol) => symbol >= 0).length;
    const isTone = clear > 0 && purityOf(slice, burst) > leastPurity;
    return isTone ? [{ kind: "fragment", symbols, band: own.band, ...times }] : [];
  });
}

/** How much of a burst's sound is tones of the alphabet; a tone's power is twice its amplitude's square. */
function purityOf({ bands: both, loudness }: Slice, { from, to }: Burst): number {
  const tones = sumOf(both[0].power, from, to) + sumOf(both[1].power, from, to);
  return (2 * tones) / sumOf(loudness, from, to);
}

function burstsOf(power: Float32Array, other: Float32Array): Burst[] {
  const loudest = slidingMaximum(power, marginBlocks / 2);
  // Where a symbol begins or ends within a block, its click is stronger there than the symbol itself.
  const beside = slidingMaximum(other, 1);
  const bursts: { from: number; to: number }[] = [];
  for (let block = 0; block < power.length; block += 1) {
    const here = power[block] ?? 0;
    const isThere =
      here > floor && here > loudnessRange * (loudest[block] ?? 0) && here > leakage * (beside[block] ?? 0);
    if (!isThere) continue;
    const last = bursts.at(-1);
    if (last !== undefined && block - last.to <= longestGapBlocks) last.to = block + 1;
    else bursts.push({ from: block, to: block + 1 });
  }
  return bursts;
}

/** The symbols of a word that begins at a block; -1 for one that is not clear. */
function symbolsAt(slice: BandSlice, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const first = from + index * strideBlocks + 1;
    const powers = tonePowers(slice, first, first + 4);
    const low = clearest(powers.slice(0, 4));
    const high = clearest(powers.slice(4));
    const balance = (powers[low] ?? 0) / (powers[4 + high] ?? 1);
    const isEven = balance > 1 / widestTwist && balance < widestTwist;
    return low >= 0 && high >= 0 && isEven ? low * 4 + high : -1;
  });
}

/** The power of each tone over some blocks. */
function tonePowers({ tones, power }: BandSlice, from: number, to: number): number[] {
  return Array.from({ length: 8 }, (_, tone) => {
    let real = 0;
    let imaginary = 0;
    for (let block = Math.max(0, from); block < Math.min(to, power.length); block += 1) {
      real += tones[block * 16 + tone * 2] ?? 0;
      imaginary += tones[block * 16 + tone * 2 + 1] ?? 0;
    }
    return real * real + imaginary * imaginary;
  });
}

/** Which of four tones sounds; -1 unless one stands out among them. */
function clearest(powers: readonly number[]): number {
  const [best = 0, second = 0] = powers.toSorted((a, b) => b - a);
  return best > floor && best > prominence * second ? powers.indexOf(best) : -1;
}

/** The largest value within a distance of each place. */
function slidingMaximum(values: Float32Array, reach: number): Float32Array {
  const maximum = new Float32Array(values.length);
  const candidates: number[] = [];
  let head = 0;
  for (let right = 0; right < values.length + reach; right += 1) {
    if (right < values.length) {
      while (candidates.length > head && (values[candidates.at(-1) ?? 0] ?? 0) <= (values[right] ?? 0))
        candidates.pop();
      candidates.push(right);
    }
    const center = right - reach;
    if (center < 0) continue;
    while ((candidates[head] ?? 0) < center - reach) head += 1;
    maximum[center] = values[candidates[head] ?? 0] ?? 0;
  }
  return maximum;
}
