import type { Milliseconds } from "../../units.ts";
import type { Window } from "../join/join.ts";
import type { People } from "../join/speakers.ts";
import type { Spoken } from "../transcript.ts";
import { firstClips, longestClip } from "./choose.ts";
import { type Clip, clipGap, clipsOf, roomFor } from "./clips.ts";
import { facesOf, isSame, personIn } from "./faces.ts";
import { linksOf } from "./links.ts";
import { certainly, peopleOf } from "./people.ts";
import { settlingClips } from "./settle.ts";
import { type Sighting, sightingsIn } from "./sightings.ts";
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

/** Ten people in each part of the longest recording: more take long to compare, and are labels that answers make up. */
const mostVoices = 300;

/** Has clips, in this order with `clipGap` between them, told apart by their voices; null where that failed. */
export type AskClips = (clips: readonly Clip[]) => Promise<Pick<Spoken, "segments"> | null>;

export interface LineupOutcome {
  /** Null where nobody knows more than the overlaps tell. */
  readonly people: People | null;
  /** Why nobody was asked; null where somebody was, or there was nothing to compare. */
  readonly why: string | null;
  /** Whether somebody is uncertain of whom there was no room for enough clips. */
  readonly lacksRoom: boolean;
}

/**
 * Tells who the speakers of a recording are whose parts were answered by themselves: clips of all voices are put
 * side by side and asked about together, and once more where that and what the parts share do not agree.
 */
export async function lineUp(lineup: Lineup, ask: AskClips): Promise<LineupOutcome> {
  const { windows, budget, longest, most } = lineup;
  const nobody = { people: null, why: null, lacksRoom: false };
  const voices = voicesIn(windows);
  if (new Set(voices.map(({ answer }) => answer)).size < 2) return nobody;
  if (voices.length > mostVoices)
    return { ...nobody, why: `${voices.length} voices are too many to compare` };
  const links = linksOf(windows, voices);
  const sightings: Sighting[] = [];
  let left = budget;
  let count = 0;
  const show = async (clips: readonly Clip[], isSettling: boolean) => {
    left -= roomFor(clips);
    const answer = await ask(clips);
    const seen = answer === null ? [] : sightingsIn(answer, clips, { lineup: count, isSettling });
    count += 1;
    sightings.push(...seen);
    return seen.some(({ label }) => label !== null);
  };
  const forClips = Math.max(0, budget - roomForAnchors(voices, { budget, longest }));
  const first = firstClips(voices, { links, budget: forClips });
  if (first.length === 0) return { ...nobody, why: "no voice is heard alone for long enough" };
  for (let rest = first; rest.length > 0; ) {
    const anchors = anchorsIn(sightings);
    const now = fitting(rest, Math.min(left, longest) - roomFor(anchors));
    if (now.length === 0 || !(await show([...anchors, ...now], false))) break;
    rest = rest.slice(now.length);
  }
  if (sightings.every(({ label }) => label === null)) return nobody;
  const evidence = () => ({ voices, links, faceOf: facesOf(sightings) });
  const known = evidence();
  let people = peopleOf(known, most);
  const more = settlingClips({ ...known, people, sightings, budget: Math.min(left, longest) });
  if (more.length > 0 && (await show(more, true))) people = peopleOf(evidence(), most);
  return { people, why: null, lacksRoom: isShortOf(people, voices, sightings) };
}

/** Whether somebody is uncertain of whom more clips could have been asked about. */
function isShortOf(people: People, voices: readonly Voice[], sightings: readonly Sighting[]): boolean {
  const needed = tellingsNeeded(voices);
  return voices.some((voice) => {
    const clips = sightings.flatMap(({ clip }) => (clip.voice === voice ? clip : []));
    const taken = clips.filter((clip, index) => clips.findIndex((other) => isSame(clip, other)) === index);
    const [next] = clipsOf(voice, { count: 1, length: longestClip, taken });
    return certainly(voice, people) === null && taken.length < needed(voice) && next !== undefined;
  });
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
  return clips.filter((_, index) => roomFor(clips.slice(0, index + 1)) <= room);
}

/** A clip of each person that is known already, by which those of the next line-up are known again. */
function anchorsIn(sightings: readonly Sighting[]): Clip[] {
  const faceOf = facesOf(sightings);
  const clips = new Map<string, Clip>();
  for (const { clip, label } of sightings) {
    const person = label === null ? null : personIn(faceOf(clip.voice));
    if (person !== null && !clips.has(person)) clips.set(person, clip);
  }
  return [...clips.values()];
}

/** How many voices there are clips of: for who follows what is asked. */
export function countVoices(clips: readonly Clip[]): number {
  return new Set<Voice>(clips.map(({ voice }) => voice)).size;
}
