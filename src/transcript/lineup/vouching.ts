import { confusedIn } from "./disputes.ts";
import type { Evidence } from "./evidence.ts";
import { type Assigned, isKept, strangersIn } from "./fit.ts";
import { type Link, strongNeighbours } from "./links.ts";
import { doublesAmong } from "./suspects.ts";
import type { Voice } from "./voices.ts";

/** What is told once may be wrong without anybody noticing; of one that may be two people, either is heard by chance. */
const tellings = { ofOne: 2, ofTwo: 4 } as const;

/** How often it has to be told who a voice is, by clips or overlaps. */
export function tellingsNeeded(voices: readonly Voice[]): (voice: Voice) => number {
  const doubles = doublesAmong(voices);
  return (voice) => (doubles.has(voice) ? tellings.ofTwo : tellings.ofOne);
}

/** Where more of what line-ups and overlaps tell cannot be so, all clips of a voice are as good as one. */
const mostContradicted = 0.1;

/**
 * Tells of whom it is enough what is known: no single clip or overlap decides who they are, but two that have
 * nothing to do with each other say the same. Nobody is known to be a person who seems to be two.
 */
export function vouching(people: Assigned, evidence: Evidence): (voice: Voice) => boolean {
  const { voices, faceOf } = evidence;
  const confused = confusedIn(voices, faceOf);
  const persons = [...new Set(people.values())].filter((person) => !confused.has(person));
  const isUnreliable = contradictedShare(people, evidence) > mostContradicted;
  const clipCount = (voice: Voice) => {
    const clips = faceOf(voice).persons.get(people.get(voice) ?? "") ?? 0;
    return isUnreliable ? Math.min(1, clips) : clips;
  };
  const tied = new Set(
    persons.flatMap((person) => {
      const own = voices.filter((voice) => people.get(voice) === person);
      return firmlyTied(own, tiesOf(own, clipCount, evidence.links));
    }),
  );
  const needed = tellingsNeeded(voices);
  return (voice) =>
    tied.has(voice) &&
    (needed(voice) === tellings.ofOne || tellingsOf(voice, people, evidence) >= needed(voice));
}

/** How many clips and overlaps tell that a voice is whom it is taken for. */
function tellingsOf(voice: Voice, people: Assigned, { links, faceOf }: Evidence): number {
  const person = people.get(voice);
  const neighbours = strongNeighbours(voice, links).filter((other) => people.get(other) === person);
  return (faceOf(voice).persons.get(person ?? "") ?? 0) + neighbours.length;
}

/** A clip ties a voice to its person, null, and an overlap to another voice. */
type Tie = readonly [Voice | null, Voice];

/** What ties the voices of one person together. */
function tiesOf(own: readonly Voice[], clipCount: (voice: Voice) => number, links: readonly Link[]): Tie[] {
  const clips = own.flatMap((voice) => Array.from({ length: clipCount(voice) }, (): Tie => [null, voice]));
  const overlaps = links.filter(
    ({ isStrong, voices }) => isStrong && voices.every((voice) => own.includes(voice)),
  );
  return [...clips, ...overlaps.map(({ voices }): Tie => voices)];
}

/** The voices that are tied to their person whichever one tie were wrong. */
function firmlyTied(own: readonly Voice[], ties: readonly Tie[]): Voice[] {
  const ways = ties.map((wrong) => reached(ties.filter((tie) => tie !== wrong)));
  return own.filter((voice) => ways.length > 0 && ways.every((way) => way.has(voice)));
}

/** Whom ties lead to, from the person on. */
function reached(ties: readonly Tie[]): ReadonlySet<Voice | null> {
  const found = new Set<Voice | null>([null]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const tie of ties) if (tie.some((end) => found.has(end))) for (const end of tie) found.add(end);
  }
  return found;
}

/** One or two slips say nothing of the rest. */
const leastContradicted = 3;

/**
 * How much of what clips and overlaps tell cannot be so. Voices that are two people by both are none of that: there it
 * is the answer that is wrong.
 */
export function contradictedShare(people: Assigned, { voices, links, faceOf }: Evidence): number {
  const isTwo = (voice: Voice) => {
    const neighbours = new Set(strongNeighbours(voice, links).map((other) => people.get(other)));
    return [...faceOf(voice).persons.keys()].filter((person) => neighbours.has(person)).length > 1;
  };
  const sound = voices.filter((voice) => !isTwo(voice));
  const strong = links.filter((link) => link.isStrong && link.voices.every((voice) => sound.includes(voice)));
  const broken = strong.filter((link) => !isKept(link, people)).length;
  let clips = 0;
  let wrong = 0;
  for (const voice of sound) {
    const face = faceOf(voice);
    clips += strangersIn(face, undefined) + face.contradicted;
    wrong += strangersIn(face, people.get(voice)) + face.contradicted;
  }
  return wrong + broken < leastContradicted ? 0 : (wrong + broken) / Math.max(1, clips + strong.length);
}
