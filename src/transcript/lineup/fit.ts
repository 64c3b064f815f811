import type { Spoken } from "../transcript.ts";
import type { Evidence } from "./evidence.ts";
import type { Face } from "./faces.ts";
import { fewestWords, type Link, otherOf } from "./links.ts";
import type { Voice } from "./voices.ts";

/** Who each voice is. */
export type Assigned = ReadonlyMap<Voice, string>;

/** What a clip counts that was taken for a person: 1, or less where line-ups are not to be relied on. */
export type Trust = (person: string) => number;

/**
 * What it costs to contradict something, a clip being 1: the same words in an overlap are surer than what a clip is
 * taken for, and that an answer has one person under two labels is rarer than either. Each person costs something, too,
 * a little less than a clip: fewer people who explain the same are likelier.
 */
const costs = { strongLink: 2.5, link: 0.5, fewWords: 0.2, twice: 2.5, person: 0.9 } as const;

/**
 * Changes who the voices are until nothing contradicts less of what is known: one voice, two people who are one, or
 * who are exchanged in one answer, or from one answer on. Nobody is added; where there are very many people, all stays
 * as it is.
 */
export function fitted(assigned: Assigned, evidence: Evidence, trust: Trust): Assigned {
  const people = [...new Set(assigned.values())];
  if (people.length > mostPeople) return assigned;
  const changes = changesOf(people, evidence.voices);
  const worthOf = gauge(evidence, trust);
  let best = assigned;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const change of changes) {
      const changed = change(best);
      if (worthOf(best, changed) <= tiny) continue;
      best = new Map([...best, ...changed]);
      isBetter = true;
    }
  }
  return best;
}

/** Trying all changes for more would take long. */
const mostPeople = 30;

/** Sums of fractions differ by so little. */
const tiny = 1e-6;

/** How much less is contradicted by who the voices are taken for when some of them are changed. */
function gauge(
  { voices, links, faceOf }: Evidence,
  trust: Trust,
): (now: Assigned, changed: Assigned) => number {
  const linksAt = new Map(
    voices.map((voice) => [voice, links.filter((link) => otherOf(link, voice) !== null)]),
  );
  const byAnswer = new Map(
    voices.map(({ answer }) => [answer, voices.filter((voice) => voice.answer === answer)]),
  );
  const contradictionIn = (assigned: (voice: Voice) => string | undefined, some: Iterable<Voice>) => {
    const touched = new Set([...some].flatMap((voice) => linksAt.get(voice) ?? []));
    const answers = new Set([...some].map(({ answer }) => answer));
    let cost = 0;
    for (const voice of some)
      for (const [person, clips] of faceOf(voice).persons)
        if (person !== assigned(voice)) cost += clips * trust(person);
    for (const link of touched)
      if (assigned(link.voices[0]) !== assigned(link.voices[1])) cost += costOf(link, faceOf);
    for (const answer of answers) {
      const own = byAnswer.get(answer) ?? [];
      cost += (own.length - new Set(own.map(assigned)).size) * costs.twice;
    }
    return cost;
  };
  return (now, changed) => {
    const after = (voice: Voice) => changed.get(voice) ?? now.get(voice);
    const before = (voice: Voice) => now.get(voice);
    const persons = new Set(now.values()).size - new Set(voices.map(after)).size;
    const some = [...changed.keys()];
    return contradictionIn(before, some) - contradictionIn(after, some) + persons * costs.person;
  };
}

/** How many clips of a voice were taken for somebody else. */
export function strangersIn({ persons }: Face, person: string | undefined): number {
  return [...persons].reduce((sum, [other, count]) => sum + (other === person ? 0 : count), 0);
}

/** Whether the two voices of a link are one person. */
export function isKept({ voices: [one, other] }: Link, assigned: Assigned): boolean {
  return assigned.get(one) === assigned.get(other);
}

function costOf({ isStrong, words, voices }: Link, faceOf: Evidence["faceOf"]): number {
  // One that is two people may be either in an overlap.
  if (isStrong && voices.every((voice) => faceOf(voice).persons.size < 2)) return costs.strongLink;
  return words >= fewestWords ? costs.link : costs.fewWords;
}

/** The voices that it changes, and whom they are taken for then. */
type Change = (now: Assigned) => Assigned;

function changesOf(people: readonly string[], voices: readonly Voice[]): Change[] {
  const answers = [...new Set(voices.map(({ answer }) => answer))];
  const moves = voices.flatMap((voice) =>
    people.map(
      (person): Change =>
        () =>
          new Map([[voice, person]]),
    ),
  );
  const pairs = people.flatMap((one, index) => people.slice(index + 1).map((other) => [one, other] as const));
  const unions = pairs.map(
    ([one, other]): Change =>
      (now) =>
        new Map([...now].flatMap(([voice, person]) => (person === other ? [[voice, one] as const] : []))),
  );
  const exchanges = pairs.flatMap((pair) =>
    answers.flatMap((answer, place): Change[] => [
      (now) => exchanged(now, pair, new Set([answer])),
      (now) => exchanged(now, pair, new Set(answers.slice(place))),
    ]),
  );
  return [...moves, ...unions, ...exchanges];
}

/** Two people, each taken for the other in some answers. */
function exchanged(
  assigned: Assigned,
  [one, other]: readonly [string, string],
  answers: ReadonlySet<Spoken>,
): Assigned {
  return new Map(
    [...assigned].flatMap(([voice, person]) => {
      if (!answers.has(voice.answer)) return [];
      if (person === one) return [[voice, other] as const];
      return person === other ? [[voice, one] as const] : [];
    }),
  );
}
