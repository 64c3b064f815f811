import type { Milliseconds } from "../../units.ts";
import { sum } from "./choose.ts";
import { type Clip, clipsOf } from "./clips.ts";
import { type Face, facesOf, isSame, personIn } from "./faces.ts";
import type { Link } from "./links.ts";
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
 * What line-ups contradict: one voice that is two people, two voices of one answer that are one person, or two that
 * say the same in an overlap and are not. Where the two have been lined up again, the line-ups count for more.
 */
export function disputesIn({ voices, links, faceOf }: Evidence): Dispute[] {
  const personOf = (voice: Voice) => personIn(faceOf(voice));
  const torn = voices.filter((voice) => faceOf(voice).persons.size > 1 || faceOf(voice).isMixed);
  const clashing = voices.flatMap((one, index) =>
    voices
      .slice(index + 1)
      .filter((other) => other.answer === one.answer && personOf(one) !== null)
      .filter((other) => personOf(other) === personOf(one))
      .map((other) => [one, other]),
  );
  const parted = links.filter(({ voices: [one, other], isStrong }) => {
    const isKnown = personOf(one) !== null && personOf(other) !== null;
    const isSettled = faceOf(one).lineups > 1 && faceOf(other).lineups > 1;
    return isStrong && isKnown && personOf(one) !== personOf(other) && !isSettled;
  });
  return [
    ...torn.map((voice) => ({ voices: [voice], at: null })),
    ...clashing.map((pair) => ({ voices: pair, at: null })),
    ...parted.map(({ voices: pair, at }) => ({ voices: pair, at })),
  ];
}

/** Clips that are new in a settling line-up are so long. */
const newClip: Milliseconds = 4_000;

interface Settling {
  readonly disputes: readonly Dispute[];
  readonly sightings: readonly Sighting[];
  /** How much may still be asked. */
  readonly budget: Milliseconds;
}

/**
 * The clips by which disputes are settled, those of the voices that speak most first: what was lined up of them,
 * once more, another clip of each, and beside them one of each person they were taken for, of a voice that nobody
 * doubts. None where there is no room for it.
 */
export function settlingClips({ disputes, sightings, budget }: Settling): Clip[] {
  const faceOf = facesOf(sightings);
  const doubted = new Set(disputes.flatMap(({ voices }) => voices));
  const anchors = sightings.filter(({ clip }) => !doubted.has(clip.voice) && personIn(faceOf(clip.voice)));
  const chosen: Clip[] = [];
  for (const dispute of disputes.toSorted((a, b) => spokenIn(b) - spokenIn(a))) {
    const persons = new Set(dispute.voices.flatMap((voice) => [...faceOf(voice).persons.keys()]));
    const known = [...persons].flatMap((person) =>
      longestOf(anchors, (voice) => personIn(faceOf(voice)) === person),
    );
    const more = [
      ...known,
      ...dispute.voices.flatMap((voice) => clipsAbout(voice, dispute, sightings)),
    ].filter(
      (clip, index, all) =>
        !chosen.some((one) => isSame(one, clip)) && all.findIndex((one) => isSame(one, clip)) === index,
    );
    if (sum([...chosen, ...more]) <= budget) chosen.push(...more);
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
  const taken = sightings.map(({ clip }) => clip).filter((clip) => clip.voice === voice);
  return [...taken, ...clipsOf(voice, { count: 1, length: newClip, taken, near: at })];
}
