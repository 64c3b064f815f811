import type { Milliseconds } from "../../units.ts";
import { type Clip, clipsOf, sum } from "./clips.ts";
import type { Dispute } from "./disputes.ts";
import { facesOf, isSame, personIn } from "./faces.ts";
import type { Sighting } from "./sightings.ts";
import type { Voice } from "./voices.ts";

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
