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
  const forked = forksIn(links).filter(({ voices: [voice] }) => voice && faceOf(voice).lineups < 2);
  return [
    ...torn.map((voice) => ({ voices: [voice], at: null })),
    ...clashing.map((pair) => ({ voices: pair, at: null })),
    ...parted.map(({ voices: pair, at }) => ({ voices: pair, at })),
    ...forked,
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

/** The voices that say all that two voices of a neighbour say: the service may have taken these for one. */
function forksIn(links: readonly Link[]): Dispute[] {
  const ends = links.flatMap(({ voices: [one, other], isMost: [isMostOfOne, isMostOfOther], at }) => [
    ...(isMostOfOne ? [{ from: one.answer, to: other, at }] : []),
    ...(isMostOfOther ? [{ from: other.answer, to: one, at }] : []),
  ]);
  const isSecond = (end: (typeof ends)[number], index: number) =>
    ends.slice(0, index).some(({ from, to }) => from === end.from && to === end.to);
  return ends.filter(isSecond).map(({ to, at }) => ({ voices: [to], at }));
}

/**
 * The voices that may be two people without anybody having noticed: those of answers that tell fewer apart than
 * others do, the one that speaks most first.
 */
export function suspectsAmong(voices: readonly Voice[]): Voice[] {
  const answers = [...new Set(voices.map(({ answer }) => answer))];
  const byAnswer = answers.map((answer) =>
    voices.filter((voice) => voice.answer === answer).toSorted((a, b) => b.spoken - a.spoken),
  );
  const most = Math.max(...byAnswer.map(({ length }) => length));
  const lacking = byAnswer.filter(({ length }) => length < most);
  return Array.from({ length: most }, (_, rank) =>
    lacking.flatMap((some) => some.slice(rank, rank + 1)),
  ).flat();
}

/** Clips that are new in a settling line-up are so long. */
const newClip: Milliseconds = 4_000;

/** So many more clips tell whether a voice is two people. */
const suspectClips = 3;

interface Settling {
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
 * doubts. Then more of the suspects. None where there is no room for it.
 */
export function settlingClips({ disputes, suspects, personOf, sightings, budget }: Settling): Clip[] {
  const faceOf = facesOf(sightings);
  const doubted = new Set(disputes.flatMap(({ voices }) => voices));
  const anchors = sightings.filter(({ clip }) => !doubted.has(clip.voice) && personIn(faceOf(clip.voice)));
  const chosen: Clip[] = [];
  const choose = (voices: readonly Voice[], clips: readonly Clip[]) => {
    const faces = voices.flatMap((voice) => [...faceOf(voice).persons.keys(), personOf(voice)]);
    // Of whom nothing is known may be anybody.
    const persons = faces.some((person) => person !== null)
      ? faces
      : anchors.map(({ clip }) => personIn(faceOf(clip.voice)));
    const known = [...new Set(persons)].flatMap((person) =>
      longestOf(anchors, (voice) => personIn(faceOf(voice)) === person),
    );
    const all = [...chosen, ...known, ...clips];
    const together = all.filter((clip, index) => all.findIndex((one) => isSame(one, clip)) === index);
    if (sum(together) <= budget) chosen.splice(0, chosen.length, ...together);
  };
  for (const dispute of disputes.toSorted((a, b) => spokenIn(b) - spokenIn(a)))
    choose(
      dispute.voices,
      dispute.voices.flatMap((voice) => clipsAbout(voice, dispute, sightings)),
    );
  for (const voice of suspects)
    choose([voice], moreOf(voice, { count: suspectClips, near: null }, sightings));
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
  return [...seenOf(voice, sightings), ...moreOf(voice, { count: 1, near: at }, sightings)];
}

function seenOf(voice: Voice, sightings: readonly Sighting[]): Clip[] {
  return sightings.map(({ clip }) => clip).filter((clip) => clip.voice === voice);
}

function moreOf(
  voice: Voice,
  wish: { readonly count: number; readonly near: Milliseconds | null },
  sightings: readonly Sighting[],
): Clip[] {
  return clipsOf(voice, { ...wish, length: newClip, taken: seenOf(voice, sightings) });
}
