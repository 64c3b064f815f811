import type { Milliseconds } from "../../units.ts";
import type { Window } from "../join/join.ts";
import { partsOf } from "../join/parts.ts";
import type { HeardWindow } from "../join/rest.ts";
import type { Spoken } from "../transcript.ts";
import type { Voice } from "./voices.ts";

/** Two voices that say the same words where two windows overlap. */
export interface Link {
  readonly voices: readonly [Voice, Voice];
  /** How many words. */
  readonly words: number;
  /** Whether they are enough, and nearly all that each of the two says there. */
  readonly isMost: readonly [boolean, boolean];
  /** Whether that is so of both. */
  readonly isStrong: boolean;
  /** Where the windows overlap. */
  readonly at: Milliseconds;
}

/** Of fewer words, one may be another speaker's by mistake. */
export const fewestWords = 3;

const strongShare = 0.8;

/** Who says the same in the overlaps of neighbours; the same words may link a voice to several. */
export function linksOf(windows: readonly Window[], voices: readonly Voice[]): Link[] {
  const heard = windows.flatMap(({ spoken, ...window }): HeardWindow[] =>
    spoken === null ? [] : [{ isClipped: false, ...window, spoken }],
  );
  const voiceOf = (answer: Spoken | undefined, label: string | null) =>
    voices.find((voice) => voice.answer === answer && voice.label === label);
  return partsOf(heard, null).flatMap(({ seam }, index) => {
    const [before, after] = [heard[index - 1]?.spoken, heard[index]?.spoken];
    if (seam === null || before === after) return [];
    const pairs = seam.agreed.flatMap(({ left, right }) => {
      const pair = [voiceOf(before, left.speaker), voiceOf(after, right.speaker)] as const;
      return pair[0] === undefined || pair[1] === undefined ? [] : [[pair[0], pair[1]] as const];
    });
    return counted(pairs).map((link) => ({ ...link, at: seam.at }));
  });
}

function counted(pairs: readonly (readonly [Voice, Voice])[]): Omit<Link, "at">[] {
  const links: { voices: readonly [Voice, Voice]; words: number }[] = [];
  for (const pair of pairs) {
    const known = links.find(({ voices }) => voices[0] === pair[0] && voices[1] === pair[1]);
    if (known === undefined) links.push({ voices: pair, words: 1 });
    else known.words += 1;
  }
  const all = (side: 0 | 1, voice: Voice) => pairs.filter((pair) => pair[side] === voice).length;
  return links.map(({ voices, words }) => {
    const isMostOf = (side: 0 | 1) => words >= fewestWords && words >= all(side, voices[side]) * strongShare;
    const isMost = [isMostOf(0), isMostOf(1)] as const;
    return { voices, words, isMost, isStrong: isMost.every(Boolean) };
  });
}

/** The voices that say the same as another one where its answer overlaps with others. */
export function strongNeighbours(voice: Voice, links: readonly Link[]): Voice[] {
  return links.filter(({ isStrong }) => isStrong).flatMap((link) => otherOf(link, voice) ?? []);
}

/** The voices that overlaps tie together, from one answer to the next; by itself whom none ties to another. */
export function chainsOf(voices: readonly Voice[], links: readonly Link[]): Voice[][] {
  const chains: Voice[][] = [];
  for (const voice of voices) {
    if (chains.some((chain) => chain.includes(voice))) continue;
    const chain = [voice];
    for (const one of chain)
      chain.push(...strongNeighbours(one, links).filter((other) => !chain.includes(other)));
    chains.push(chain);
  }
  return chains;
}

/** The other one of a link's voices; null for a voice that is neither. */
export function otherOf({ voices: [one, other] }: Link, voice: Voice): Voice | null {
  if (one === voice) return other;
  return other === voice ? one : null;
}

/**
 * The clips of a voice, and of those who say the same in overlaps: the same seconds tell nothing new under another
 * label.
 */
export function sharedWith<T extends { readonly voice: Voice }>(
  voice: Voice,
  links: readonly Link[],
  clips: readonly T[],
): T[] {
  const same = [voice, ...strongNeighbours(voice, links)];
  return clips.filter((clip) => same.includes(clip.voice));
}
