import type { Spoken } from "../transcript.ts";
import type { Face } from "./faces.ts";
import { fewestWords, type Link } from "./links.ts";
import type { Voice } from "./voices.ts";

/** Who each voice is. */
export type Assigned = ReadonlyMap<Voice, string>;

interface Evidence {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
  readonly faceOf: (voice: Voice) => Face;
  /** What a clip counts: 1, or less where line-ups turned out wrong. */
  readonly trust: number;
}

/**
 * What it costs to contradict something, a clip being 1: the same words in an overlap are surer than what a clip is
 * taken for, and that an answer has one person under two labels is rarer than either. Each person costs something, too,
 * a little less than a clip: fewer people who explain the same are likelier.
 */
const costs = { strongLink: 2.5, link: 0.5, fewWords: 0.2, twice: 2.5, person: 0.9 } as const;

/**
 * Changes who the voices are until nothing contradicts less of what is known: one voice, two people who are one, or
 * who are exchanged in one answer, or from one answer on. Nobody is added; where there are very many people, all stays as it is.
 */
export function fitted(assigned: Assigned, evidence: Evidence): Assigned {
  const people = [...new Set(assigned.values())];
  if (people.length > mostPeople) return assigned;
  const changes = changesOf(people, evidence.voices);
  let best = assigned;
  let least = contradictionIn(best, evidence);
  for (let before = Number.POSITIVE_INFINITY; least < before - tiny; ) {
    before = least;
    for (const change of changes) {
      const next = change(best);
      const cost = contradictionIn(next, evidence);
      if (cost >= least - tiny) continue;
      best = next;
      least = cost;
    }
  }
  return best;
}

/** Trying all changes for more would take minutes. */
const mostPeople = 30;

/** Sums of fractions differ by so little. */
const tiny = 1e-6;

/** How much of what is known contradicts who the voices are taken for. */
function contradictionIn(assigned: Assigned, { voices, links, faceOf, trust }: Evidence): number {
  const own = voices.reduce((sum, voice) => sum + strangersIn(faceOf(voice), assigned.get(voice)), 0);
  const between = links.reduce((sum, link) => sum + (isKept(link, assigned) ? 0 : costOf(link, faceOf)), 0);
  const seen = new Map<Spoken, Set<string>>();
  let twice = 0;
  for (const [{ answer }, person] of assigned) {
    const people = seen.get(answer) ?? new Set();
    if (people.has(person)) twice += 1;
    seen.set(answer, people.add(person));
  }
  const persons = new Set(assigned.values()).size;
  return own * trust + between + twice * costs.twice + persons * costs.person;
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

type Change = (assigned: Assigned) => Assigned;

function changesOf(people: readonly string[], voices: readonly Voice[]): Change[] {
  const answers = [...new Set(voices.map(({ answer }) => answer))];
  const moves = voices.flatMap((voice) =>
    people.map(
      (person): Change =>
        (now) =>
          new Map([...now, [voice, person]]),
    ),
  );
  const pairs = people.flatMap((one, index) => people.slice(index + 1).map((other) => [one, other] as const));
  const unions = pairs.map(
    ([one, other]): Change =>
      (now) =>
        new Map([...now].map(([voice, person]) => [voice, person === other ? one : person])),
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
  const exchange = new Map([
    [one, other],
    [other, one],
  ]);
  return new Map(
    [...assigned].map(([voice, person]) => [
      voice,
      answers.has(voice.answer) ? (exchange.get(person) ?? person) : person,
    ]),
  );
}
