import type { Milliseconds } from "../../units.ts";
import { type Clip, clipGap, clipsOf, sum } from "./clips.ts";
import { suspectsAmong } from "./disputes.ts";
import type { Link } from "./links.ts";
import type { Voice } from "./voices.ts";

/** Longer clips tell a voice no better. */
const longestClip: Milliseconds = 6_000;

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
 * The clips that are to be lined up first: two of each voice, or one, or one of those alone that say the same in
 * overlaps, as far as there is room; shorter ones where there is little. Those of one voice are far apart, so that
 * a model that changes its mind half way gives itself away.
 */
export function firstClips(voices: readonly Voice[], { links, budget }: Choosing): Clip[] {
  const able = voices.filter((voice) => clipsOf(voice, { count: 1, length: goodClip }).length > 0);
  const heads = headsOf(able, links);
  const room = budget * firstShare;
  const ways = [
    { of: able, each: 2, shortest: goodClip, room },
    // Where no answer seems to lack anybody, less is needed for disputes.
    ...(suspectsAmong(voices).length === 0 ? [{ of: able, each: 2, shortest: goodClip, room: budget }] : []),
    { of: able, each: 1, shortest: goodClip, room },
    { of: heads, each: 1, shortest: goodClip, room },
    { of: heads, each: 1, shortest: tightClip, room: budget },
  ];
  for (const { of, each, shortest, room: within } of ways) {
    const length = Math.floor(within / Math.max(1, of.length * each) - clipGap);
    if (length < shortest) continue;
    const clips = pick(of, { each, length: Math.min(longestClip, length) });
    const all = shortest === goodClip ? filled(clips, able, { length: goodClip, room: within }) : clips;
    return inRounds(all, voices);
  }
  const most = Math.floor(budget / (tightClip + clipGap));
  return pick(mostSpoken(heads).slice(0, most), { each: 1, length: tightClip });
}

function pick(
  voices: readonly Voice[],
  { each, length }: { readonly each: number; readonly length: Milliseconds },
): Clip[] {
  return voices.flatMap((voice) => clipsOf(voice, { count: each, length }));
}

/** Of voices that overlaps tell to be one, the one that is best heard. */
function headsOf(voices: readonly Voice[], links: readonly Link[]): Voice[] {
  const groups = new Map(voices.map((voice) => [voice, [voice]]));
  for (const { voices: pair, isStrong } of links) {
    const [one, other] = [groups.get(pair[0]), groups.get(pair[1])];
    if (!isStrong || one === undefined || other === undefined || one === other) continue;
    one.push(...other);
    for (const voice of other) groups.set(voice, one);
  }
  return [...new Set(groups.values())].flatMap((group) => {
    const best = group.toSorted((a, b) => bestLength(b) - bestLength(a))[0];
    return best === undefined ? [] : [best];
  });
}

function bestLength(voice: Voice): Milliseconds {
  return sum(clipsOf(voice, { count: 2, length: longestClip }));
}

/** The room that is left goes to the voices with the fewest clips, and of those to the ones who speak most. */
function filled(
  clips: readonly Clip[],
  voices: readonly Voice[],
  { length, room }: { readonly length: Milliseconds; readonly room: Milliseconds },
): Clip[] {
  const all = [...clips];
  for (let count = 0; count < mostEach; count += 1)
    for (const voice of mostSpoken(voices)) {
      const taken = all.filter((clip) => clip.voice === voice);
      const [next] = taken.length > count ? [] : clipsOf(voice, { count: 1, length, taken });
      if (next !== undefined && sum([...all, next]) <= room) all.push(next);
    }
  return all;
}

/** More clips of a voice tell nothing new. */
const mostEach = 2;

function mostSpoken(voices: readonly Voice[]): Voice[] {
  return voices.toSorted((a, b) => b.spoken - a.spoken);
}

/**
 * The first clip of each voice, then the second of each; and of every other answer first, so that a model that changes
 * its mind half way contradicts what neighbours share.
 */
function inRounds(clips: readonly Clip[], voices: readonly Voice[]): Clip[] {
  const answers = [...new Set(voices.map(({ answer }) => answer))];
  const round = (clip: Clip) => clips.filter(({ voice }) => voice === clip.voice).indexOf(clip);
  const half = ({ voice }: Clip) => answers.indexOf(voice.answer) % 2;
  return clips.toSorted((a, b) => round(a) - round(b) || half(a) - half(b) || a.start - b.start);
}
