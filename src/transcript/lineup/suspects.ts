import type { Spoken } from "../transcript.ts";
import type { Voice } from "./voices.ts";

/**
 * The voices that may be two people without anybody having noticed: those of answers that tell fewer apart than
 * others do, the one that speaks most first.
 */
export function suspectsAmong(voices: readonly Voice[]): Voice[] {
  const byAnswer = answersOf(voices);
  const most = Math.max(...byAnswer.map(({ length }) => length));
  const lacking = byAnswer.filter(({ length }) => length < most);
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

/** The voices of each answer, the one that speaks most first. */
function answersOf(voices: readonly Voice[]): Voice[][] {
  const byAnswer = new Map<Spoken, Voice[]>();
  for (const voice of voices) byAnswer.set(voice.answer, [...(byAnswer.get(voice.answer) ?? []), voice]);
  return [...byAnswer.values()].map((some) => some.toSorted((a, b) => b.spoken - a.spoken));
}
