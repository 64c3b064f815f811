import type { Milliseconds } from "../../units.ts";
import type { Window } from "../join/join.ts";
import type { People } from "../join/speakers.ts";
import type { Spoken } from "../transcript.ts";
import { firstClips, longestClip } from "./choose.ts";
import { type Clip, clipGap, clipsOf, sum } from "./clips.ts";
import { disputesIn } from "./disputes.ts";
import { facesOf, personIn } from "./faces.ts";
import { linksOf } from "./links.ts";
import { peopleOf } from "./people.ts";
import { settlingClips } from "./settle.ts";
import { type Sighting, sightingsIn } from "./sightings.ts";
import { doublesAmong, suspectsAmong } from "./suspects.ts";
import { type Voice, voicesIn } from "./voices.ts";
import { tellingsNeeded } from "./vouching.ts";

interface Lineup {
  /** What was heard of the recording. */
  readonly windows: readonly Window[];
  /** How much may be asked in all, the silences between clips included. */
  readonly budget: Milliseconds;
  /** How much one request may carry. */
  readonly longest: Milliseconds;
  /** How many people there are at most; null when nobody knows. */
  readonly most: number | null;
}

/** Ten people in each part of the longest recording: more is no talk, but answers that make up labels. */
const mostVoices = 300;

/** Has clips, in this order with `clipGap` between them, told apart by their voices; null where that failed. */
export type AskClips = (clips: readonly Clip[]) => Promise<Pick<Spoken, "segments"> | null>;

export interface LineupOutcome {
  readonly people: People;
  /** Whether somebody is uncertain of whom there was no room for two clips. */
  readonly lacksRoom: boolean;
}

/**
 * Tells who the speakers of a recording are whose parts were answered by themselves: clips of all voices are put
 * side by side and asked about together, and once more where that and what the parts share do not agree. Null where
 * there is nothing to compare, or nobody answered.
 */
export async function lineUp(lineup: Lineup, ask: AskClips): Promise<LineupOutcome | null> {
  const { windows, budget, longest, most } = lineup;
  const voices = voicesIn(windows);
  if (new Set(voices.map(({ answer }) => answer)).size < 2 || voices.length > mostVoices) return null;
  const links = linksOf(windows, voices);
  const sightings: Sighting[] = [];
  let left = budget;
  let count = 0;
  const show = async (clips: readonly Clip[]) => {
    left -= sum(clips);
    const answer = await ask(clips);
    const seen = answer === null ? [] : sightingsIn(answer, clips, count);
    count += 1;
    sightings.push(...seen);
    return seen.some(({ label }) => label !== null);
  };
  const forClips = budget - roomForAnchors(voices, { budget, longest });
  for (let rest = firstClips(voices, { links, budget: forClips }); rest.length > 0; ) {
    const anchors = anchorsIn(sightings);
    const now = fitting(rest, Math.min(left, longest) - sum(anchors));
    if (now.length === 0 || !(await show([...anchors, ...now]))) break;
    rest = rest.slice(now.length);
  }
  if (sightings.every(({ label }) => label === null)) return null;
  const faceOf = facesOf(sightings);
  const disputes = disputesIn({ voices, links, faceOf });
  const { labels, uncertain } = peopleOf({ voices, links, sightings, most });
  const personOf = ({ answer, label }: Voice) =>
    uncertain.get(answer)?.has(label) === true ? null : (labels.get(answer)?.get(label) ?? null);
  const isUnplaced = (voice: Voice) => personOf(voice) === null && faceOf(voice).lineups === 0;
  const doubles = doublesAmong(voices);
  const suspects = [...new Set([...doubles, ...suspectsAmong(voices), ...voices.filter(isUnplaced)])];
  const room = Math.min(left, longest);
  const more = settlingClips({ voices, disputes, suspects, personOf, sightings, budget: room });
  if (more.length > 0) await show(more);
  const people = peopleOf({ voices, links, sightings, most });
  const needed = tellingsNeeded(voices);
  const isShort = (voice: Voice) => {
    const taken = sightings.flatMap(({ clip }) => (clip.voice === voice ? clip : []));
    return taken.length < needed(voice) && clipsOf(voice, { count: 1, length: longest, taken }).length > 0;
  };
  const isUncertain = ({ answer, label }: Voice) => people.uncertain.get(answer)?.has(label) === true;
  return { people, lacksRoom: voices.some((voice) => isUncertain(voice) && isShort(voice)) };
}

/** What it takes to have each person in every line-up but the first once more, where one cannot carry all. */
function roomForAnchors(
  voices: readonly Voice[],
  { budget, longest }: Pick<Lineup, "budget" | "longest">,
): Milliseconds {
  const inAnswer = voices.map(({ answer }) => voices.filter((voice) => voice.answer === answer).length);
  return (Math.ceil(budget / longest) - 1) * Math.max(...inAnswer) * (longestClip + clipGap);
}

/** As many of the first clips as fit. */
function fitting(clips: readonly Clip[], room: Milliseconds): Clip[] {
  return clips.filter((_, index) => sum(clips.slice(0, index + 1)) <= room);
}

/** A clip of each person that is known already, by which those of the next line-up are known again. */
function anchorsIn(sightings: readonly Sighting[]): Clip[] {
  const faceOf = facesOf(sightings);
  const clips = new Map<string, Clip>();
  for (const { clip } of sightings) {
    const person = personIn(faceOf(clip.voice));
    if (person !== null && !clips.has(person)) clips.set(person, clip);
  }
  return [...clips.values()];
}

/** How many voices an answer, or several, tell apart: for who follows what is asked. */
export function countVoices(clips: readonly Clip[]): number {
  return new Set<Voice>(clips.map(({ voice }) => voice)).size;
}
