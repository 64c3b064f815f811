import type { Milliseconds } from "../../units.ts";
import { type Clip, clipsOf, sum } from "./clips.ts";
import { type Face, facesOf, isSame, personIn } from "./faces.ts";
import { type Link, strongNeighbours } from "./links.ts";
import type { Sighting } from "./sightings.ts";
import type { Voice } from "./voices.ts";

/** What does not fit together. */
export interface Dispute {
  readonly voices: readonly Voice[];
  /** Where, if it is about a certain time. */
  readonly at: Milliseconds | null;
}

interface Evidence {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
  readonly faceOf: (voice: Voice) => Face;
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
    const isSettled = faceOf(one).lineups > 1 && faceOf(other).lineups > 1;
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
      .find((other) => other.voice === voice && other.end.answer === end.answer);
    return first === undefined ? [] : [{ voice, ends: [first.end, end] as const, at }];
  });
}

/** Clips that are new in a settling line-up are so long. */
const newClip: Milliseconds = 4_000;

/** So many more clips tell whether a voice is two people, and so short ones do. */
const suspectClips = 4;
const suspectClip: Milliseconds = 2_500;

interface Settling {
  readonly voices: readonly Voice[];
  readonly disputes: readonly Dispute[];
  /** Of whom more should be heard, where there is room for that. */
  readonly suspects: readonly Voice[];
  /** Who a voice is, as far as that seems certain; null where it does not. */
  readonly personOf: (voice: Voice) => string | null;
  readonly sightings: readonly Sighting[];
  /** How much may still be asked. */
  readonly budget: Milliseconds;
}

/**
 * The clips by which disputes are settled, those of the voices that speak most first: what was lined up of them,
 * once more, another clip of each, and beside them one of each person they were taken for, of a voice that nobody
 * doubts. Then more of the suspects, beside those whom they may be, too. None where there is no room for it.
 */
export function settlingClips(settling: Settling): Clip[] {
  const { voices, disputes, suspects, personOf, sightings, budget } = settling;
  const faceOf = facesOf(sightings);
  const doubted = new Set(disputes.flatMap((dispute) => dispute.voices));
  const anchors = sightings.filter(({ clip }) => !doubted.has(clip.voice) && personIn(faceOf(clip.voice)));
  const everybody = [...new Set(anchors.map(({ clip }) => personIn(faceOf(clip.voice))))];
  const chosen: Clip[] = [];
  const choose = (persons: readonly (string | null)[], clips: readonly Clip[]): boolean => {
    // Of whom nothing is known may be anybody.
    const known = (persons.some((person) => person !== null) ? [...new Set(persons)] : everybody).flatMap(
      (person) => longestOf(anchors, (voice) => personIn(faceOf(voice)) === person),
    );
    const all = [...chosen, ...known, ...clips];
    const together = all.filter((clip, index) => all.findIndex((one) => isSame(one, clip)) === index);
    if (sum(together) > budget) return false;
    chosen.splice(0, chosen.length, ...together);
    return true;
  };
  const personsOf = (voice: Voice) => [...faceOf(voice).persons.keys(), personOf(voice)];
  for (const dispute of disputes.toSorted((a, b) => spokenIn(b) - spokenIn(a)))
    choose(
      dispute.voices.flatMap(personsOf),
      dispute.voices.flatMap((voice) => clipsAbout(voice, dispute, sightings)),
    );
  for (const voice of suspects) {
    const others = voices.filter(({ answer }) => answer === voice.answer).map(personOf);
    const absent = everybody.filter((person) => !others.includes(person));
    const wish = { count: suspectClips, length: suspectClip, near: null };
    for (let clips = moreOf(voice, wish, sightings); clips.length > 0; clips = clips.slice(0, -1))
      if (choose([...personsOf(voice), ...absent], clips)) break;
  }
  return chosen;
}

function spokenIn({ voices }: Dispute): Milliseconds {
  return voices.reduce((all, { spoken }) => all + spoken, 0);
}

function longestOf(sightings: readonly Sighting[], isOne: (voice: Voice) => boolean): Clip[] {
  const clips = sightings.map(({ clip }) => clip).filter(({ voice }) => isOne(voice));
  return clips.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, 1);
}

function clipsAbout(voice: Voice, { at }: Dispute, sightings: readonly Sighting[]): Clip[] {
  return [...seenOf(voice, sightings), ...moreOf(voice, { count: 1, length: newClip, near: at }, sightings)];
}

function seenOf(voice: Voice, sightings: readonly Sighting[]): Clip[] {
  return sightings.map(({ clip }) => clip).filter((clip) => clip.voice === voice);
}

function moreOf(
  voice: Voice,
  wish: { readonly count: number; readonly length: Milliseconds; readonly near: Milliseconds | null },
  sightings: readonly Sighting[],
): Clip[] {
  return clipsOf(voice, { ...wish, taken: seenOf(voice, sightings) });
}
