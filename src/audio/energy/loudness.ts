import type { Seconds } from "../../units.ts";
import type { Sound } from "../decode/sound.ts";
import type { Range } from "../piece.ts";

/** How loud a recording is over time. */
export interface Loudness {
  /** The root of the mean square of each window of `windowSeconds`, of the loudest channel; full scale is 1. */
  readonly levels: Float32Array;
  readonly duration: Seconds;
}

const windowSeconds: Seconds = 0.02;

/** Less than half of the last of 16 bits: what decoders make of digital silence. */
const digitalSilence = 1 / 65_536;

/** A level below which nobody speaks: 60 dB under full scale. */
const speechLevel = 0.001;

/** Measures decoded samples as they come. */
export class LoudnessMeter {
  private readonly levels: number[] = [];
  private duration: Seconds = 0;
  /** What does not fill a window yet. */
  private held: Sound | null = null;

  add(block: Sound): void {
    this.duration += lengthOf(block);
    const whole = this.held?.sampleRate === block.sampleRate ? joined(this.held, block) : block;
    const size = Math.round(whole.sampleRate * windowSeconds);
    const samples = whole.channels[0]?.length ?? 0;
    const end = samples - (samples % size);
    for (let from = 0; from < end; from += size) this.levels.push(levelOf(whole, from, from + size));
    this.held = { ...whole, channels: whole.channels.map((channel) => channel.slice(end)) };
  }

  /** All that was added. */
  result(): Loudness {
    const rest = this.held?.channels[0]?.length ?? 0;
    const last = this.held !== null && rest > 0 ? [levelOf(this.held, 0, rest)] : [];
    return { levels: Float32Array.from([...this.levels, ...last]), duration: this.duration };
  }
}

/** Whether any sample is not digital silence: not zero, or of lossy codecs less than a decoder makes of that. */
export function isHeard({ channels }: Sound, isLossy: boolean): boolean {
  const threshold = isLossy ? digitalSilence : 0;
  return channels.some((samples) => samples.some((sample) => Math.abs(sample) > threshold));
}

/** What was found in a file: whether there is any sound at all, and how much was looked at. */
export interface Heard {
  readonly hasSound: boolean;
  readonly duration: Seconds;
}

/** Looks through decoded samples for the first that is not digital silence. */
export async function firstSound(
  sound: AsyncIterable<Sound>,
  { isLossy, signal }: { readonly isLossy: boolean; readonly signal?: AbortSignal },
): Promise<Heard> {
  let duration = 0;
  for await (const block of sound) {
    signal?.throwIfAborted();
    duration += lengthOf(block);
    if (isHeard(block, isLossy)) return { hasSound: true, duration };
  }
  return { hasSound: false, duration };
}

/** How much louder than its quietest moments a recording is where somebody speaks: 10 dB, as an amplitude. */
const overNoise = 3;

/** The share of a recording that is noise alone, at the least: people draw breath. */
const quietShare = 0.05;

/** Less is a click, a breath, a chair. */
const leastSound: Seconds = 0.4;

/** A longer silence ends a sound. */
const longestSilence: Seconds = 5;

/** The sounds within some ranges that are louder than the recording's own noise, and long enough to be speech. */
export function soundsIn({ levels }: Loudness, ranges: readonly Range[]): Range[] {
  const noise = levels.toSorted()[Math.floor(levels.length * quietShare)] ?? 0;
  const threshold = Math.max(speechLevel, noise * overNoise);
  return ranges.flatMap((range) =>
    runsOfLoud(levels, threshold, range)
      .filter(({ count }) => count * windowSeconds >= leastSound)
      .map(({ first, last }) => ({
        start: Math.max(range.start, first * windowSeconds),
        end: Math.min(range.end, (last + 1) * windowSeconds),
      })),
  );
}

/** Windows that are loud, without a long silence between them. */
interface Run {
  readonly first: number;
  last: number;
  /** How many of them are loud. */
  count: number;
}

function runsOfLoud(levels: Float32Array, threshold: number, { start, end }: Range): Run[] {
  const runs: Run[] = [];
  const to = Math.min(levels.length, Math.ceil(end / windowSeconds));
  for (let at = Math.max(0, Math.floor(start / windowSeconds)); at < to; at += 1) {
    if ((levels[at] ?? 0) <= threshold) continue;
    const run = runs.at(-1);
    if (run === undefined || (at - run.last) * windowSeconds > longestSilence)
      runs.push({ first: at, last: at, count: 1 });
    else {
      run.last = at;
      run.count += 1;
    }
  }
  return runs;
}

/** A pause is looked for as the quietest stretch of this many windows: shorter ones lie within words. */
const pauseWindows = 15;

/** How much quieter than its surroundings a pause is. */
const pauseShare = 0.25;

/** The middle of the quietest stretch within some seconds around a time; null when nothing there is a pause. */
export function findPause(
  { levels }: Loudness,
  { near, within }: { readonly near: Seconds; readonly within: Seconds },
): Seconds | null {
  const from = Math.max(0, Math.floor((near - within) / windowSeconds));
  const to = Math.min(levels.length, Math.ceil((near + within) / windowSeconds));
  const mean = levels.subarray(from, to).reduce((sum, level) => sum + level, 0) / Math.max(1, to - from);
  let best: { level: number; middle: Seconds } | null = null;
  for (let first = from; first + pauseWindows <= to; first += 1) {
    const level = Math.max(...levels.subarray(first, first + pauseWindows));
    const middle = (first + pauseWindows / 2) * windowSeconds;
    const isNearer = best !== null && Math.abs(middle - near) < Math.abs(best.middle - near);
    if (best === null || level < best.level || (level === best.level && isNearer)) best = { level, middle };
  }
  return best !== null && best.level <= mean * pauseShare ? best.middle : null;
}

function levelOf({ channels }: Sound, from: number, to: number): number {
  return Math.max(
    ...channels.map((samples) => {
      let sum = 0;
      for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
      return Math.sqrt(sum / (to - from));
    }),
  );
}

function joined(held: Sound, block: Sound): Sound {
  return {
    sampleRate: block.sampleRate,
    channels: block.channels.map((samples, channel) => {
      const before = held.channels[channel] ?? new Float32Array(0);
      const both = new Float32Array(before.length + samples.length);
      both.set(before);
      both.set(samples, before.length);
      return both;
    }),
  };
}

/** How long a block lasts. */
export function lengthOf({ channels, sampleRate }: Sound): Seconds {
  return (channels[0]?.length ?? 0) / sampleRate;
}
