import type { Milliseconds } from "../../units.ts";
import type { Stretch } from "../coverage.ts";
import type { Window } from "../join/join.ts";
import { isWorded, type Token, tokensOf } from "../join/seam-tokens.ts";
import type { Spoken } from "../transcript.ts";

/** Somebody as one answer knows them: its labels mean nothing in another. */
export interface Voice {
  readonly answer: Spoken;
  readonly label: string;
  /** Where nobody else speaks, in order. */
  readonly turns: readonly Turn[];
  /** How long it speaks in all. */
  readonly spoken: Milliseconds;
}

/** What one voice says without a longer pause, and nobody beside it. */
export interface Turn extends Stretch {
  readonly words: readonly Stretch[];
  /** Whether the words have times of their own, and not their share of a segment's. */
  readonly isExact: boolean;
}

/** A longer silence ends a turn. */
const longestPause: Milliseconds = 1_000;

/** Turns are no longer, so that of a monologue there are several. */
const longestTurn: Milliseconds = 12_000;

/** So near to the edge of what was sent, voices are told apart less well. */
const edge: Milliseconds = 2_000;

/** The voices of all answers, by first appearance. Of an answer that windows share, only what lies in them counts. */
export function voicesIn(windows: readonly Window[]): Voice[] {
  const voices = new Map<Spoken, Map<string, Heard>>();
  for (const { spoken: answer, ...window } of windows) {
    if (answer === null) continue;
    const known = voices.get(answer) ?? new Map<string, Heard>();
    voices.set(answer, known);
    for (const { speaker } of tokensOf(answer.segments))
      if (speaker !== null && !known.has(speaker)) known.set(speaker, { turns: [], spoken: 0 });
    for (const { label, words, clear, isExact } of runsIn(answer, window)) {
      const voice = known.get(label);
      if (voice === undefined) continue;
      voice.spoken += words.reduce((sum, { start, end }) => sum + end - start, 0);
      voice.turns.push(...turnsOf(clear, isExact));
    }
  }
  return [...voices].flatMap(([answer, labels]) =>
    [...labels].map(([label, { turns, spoken }]) => ({ answer, label, turns, spoken })),
  );
}

interface Heard {
  readonly turns: Turn[];
  spoken: Milliseconds;
}

/** Words of one label that follow each other. */
interface Run {
  readonly label: string;
  readonly isExact: boolean;
  readonly words: readonly Stretch[];
  /** Those beside which nobody else speaks, away from the window's edges. */
  readonly clear: readonly Stretch[];
}

function runsIn({ segments }: Spoken, { start, end, isClipped }: Omit<Window, "spoken">): Run[] {
  const isExact = segments.every(isWorded);
  const words = tokensOf(segments).flatMap(timed);
  const own = isClipped === true ? words.filter((word) => word.start >= start && word.start < end) : words;
  const runs: { label: string; words: TimedWord[]; until: Milliseconds }[] = [];
  const ends = new Map<string, Milliseconds>();
  for (const word of own) {
    const last = runs.at(-1);
    if (last?.label === word.speaker) last.words.push(word);
    else runs.push({ label: word.speaker, words: [word], until: othersEnd(ends, word.speaker) });
    ends.set(word.speaker, Math.max(ends.get(word.speaker) ?? 0, word.end));
  }
  return runs.map(({ label, words: said, until }, index) => {
    const from = Math.max(until, start + edge);
    const to = Math.min(runs[index + 1]?.words[0]?.start ?? end, end - edge);
    return {
      label,
      isExact,
      words: said,
      clear: said.filter((word) => word.start >= from && word.end <= to),
    };
  });
}

interface TimedWord extends Stretch {
  readonly speaker: string;
}

function timed({ start, end, speaker }: Token): TimedWord[] {
  return start === null || speaker === null ? [] : [{ start, end: Math.max(start, end ?? start), speaker }];
}

/** Until when anybody else has spoken. */
function othersEnd(ends: ReadonlyMap<string, Milliseconds>, speaker: string): Milliseconds {
  return Math.max(0, ...[...ends].flatMap(([other, end]) => (other === speaker ? [] : [end])));
}

function turnsOf(words: readonly Stretch[], isExact: boolean): Turn[] {
  const turns: { words: Stretch[]; start: Milliseconds; end: Milliseconds; isExact: boolean }[] = [];
  for (const word of words) {
    const last = turns.at(-1);
    const goesOn =
      last !== undefined && word.start - last.end <= longestPause && word.end - last.start <= longestTurn;
    if (!goesOn) turns.push({ start: word.start, end: word.end, words: [word], isExact });
    else {
      last.words.push(word);
      last.end = Math.max(last.end, word.end);
    }
  }
  return turns;
}
