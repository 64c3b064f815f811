import { bandOf, bands, spell, strideMs, symbolMs } from "./alphabet.ts";
import type { SpokenWord } from "./conversation.ts";

/** Each tone's amplitude: two speakers at once, four tones in all, stay below full scale. */
const amplitude = 0.2;

/** Symbols fade in and out, or their edges would click through the whole spectrum. */
const fadeMs = 5;

const sliceSeconds = 10;

export interface Speech {
  readonly words: readonly SpokenWord[];
  readonly seconds: number;
  /** In Hz. */
  readonly sampleRate: number;
}

/** Speaks words: 16-bit samples, one channel, a slice at a time, so that hours need no memory. */
export function* speak({ words, seconds, sampleRate }: Speech): Generator<Int16Array> {
  const shapes = new Map<string, Float64Array>();
  const total = Math.round(seconds * sampleRate);
  const sliceLength = sliceSeconds * sampleRate;
  let next = 0;
  const sounding: { readonly at: number; readonly shape: Float64Array }[] = [];
  for (let from = 0; from < total; from += sliceLength) {
    const to = Math.min(from + sliceLength, total);
    for (let word = words[next]; word !== undefined && word.start * sampleRate < to; word = words[next]) {
      sounding.push({ at: Math.round(word.start * sampleRate), shape: shapeOf(word, sampleRate, shapes) });
      next += 1;
    }
    const mixed = new Float64Array(to - from);
    for (const { at, shape } of sounding) mix(mixed, shape, at - from);
    yield inSixteenBits(mixed);
    while (sounding[0] !== undefined && sounding[0].at + sounding[0].shape.length <= to) sounding.shift();
  }
}

function inSixteenBits(samples: Float64Array): Int16Array {
  const rounded = new Int16Array(samples.length);
  // By index: Int16Array.from takes ten times as long, and hours are spoken.
  for (let index = 0; index < samples.length; index += 1)
    rounded[index] = Math.round((samples[index] ?? 0) * 32_767);
  return rounded;
}

function mix(into: Float64Array, shape: Float64Array, at: number): void {
  const from = Math.max(0, -at);
  const to = Math.min(shape.length, into.length - at);
  for (let index = from; index < to; index += 1) {
    into[at + index] = (into[at + index] ?? 0) + (shape[index] ?? 0);
  }
}

function shapeOf(word: SpokenWord, sampleRate: number, symbols: Map<string, Float64Array>): Float64Array {
  const stride = (strideMs * sampleRate) / 1_000;
  const spelled = spell(word);
  const shape = new Float64Array(Math.ceil(stride * spelled.length));
  for (const [index, symbol] of spelled.entries()) {
    const key = `${bandOf(word.speaker)}/${symbol}`;
    const tones = symbols.get(key) ?? symbolShape(bandOf(word.speaker), symbol, sampleRate);
    symbols.set(key, tones);
    shape.set(tones, Math.round(index * stride));
  }
  return shape;
}

function symbolShape(band: 0 | 1, symbol: number, sampleRate: number): Float64Array {
  const low = bands[band].low[symbol >> 2] ?? 0;
  const high = bands[band].high[symbol & 3] ?? 0;
  const length = Math.floor((symbolMs * sampleRate) / 1_000);
  const fade = (fadeMs * sampleRate) / 1_000;
  return Float64Array.from({ length }, (_, index) => {
    const edge = Math.min(1, (index + 1) / fade, (length - index) / fade);
    const angle = (2 * Math.PI * index) / sampleRate;
    return amplitude * edge * (Math.sin(low * angle) + Math.sin(high * angle));
  });
}
