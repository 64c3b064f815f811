import type { Milliseconds } from "../../units.ts";
import type { Stretch } from "../coverage.ts";
import { type Clip, clipGap, clipsOf } from "./clips.ts";
import { chainsOf, type Link, otherOf, sharedWith, strongNeighbours } from "./links.ts";
import { suspectsAmong } from "./suspects.ts";
import type { Voice } from "./voices.ts";
import { tellingsNeeded } from "./vouching.ts";

/** Longer clips tell a voice no better. */
export const longestClip: Milliseconds = 6_000;

/** Clips are so long where there is room for that. */
const goodClip: Milliseconds = 4_000;

/** Where there is little room for many voices. */
const tightClip: Milliseconds = 2_000;

/** What the first line-up may take of all that may be asked: the rest is for settling disputes. */
const firstShare = 0.7;

interface Choosing {
  readonly links: readonly Link[];
  /** How much may be asked in all. */
  readonly budget: Milliseconds;
}

/**
 * The clips that are to be lined up first: two of each voice, or as many as with the overlaps in which it speaks make
 * two, as far as there is room; shorter ones where there is little, and then one of each before anybody's second.
 */
export function firstClips(voices: readonly Voice[], { links, budget }: Choosing): Clip[] {
  const able = mostSpoken(voices).filter(
    (voice) => clipsOf(voice, { count: 1, length: goodClip }).length > 0,
  );
  const told = (voice: Voice) =>
    strongNeighbours(voice, links).filter((other) => able.includes(other)).length;
  const pick = (countOf: (voice: Voice) => number, length: Milliseconds) => {
    const chosen: Clip[] = [];
    for (const voice of able) {
      const taken = sharedWith(voice, links, chosen);
      const wish = { count: countOf(voice), length, taken, apart: placesOf(voice, links) };
      chosen.push(...clipsOf(voice, wish));
    }
    return chosen;
  };
  const wanted = tellingsNeeded(voices);
  const enough = (least: number) => (voice: Voice) => Math.max(least, wanted(voice) - told(voice));
  const room = budget * firstShare;
  const ways = [
    { countOf: wanted, shortest: goodClip, room },
    // Where no answer seems to lack anybody, less is needed for disputes.
    ...(suspectsAmong(voices).length === 0 ? [{ countOf: wanted, shortest: goodClip, room: budget }] : []),
    { countOf: enough(1), shortest: goodClip, room },
    { countOf: enough(1), shortest: tightClip, room: budget },
    { countOf: enough(0), shortest: tightClip, room: budget },
  ];
  for (const { countOf, shortest, room: within } of ways) {
    const count = able.reduce((all, voice) => all + countOf(voice), 0);
    const length = Math.floor(within / Math.max(1, count) - clipGap);
    if (length >= shortest) return inHalves(pick(countOf, Math.min(longestClip, length)), { voices, links });
  }
  const all = pick(enough(0), tightClip);
  const inOrder = all.toSorted((a, b) => roundOf(a, all) - roundOf(b, all) || told(a.voice) - told(b.voice));
  return inHalves(inOrder.slice(0, Math.floor(budget / (tightClip + clipGap))), { voices, links });
}

/** Where an overlap tells who a voice is: clips from elsewhere tell whether it is still the same there. */
function placesOf(voice: Voice, links: readonly Link[]): Stretch[] {
  return links
    .filter((link) => link.isStrong && otherOf(link, voice) !== null)
    .map(({ at }) => ({ start: at, end: at }));
}

function mostSpoken(voices: readonly Voice[]): Voice[] {
  return voices.toSorted((a, b) => b.spoken - a.spoken);
}

/**
 * What tells the same is far apart: of the clips of one voice, and of the voices that overlaps tie together, every other
 * one is in the first half, and the rest in the second. A model that changes its mind half way contradicts itself.
 */
function inHalves(clips: readonly Clip[], { voices, links }: Tied): Clip[] {
  const halves = new Map<Clip, number>();
  for (const [index, chain] of chainsOf(voices, links).entries()) {
    const own = chain.flatMap((voice) => clips.filter((clip) => clip.voice === voice));
    for (const [place, clip] of own.entries()) halves.set(clip, (index + place) % 2);
  }
  const half = (clip: Clip) => halves.get(clip) ?? 0;
  return clips.toSorted((a, b) => half(a) - half(b) || a.start - b.start);
}

interface Tied {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
}

/** Whether it is the first clip of its voice, 0, or the second. */
function roundOf(clip: Clip, clips: readonly Clip[]): number {
  return clips.filter(({ voice }) => voice === clip.voice).indexOf(clip);
}
