import type { Milliseconds } from "../../units.ts";
import type { Stretch } from "../coverage.ts";
import type { Turn, Voice } from "./voices.ts";

/** Some seconds of a recording in which one voice speaks alone. */
export interface Clip extends Stretch {
  readonly voice: Voice;
}

/** The silence between two clips. */
export const clipGap: Milliseconds = 1_000;

/** What clips take in a file, the silence behind them included. */
export function roomFor(clips: readonly Stretch[]): Milliseconds {
  return clips.reduce((all, { start, end }) => all + end - start + clipGap, 0);
}

/** In less, nobody's voice can be told. */
const shortestClip: Milliseconds = 1_500;

/** How far times may be wrong that are not the words' own; of a short turn, no more than this share is left out. */
const vagueness: Milliseconds = 1_000;
const marginShare = 1 / 6;

/** What is taken along on either side of a word. */
const padding: Milliseconds = 40;

export interface Wish {
  readonly count: number;
  /** The longest clip. */
  readonly length: Milliseconds;
  /** What is not wanted again. */
  readonly taken?: readonly Stretch[];
  /** From what they are to be far, besides that. */
  readonly apart?: readonly Stretch[];
  /** A time to which they are to be near; else they are far apart. */
  readonly near?: Milliseconds | null;
}

/**
 * Clips of a voice: of its turns that are about as long as the longest, those that are farthest apart. Fewer than
 * wished for where there are no more; none of a voice that never speaks for long enough.
 */
export function clipsOf(voice: Voice, { count, length, taken = [], apart = [], near = null }: Wish): Clip[] {
  const all = voice.turns
    .flatMap((turn) => clipIn(turn, length) ?? [])
    .filter((clip) => !taken.some((other) => clip.start < other.end && other.start < clip.end))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a) || a.start - b.start);
  const longest = all[0] === undefined ? 0 : lengthOf(all[0]);
  const good = all.filter((clip) => lengthOf(clip) >= longest * goodShare);
  const order = [...good, ...all.filter((clip) => !good.includes(clip))];
  const chosen: Stretch[] = [];
  while (chosen.length < count) {
    const pool = good.some((clip) => !chosen.includes(clip)) ? good : order;
    const left = pool.filter((clip) => !chosen.includes(clip));
    const next = near === null ? farthest(left, [...taken, ...apart, ...chosen]) : nearest(left, near);
    if (next === null) break;
    chosen.push(next);
  }
  return chosen.map((clip) => ({ ...clip, voice }));
}

/** Turns that are so long, held against the longest, are as good. */
const goodShare = 0.75;

function lengthOf({ start, end }: Stretch): Milliseconds {
  return end - start;
}

/** The first of those that are farthest from all others. */
function farthest(clips: readonly Stretch[], others: readonly Stretch[]): Stretch | null {
  const distance = ({ start }: Stretch) => Math.min(...others.map((other) => Math.abs(other.start - start)));
  return clips.reduce<Stretch | null>(
    (best, clip) => (best === null || distance(clip) > distance(best) ? clip : best),
    null,
  );
}

function nearest(clips: readonly Stretch[], time: Milliseconds): Stretch | null {
  const distance = ({ start }: Stretch) => Math.abs(start - time);
  return clips.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** The middle of a turn, so far as it is clear of other voices; null for one that is too short. */
function clipIn(turn: Turn, longest: Milliseconds): Stretch | null {
  const clip = turn.isExact ? wordsIn(turn, longest) : middleOf(turn, longest);
  return lengthOf(clip) < shortestClip ? null : clip;
}

function middleOf({ start, end }: Stretch, longest: Milliseconds): Stretch {
  const margin = Math.min(vagueness, (end - start) * marginShare);
  const length = Math.min(longest, end - start - 2 * margin);
  const from = Math.round((start + end - length) / 2);
  return { start: from, end: Math.round(from + length) };
}

/** As many whole words as fit, nearest to the middle. */
function wordsIn({ words, ...turn }: Turn, longest: Milliseconds): Stretch {
  const middle = (turn.start + turn.end) / 2;
  let best: Stretch = { start: turn.start, end: turn.start };
  const isBetter = (clip: Stretch) =>
    lengthOf(clip) > lengthOf(best) ||
    (lengthOf(clip) === lengthOf(best) && distanceOf(clip, middle) < distanceOf(best, middle));
  for (const [first, { start }] of words.entries()) {
    const last = words.findLastIndex(({ end }) => end - start <= longest - 2 * padding);
    const until = words[last];
    if (until === undefined || last < first) continue;
    const clip = { start: start - padAt(words, first), end: until.end + padAt(words, last + 1) };
    if (isBetter(clip)) best = clip;
  }
  return best;
}

function distanceOf({ start, end }: Stretch, time: Milliseconds): Milliseconds {
  return Math.abs((start + end) / 2 - time);
}

/** Half of what is between two words, or a little. */
function padAt(words: readonly Stretch[], index: number): Milliseconds {
  const [before, after] = [words[index - 1], words[index]];
  const gap = before === undefined || after === undefined ? 2 * padding : after.start - before.end;
  return Math.min(padding, Math.max(0, Math.floor(gap / 2)));
}
