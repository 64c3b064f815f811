import { confusedIn, disputedIn } from "./disputes.ts";
import { facesOf } from "./faces.ts";
import { type Assigned, isKept, strangersIn } from "./fit.ts";
import { type Link, strongNeighbours } from "./links.ts";
import type { Sighting } from "./sightings.ts";
import type { Voice } from "./voices.ts";

interface Evidence {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
  readonly sightings: readonly Sighting[];
}

/** Line-ups of which more is contradicted are not relied on where nothing else says the same. */
const mostContradicted = 0.1;

/**
 * Tells of whom it is enough what is known: one clip or overlap is not, where something was in dispute in that answer,
 * or much of what line-ups told turned out wrong; and nobody is known to be a person who seems to be two.
 */
export function vouching(
  people: Assigned,
  { voices, links, sightings }: Evidence,
): (voice: Voice) => boolean {
  const faceOf = facesOf(sightings);
  const contradicted = voices.filter((voice) => faceOf(voice).contradicted > 0);
  const disputed = disputedIn({ voices, links, faceOf });
  const doubted = new Set([...disputed, ...contradicted].map(({ answer }) => answer));
  const confused = confusedIn(voices, faceOf);
  const isUnreliable = contradictedShare(people, { voices, links, sightings }) > mostContradicted;
  return (voice) => {
    const person = people.get(voice);
    if (person === undefined || confused.has(person)) return false;
    const clips = faceOf(voice).persons.get(person) ?? 0;
    const neighbours = strongNeighbours(voice, links).filter((other) => people.get(other) === person);
    return clips + neighbours.length > 1 || !(isUnreliable || doubted.has(voice.answer));
  };
}

/** How much of what clips and overlaps tell cannot be so. */
export function contradictedShare(people: Assigned, { voices, links, sightings }: Evidence): number {
  const faceOf = facesOf(sightings);
  const strong = links.filter(({ isStrong }) => isStrong);
  const broken = strong.filter((link) => !isKept(link, people)).length;
  let clips = 0;
  let wrong = 0;
  for (const voice of voices) {
    const face = faceOf(voice);
    clips += strangersIn(face, undefined) + face.contradicted;
    wrong += strangersIn(face, people.get(voice)) + face.contradicted;
  }
  return (wrong + broken) / Math.max(1, clips + strong.length);
}
