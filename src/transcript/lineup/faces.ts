import type { Clip } from "./clips.ts";
import type { Sighting } from "./sightings.ts";
import type { Voice } from "./voices.ts";

/** What all line-ups together make of a voice. */
export interface Face {
  /** Each person that clips of it were taken for, and how many. */
  readonly persons: ReadonlyMap<string, number>;
  /** Whether a clip of it was heard as two people. */
  readonly isMixed: boolean;
  /** How many clips one line-up took for one person and another for somebody else: they tell nothing. */
  readonly contradicted: number;
  /** Whether it was in a line-up at all, and in one that was to settle disputes. */
  readonly isShown: boolean;
  readonly isSettled: boolean;
}

/** Nobody was heard. */
const noFace: Face = {
  persons: new Map(),
  isMixed: false,
  contradicted: 0,
  isShown: false,
  isSettled: false,
};

/** Gives every voice that was lined up the persons that it was taken for. */
export function facesOf(sightings: readonly Sighting[]): (voice: Voice) => Face {
  const personOf = personsOf(sightings);
  const faces = new Map<Voice, Face>();
  for (const voice of new Set(sightings.map(({ clip }) => clip.voice))) {
    const own = sightings.filter(({ clip }) => clip.voice === voice);
    const persons = new Map<string, number>();
    let contradicted = 0;
    for (const clip of clipsIn(own)) {
      const seen = new Set(own.filter((one) => isSame(one.clip, clip)).flatMap((one) => personOf(one) ?? []));
      const [person = null, ...others] = [...seen];
      if (others.length > 0) contradicted += 1;
      else if (person !== null) persons.set(person, (persons.get(person) ?? 0) + 1);
    }
    const isMixed = own.some((one) => one.isMixed);
    const isSettled = own.some(({ isSettling }) => isSettling);
    faces.set(voice, { persons, isMixed, contradicted, isShown: true, isSettled });
  }
  return (voice) => faces.get(voice) ?? noFace;
}

/** The one person that a voice was taken for; null when it was none, or several. */
export function personIn({ persons, isMixed }: Face): string | null {
  const [only, ...others] = [...persons.keys()];
  return only === undefined || others.length > 0 || isMixed ? null : only;
}

export function isSame(one: Clip, other: Clip): boolean {
  return one.voice === other.voice && one.start === other.start && one.end === other.end;
}

function clipsIn(sightings: readonly Sighting[]): Clip[] {
  return sightings
    .map(({ clip }) => clip)
    .filter((clip, index, all) => all.findIndex((other) => isSame(clip, other)) === index);
}

/**
 * Which person each label of each line-up is: what the clips are that an earlier one has had, too. Those of voices
 * that are not in question count first. Others are new people.
 */
function personsOf(sightings: readonly Sighting[]): (sighting: Sighting) => string | null {
  const persons = new Map<string, string>();
  const personOf = ({ lineup, label }: Sighting) =>
    label === null ? null : (persons.get(keyOf(lineup, label)) ?? null);
  for (const lineup of new Set(sightings.map((one) => one.lineup))) {
    const own = sightings.filter((one) => one.lineup === lineup);
    const earlier = sightings.filter((one) => one.lineup < lineup);
    const isTorn = (voice: Voice) =>
      new Set(earlier.filter(({ clip }) => clip.voice === voice).flatMap((one) => personOf(one) ?? [])).size >
      1;
    for (const label of new Set(own.map((one) => one.label))) {
      if (label === null) continue;
      const labelled = own.filter((one) => one.label === label);
      const known = (among: readonly Sighting[]) =>
        mostOf(
          among.flatMap(({ clip }) =>
            earlier.filter((one) => isSame(one.clip, clip)).flatMap((one) => personOf(one) ?? []),
          ),
        );
      const person = known(labelled.filter(({ clip }) => !isTorn(clip.voice))) ?? known(labelled);
      persons.set(keyOf(lineup, label), person ?? keyOf(lineup, label));
    }
  }
  return personOf;
}

function keyOf(lineup: number, label: string): string {
  return `${lineup} ${label}`;
}

/** The one that comes most often; null where two do: a line-up that takes two people for one tells nothing. */
function mostOf(persons: readonly string[]): string | null {
  const counts = [...new Set(persons)]
    .map((person) => ({ person, count: persons.filter((one) => one === person).length }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first === undefined || first.count === second?.count ? null : first.person;
}
