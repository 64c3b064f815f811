/**
 * Tone speech: a stand-in for talk that a program can speak and hear without doubt.
 * A word is eight symbols of two tones each: two tell who speaks, five are the word's number,
 * one checks the rest. Speakers of even and odd number have tones of their own, so that two
 * of them can talk at once and both be heard.
 */
export interface Band {
  /** In Hz, whole numbers: their waves repeat every second. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export const bands: readonly [Band, Band] = [
  { low: [697, 770, 852, 941], high: [1209, 1336, 1477, 1633] },
  { low: [2050, 2150, 2260, 2380], high: [2600, 2750, 2910, 3080] },
];

export const symbolMs = 60;
const gapMs = 30;
export const symbolsPerWord = 8;

/** A symbol's distance from the next. */
export const strideMs = symbolMs + gapMs;

/** How long a word sounds. */
export const wordMs = symbolsPerWord * strideMs - gapMs;

export const mostSpeakers = 8;

/** A word: its number is its place in the recording, so that none can be lost or doubled unseen. */
export interface ToneWord {
  readonly speaker: number;
  readonly number: number;
}

/** The band a speaker speaks in. */
export function bandOf(speaker: number): 0 | 1 {
  return speaker % 2 === 0 ? 0 : 1;
}

/** A word's text, as it is written in truth and transcripts: `w00042`. */
export function textOf(number: number): string {
  return `w${String(number).padStart(5, "0")}`;
}

/** The number of a word that is written like that; null for a text that is none. */
export function numberOf(text: string): number | null {
  const digits = /^w(\d{5})$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A word's symbols, 0 to 15 each. Digits are themselves; 10 and 11 only ever begin a word. */
export function spell({ speaker, number }: ToneWord): number[] {
  const digits = [...String(number).padStart(5, "0")].map(Number);
  return [10 + (speaker >> 2), 12 + (speaker & 3), ...digits, checkDigit(speaker, digits)];
}

/** The word of eight symbols; null when they are none. */
export function read(symbols: readonly number[]): ToneWord | null {
  const [first = -1, second = -1, ...rest] = symbols;
  const digits = rest.slice(0, 5);
  if (symbols.length !== symbolsPerWord || first < 10 || first > 11 || second < 12) return null;
  if (rest.some((symbol) => symbol > 9)) return null;
  const speaker = (first - 10) * 4 + (second - 12);
  if (rest[5] !== checkDigit(speaker, digits)) return null;
  return { speaker, number: Number(digits.join("")) };
}

/** The weights have no factor in common with 10, so that each wrong digit changes the check. */
function checkDigit(speaker: number, digits: readonly number[]): number {
  const weights = [3, 7, 1, 9, 3];
  return digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), speaker) % 10;
}
