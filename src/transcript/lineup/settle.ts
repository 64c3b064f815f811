import type { Milliseconds } from "../../units.ts";
import type { People } from "../join/speakers.ts";
import { type Clip, clipsOf, roomFor, type Wish } from "./clips.ts";
import { type Dispute, disputesIn } from "./disputes.ts";
import type { Evidence } from "./evidence.ts";
import { isSame, personIn } from "./faces.ts";
import { sharedWith } from "./links.ts";
import { certainly } from "./people.ts";
import type { Sighting } from "./sightings.ts";
import { suspectsAmong } from "./suspects.ts";
import type { Voice } from "./voices.ts";

/** Clips that are new in a settling line-up are so long. */
const newClip: Milliseconds = 4_000;

/** So many more clips tell whether a voice is two people, and so short ones do. */
const suspectClips = 4;
const suspectClip: Milliseconds = 2_500;

interface Settling extends Evidence {
  /** Who the voices are, as far as that is known. */
  readonly people: People;
  readonly sightings: readonly Sighting[];
  /** How much may still be asked. */
  readonly budget: Milliseconds;
}

/**
 * The clips by which disputes are settled, those of the voices that speak most first: what was lined up of them,
 * once more, another clip of each, and beside them one of each person they were taken for, of a voice that nobody
 * doubts. Then more of those who may be two people, or of whom nobody was heard, beside those whom they may be, too.
 * None where there is no room for it.
 */
export function settlingClips({ people, sightings, budget, ...evidence }: Settling): Clip[] {
  const { voices, links, faceOf } = evidence;
  const disputes = disputesIn(evidence);
  const doubted = new Set(disputes.flatMap((dispute) => dispute.voices));
  const anchors = sightings.filter(
    ({ clip, label }) => label !== null && !doubted.has(clip.voice) && personIn(faceOf(clip.voice)),
  );
  const everybody = [...new Set(anchors.map(({ clip }) => personIn(faceOf(clip.voice))))];
  const personOf = (voice: Voice) => certainly(voice, people);
  const personsOf = (voice: Voice) => [...faceOf(voice).persons.keys(), personOf(voice)];
  const chosen: Clip[] = [];
  const choose = (persons: readonly (string | null)[], clips: readonly Clip[]): boolean => {
    // Of whom nothing is known may be anybody.
    const known = (persons.some((person) => person !== null) ? [...new Set(persons)] : everybody).flatMap(
      (person) => longestOf(anchors, (voice) => personIn(faceOf(voice)) === person),
    );
    const all = [...chosen, ...known, ...clips];
    const together = all.filter((clip, index) => all.findIndex((one) => isSame(one, clip)) === index);
    if (roomFor(together) > budget) return false;
    chosen.splice(0, chosen.length, ...together);
    return true;
  };
  const seen = sightings.map(({ clip }) => clip);
  const more = (voice: Voice, wish: Omit<Wish, "taken">) =>
    clipsOf(voice, { ...wish, taken: sharedWith(voice, links, [...seen, ...chosen]) });
  for (const { voices: some, at } of disputes.toSorted((a, b) => spokenIn(b) - spokenIn(a))) {
    const another = { count: 1, length: newClip, near: at };
    const about = (voice: Voice) => [...seen.filter((clip) => clip.voice === voice), ...more(voice, another)];
    choose(some.flatMap(personsOf), some.flatMap(about));
  }
  const unheard = voices.filter((voice) => personOf(voice) === null && !faceOf(voice).isShown);
  for (const voice of new Set([...suspectsAmong(voices), ...unheard])) {
    const others = voices.filter(({ answer }) => answer === voice.answer).map(personOf);
    const absent = everybody.filter((person) => !others.includes(person));
    const several = more(voice, { count: suspectClips, length: suspectClip });
    for (let clips = several; clips.length > 0; clips = clips.slice(0, -1))
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
