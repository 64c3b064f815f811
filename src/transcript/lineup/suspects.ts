import type { Milliseconds } from "../../units.ts";
import type { Spoken } from "../transcript.ts";
import type { Voice } from "./voices.ts";

/** Answers in which less is said, held against the longest, are about so little that people may well be silent. */
const shortShare = 0.25;

/**
 * The voices that may be two people without anybody having noticed: those of answers that tell fewer apart than
 * others do, the one that speaks most first.
 */
export function suspectsAmong(voices: readonly Voice[]): Voice[] {
  const byAnswer = answersOf(voices);
  const most = Math.max(...byAnswer.map(({ length }) => length));
  const longest = Math.max(...byAnswer.map(spokenBy));
  const lacking = byAnswer.filter((some) => some.length < most && spokenBy(some) >= longest * shortShare);
  return Array.from({ length: most }, (_, rank) =>
    lacking.flatMap((some) => some.slice(rank, rank + 1)),
  ).flat();
}

/** The likeliest of the suspects: the one that speaks most of each such answer. */
export function doublesAmong(voices: readonly Voice[]): ReadonlySet<Voice> {
  const suspects = suspectsAmong(voices);
  const isFirst = (voice: Voice, index: number) =>
    suspects.findIndex(({ answer }) => answer === voice.answer) === index;
  return new Set(suspects.filter(isFirst));
}

function spokenBy(voices: readonly Voice[]): Milliseconds {
  return voices.reduce((all, { spoken }) => all + spoken, 0);
}

/** The voices of each answer, the one that speaks most first. */
function answersOf(voices: readonly Voice[]): Voice[][] {
  const byAnswer = new Map<Spoken, Voice[]>();
  for (const voice of voices) byAnswer.set(voice.answer, [...(byAnswer.get(voice.answer) ?? []), voice]);
  return [...byAnswer.values()].map((some) => some.toSorted((a, b) => b.spoken - a.spoken));
}
