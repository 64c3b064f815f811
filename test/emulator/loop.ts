import type { Fault } from "./faults.ts";
import { evenly, type VoicedWord } from "./hearing/utterances.ts";
import type { Turn } from "./turns.ts";

export type Loop = Extract<Fault, { kind: "loop" }>;

/** How many words a model that is caught in a loop repeats. */
const loopWords = 6;

/** More than any model may say: a loop need not be longer to be cut. */
const mostCharacters = 400_000;

/** The turns of a loop, counted from 0: as many as the fault has, or as no answer has room for. */
export function turnsOf({ times }: Loop, unitLength: number): number[] {
  const most = Math.ceil(mostCharacters / Math.max(1, unitLength));
  return Array.from({ length: Math.min(times, most) }, (_, turn) => turn);
}

/** A text that loops. */
export function loopText(text: string, loop: Loop): string {
  const kept = text.slice(0, loop.keep);
  const unit = loop.unit ?? kept.split(/\s+/).slice(-loopWords).join(" ");
  return [kept, ...turnsOf(loop, unit.length).map(() => unit)].join(" ").trim();
}

/** Turns of which the last loops, its words' times going on. */
export function loopTurns(
  turns: readonly Turn<VoicedWord>[],
  kept: readonly Turn<VoicedWord>[],
  loop: Loop,
): readonly Turn<VoicedWord>[] {
  const last = kept.at(-1) ?? turns[0];
  const unit = unitOf(last?.words ?? [], loop);
  const [first, end] = [unit[0]?.start, unit.at(-1)?.end];
  if (last === undefined || first === undefined || end === undefined) return turns;
  const unitLength = unit.reduce((sum, { text }) => sum + text.length + 1, 0);
  const repeated = turnsOf(loop, unitLength).flatMap((turn) => {
    const shift = (turn + 1) * (end - first);
    return unit.map((word) => ({ ...word, start: word.start + shift, end: word.end + shift }));
  });
  return [...kept.slice(0, -1), { ...last, words: [...last.words, ...repeated] }];
}

/** The words that are repeated, where they were said before: another text takes the time of the last words. */
function unitOf(words: readonly VoicedWord[], { unit }: Loop): readonly VoicedWord[] {
  const said = words.slice(-loopWords);
  const [first, last] = [said[0], said.at(-1)];
  if (unit === undefined || first === undefined || last === undefined) return said;
  return evenly({ voice: last.voice, start: first.start, end: last.end, text: unit }).words;
}
