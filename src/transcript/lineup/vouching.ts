import { confusedIn } from "./disputes.ts";
import { facesOf } from "./faces.ts";
import { type Assigned, isKept, strangersIn } from "./fit.ts";
import { type Link, strongNeighbours } from "./links.ts";
import type { Sighting } from "./sightings.ts";
import { doublesAmong } from "./suspects.ts";
import type { Voice } from "./voices.ts";

interface Evidence {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
  readonly sightings: readonly Sighting[];
}

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
 * Tells of whom it is enough what is known: no single clip or overlap decides who they are. Either two that have
 * nothing to do with each other say the same, or one does, and all other people are somebody else in that answer.
 * Nobody is known to be a person who seems to be two.
 */
export function vouching(people: Assigned, evidence: Evidence): (voice: Voice) => boolean {
  const { voices, sightings } = evidence;
  const faceOf = facesOf(sightings);
  const confused = confusedIn(voices, faceOf);
  const persons = [...new Set(people.values())].filter((person) => !confused.has(person));
  const isUnreliable = contradictedShare(people, evidence) > mostContradicted;
  const clipsOf = (voice: Voice) => {
    const clips = faceOf(voice).persons.get(people.get(voice) ?? "") ?? 0;
    return isUnreliable ? Math.min(1, clips) : clips;
  };
  const vouched = new Set(
    persons.flatMap((person) => {
      const own = voices.filter((voice) => people.get(voice) === person);
      return firmlyTied(own, tiesOf(own, clipsOf, evidence.links));
    }),
  );
  const isOneLeft = (voice: Voice) => {
    const others = [...vouched].filter(({ answer }) => answer === voice.answer);
    const taken = new Set(others.map((other) => people.get(other)));
    return confused.size === 0 && taken.size === persons.length - 1 && !taken.has(people.get(voice));
  };
  const left = voices.filter((voice) => clipsOf(voice) > 0 && isOneLeft(voice));
  const needed = tellingsNeeded(voices);
  const isEnough = (voice: Voice) =>
    needed(voice) === tellings.ofOne || tellingsOf(voice, people, evidence) >= needed(voice);
  return (voice) => (vouched.has(voice) || left.includes(voice)) && isEnough(voice);
}

/** How many clips and overlaps tell that a voice is whom it is taken for. */
function tellingsOf(voice: Voice, people: Assigned, { links, sightings }: Evidence): number {
  const person = people.get(voice);
  const neighbours = strongNeighbours(voice, links).filter((other) => people.get(other) === person);
  return (facesOf(sightings)(voice).persons.get(person ?? "") ?? 0) + neighbours.length;
}

/** A clip ties a voice to its person, null, and an overlap to another voice. */
type Tie = readonly [Voice | null, Voice];

/** What ties the voices of one person together. */
function tiesOf(own: readonly Voice[], clipsOf: (voice: Voice) => number, links: readonly Link[]): Tie[] {
  const clips = own.flatMap((voice) => Array.from({ length: clipsOf(voice) }, (): Tie => [null, voice]));
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

/**
 * How much of what clips and overlaps tell cannot be so. Voices that are two people by both are none of that: there it
 * is the answer that is wrong.
 */
export function contradictedShare(people: Assigned, { voices, links, sightings }: Evidence): number {
  const faceOf = facesOf(sightings);
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
  return (wrong + broken) / Math.max(1, clips + strong.length);
}
