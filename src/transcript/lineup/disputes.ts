import type { Milliseconds } from "../../units.ts";
import type { Evidence } from "./evidence.ts";
import { type Face, personIn } from "./faces.ts";
import { type Link, strongNeighbours } from "./links.ts";
import type { Voice } from "./voices.ts";

/** What does not fit together. */
export interface Dispute {
  readonly voices: readonly Voice[];
  /** Where, if it is about a certain time. */
  readonly at: Milliseconds | null;
}

/**
 * What does not fit: one voice that is two people, two voices of one answer that are one person, two that say the same
 * in an overlap and are not, and one that says there what two say by the other answer. Where they have been lined up
 * again, the line-ups count for more than the overlaps.
 */
export function disputesIn({ voices, links, faceOf }: Evidence): Dispute[] {
  const personOf = (voice: Voice) => personIn(faceOf(voice));
  const torn = voices.filter((voice) => faceOf(voice).persons.size > 1 || faceOf(voice).isMixed);
  const clashing = clashesIn(voices, personOf);
  const parted = links.filter(({ voices: [one, other], isStrong }) => {
    const isKnown = personOf(one) !== null && personOf(other) !== null;
    const isSettled = faceOf(one).isSettled && faceOf(other).isSettled;
    return isStrong && isKnown && personOf(one) !== personOf(other) && !isSettled;
  });
  const forked = forksIn(links).filter(
    ({ ends: [one, other] }) => personOf(one) === null || personOf(one) !== personOf(other),
  );
  return [
    ...torn.map((voice) => ({ voices: [voice], at: null })),
    ...clashing.map((pair) => ({ voices: pair, at: null })),
    ...parted.map(({ voices: pair, at }) => ({ voices: pair, at })),
    ...forked.map(({ voice, at }) => ({ voices: [voice], at })),
  ];
}

/** The voices in dispute, and those of the same answers that are one of the people whom these may be. */
export function disputedIn({ voices, links, faceOf }: Evidence): ReadonlySet<Voice> {
  const disputed = new Set(disputesIn({ voices, links, faceOf }).flatMap((dispute) => dispute.voices));
  const others = [...disputed].flatMap((voice) => {
    const faces = [voice, ...strongNeighbours(voice, links)].map(faceOf);
    const persons = new Set(faces.flatMap((face) => [...face.persons.keys()]));
    return voices.filter((other) => {
      const person = personIn(faceOf(other));
      return other.answer === voice.answer && person !== null && persons.has(person);
    });
  });
  return new Set([...disputed, ...others]);
}

type PersonOf = (voice: Voice) => string | null;

/** Each two voices of one answer that are one person. */
function clashesIn(voices: readonly Voice[], personOf: PersonOf): (readonly [Voice, Voice])[] {
  return voices.flatMap((one, index) =>
    voices
      .slice(index + 1)
      .filter((other) => other.answer === one.answer && personOf(one) !== null)
      .filter((other) => personOf(other) === personOf(one))
      .map((other) => [one, other] as const),
  );
}

/** The people who are two voices in more than one answer: line-ups take two for one. */
export function confusedIn(voices: readonly Voice[], faceOf: (voice: Voice) => Face): ReadonlySet<string> {
  const personOf = (voice: Voice) => personIn(faceOf(voice));
  const clashes = clashesIn(voices, personOf).map(([one]) => ({ person: personOf(one), ...one }));
  return new Set(
    clashes.flatMap(({ person, answer }) =>
      person !== null && clashes.some((other) => other.person === person && other.answer !== answer)
        ? [person]
        : [],
    ),
  );
}

interface Fork {
  readonly voice: Voice;
  /** The two voices of a neighbour. */
  readonly ends: readonly [Voice, Voice];
  readonly at: Milliseconds;
}

/** The voices that say all that two voices of a neighbour say: the service may have taken these for one. */
function forksIn(links: readonly Link[]): Fork[] {
  const ends = links.flatMap(({ voices: [one, other], isMost: [isMostOfOne, isMostOfOther], at }) => [
    ...(isMostOfOne ? [{ end: one, voice: other, at }] : []),
    ...(isMostOfOther ? [{ end: other, voice: one, at }] : []),
  ]);
  return ends.flatMap(({ end, voice, at }, index) => {
    const first = ends
      .slice(0, index)
      .find((other) => other.voice === voice && other.end.answer === end.answer && other.end !== end);
    return first === undefined ? [] : [{ voice, ends: [first.end, end] as const, at }];
  });
}
