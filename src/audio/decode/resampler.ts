/** How many crossings of zero the filter has on each side: enough for speech, few enough to be fast. */
const crossings = 6;

/** How much of the lower rate's band passes. */
const passed = 0.9;

/** Odd ratios of rates would need a table of every phase; so many are close enough to be heard as exact. */
const mostPhases = 512;

/**
 * Changes the sample rate of one channel, a block at a time, with a filter that keeps out what the lower
 * rate cannot hold. Sample n of the result sounds when sample n of a recording at that rate would.
 */
export class Resampler {
  private readonly from: number;
  private readonly to: number;
  private readonly half: number;
  private readonly phases: number;
  private readonly kernels: readonly Float64Array[];
  /** Samples that later ones of the result still need, and the place of the first of them. */
  private held: Float32Array;
  private heldStart: number;
  private produced = 0;
  private received = 0;

  /** Both rates in Hz, whole numbers. */
  constructor(from: number, to: number) {
    const shared = greatestCommonDivisor(from, to);
    this.from = from / shared;
    this.to = to / shared;
    // An even number, for the loop below.
    this.half = 2 * Math.ceil((crossings / 2) * Math.max(1, from / to));
    this.phases = Math.min(this.to, mostPhases);
    this.kernels = kernelsOf(this.phases, this.half, passed * Math.min(1, to / from));
    // In front of the first sample, there is silence.
    this.held = new Float32Array(this.half);
    this.heldStart = -this.half;
  }

  /** Takes the next samples, and gives those of the result that they complete. */
  push(samples: Float32Array): Float32Array {
    if (this.from === this.to) return samples;
    this.received += samples.length;
    return this.advance(samples, Math.floor(((this.received - this.half) * this.to) / this.from));
  }

  /** The rest of the result, when all samples were given. */
  end(): Float32Array {
    if (this.from === this.to) return new Float32Array(0);
    return this.advance(new Float32Array(this.half + 1), Math.round((this.received * this.to) / this.from));
  }

  private advance(samples: Float32Array, until: number): Float32Array {
    const held = new Float32Array(this.held.length + samples.length);
    held.set(this.held);
    held.set(samples, this.held.length);
    const { from, to, half, phases, kernels, heldStart } = this;
    const out = new Float32Array(Math.max(0, until - this.produced));
    const first = this.produced * from;
    let base = Math.floor(first / to) - half + 1 - heldStart;
    let phase = first % to;
    for (let index = 0; index < out.length; index += 1) {
      const kernel = kernels[phases === to ? phase : Math.floor((phase * phases) / to)];
      if (kernel !== undefined) out[index] = product(held, base, kernel);
      phase += from;
      base += Math.floor(phase / to);
      phase %= to;
    }
    this.produced += out.length;
    const needed = Math.floor((this.produced * from) / to) - half + 1 - heldStart;
    const dropped = Math.max(0, Math.min(needed, held.length));
    this.held = held.slice(dropped);
    this.heldStart += dropped;
    return out;
  }
}

/** The sum of a kernel's taps, each times its sample. */
function product(samples: Float32Array, from: number, kernel: Float64Array): number {
  // Four sums, each of every fourth tap: one would wait for itself at every step.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  // As an integer of 32 bits, which it is small enough for, the place is not converted at each step.
  for (let tap = 0, at = from | 0; tap < kernel.length; tap += 4, at += 4) {
    a += (samples[at] ?? 0) * (kernel[tap] ?? 0);
    b += (samples[at + 1] ?? 0) * (kernel[tap + 1] ?? 0);
    c += (samples[at + 2] ?? 0) * (kernel[tap + 2] ?? 0);
    d += (samples[at + 3] ?? 0) * (kernel[tap + 3] ?? 0);
  }
  return a + b + c + d;
}

/** A windowed sinc for every phase between two samples, each with a sum of one: what is constant stays so. */
function kernelsOf(phases: number, half: number, cutoff: number): Float64Array[] {
  return Array.from({ length: phases }, (_, phase) => {
    const kernel = Float64Array.from({ length: 2 * half }, (_tap, tap) => {
      const distance = tap - half + 1 - phase / phases;
      return sinc(distance * cutoff) * hann(distance / half);
    });
    const sum = kernel.reduce((total, value) => total + value, 0);
    return kernel.map((value) => value / sum);
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** From -1 to 1: one in the middle, zero at its ends. */
function hann(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
