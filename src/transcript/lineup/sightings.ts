import type { Milliseconds } from "../../units.ts";
import { isWorded, tokensOf } from "../join/seam-tokens.ts";
import type { Spoken } from "../transcript.ts";
import { type Clip, clipGap } from "./clips.ts";

/** What a line-up made of a clip. */
export interface Sighting {
  readonly clip: Clip;
  /** Which line-up: labels mean the same in one alone. */
  readonly lineup: number;
  /** Whether that one was to settle what others had left in dispute. */
  readonly isSettling: boolean;
  /** Null when nobody was heard in it. */
  readonly label: string | null;
  /** Whether a good part of it was heard from somebody else. */
  readonly isMixed: boolean;
}

/** So much of a clip, in words, is no slip. */
const mixedShare = 0.3;
const mixedWords = 2;

/** How far the times of a line-up's words may be wrong. */
const tolerance = { exact: 200, vague: 1_000 } as const;

/** Reads in the answer to a line-up who was heard in each of its clips. */
export function sightingsIn(
  { segments }: Pick<Spoken, "segments">,
  clips: readonly Clip[],
  { lineup, isSettling }: Pick<Sighting, "lineup" | "isSettling">,
): Sighting[] {
  const margin = segments.every(isWorded) ? tolerance.exact : tolerance.vague;
  const words = tokensOf(segments).flatMap(({ start, end, speaker }) =>
    start === null || speaker === null ? [] : [{ at: (start + (end ?? start)) / 2, speaker }],
  );
  let start: Milliseconds = 0;
  return clips.map((clip): Sighting => {
    const end = start + clip.end - clip.start;
    const inner = Math.min(margin, (end - start) / 4);
    const within = (from: Milliseconds, to: Milliseconds) => words.filter(({ at }) => at >= from && at <= to);
    const sure = within(start + inner, end - inner);
    const heard = sure.length > 0 ? sure : within(start - clipGap / 2, end + clipGap / 2);
    start = end + clipGap;
    return { clip, lineup, isSettling, ...majority(heard.map(({ speaker }) => speaker)) };
  });
}

function majority(speakers: readonly string[]): Pick<Sighting, "label" | "isMixed"> {
  const counts = new Map<string, number>();
  for (const speaker of speakers) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  const [first, second] = [...counts].toSorted(([, a], [, b]) => b - a);
  const other = second?.[1] ?? 0;
  return {
    label: first?.[0] ?? null,
    isMixed: other >= mixedWords && other >= speakers.length * mixedShare,
  };
}
