import type { Milliseconds } from "../units.ts";
import { graphemesOf } from "./columns.ts";
import { longestCueMs, shortestCueMs } from "./cue-groups.ts";
import type { TimedToken } from "./token-times.ts";

/** A cue before it is known how long it is shown. */
export interface CueDraft {
  /** Whose it is: an id. */
  readonly lane: string | null;
  readonly speaker: string | null;
  readonly isByWord: boolean;
  readonly lines: readonly (readonly TimedToken[])[];
  readonly start: Milliseconds;
  /** When its last word ends. */
  readonly spokenEnd: Milliseconds;
}

interface TimedDraft extends CueDraft {
  readonly end: Milliseconds;
}

/** Between two cues of one speaker, so that it is seen that they are two. */
const gapMs = 80;

/** Cues in order of start, each shown as long as it is said and can be read, as far as the next one lets it. */
export function inTime(drafts: readonly CueDraft[], maxCps: number | null): TimedDraft[] {
  const sorted = drafts.toSorted((a, b) => a.start - b.start);
  const nextOfLane = new NextStarts<string | null>();
  const nextOfAll = new NextStarts<"all">();
  return sorted
    .toReversed()
    .map((draft) => {
      const own = nextOfLane.behind(draft.lane, draft.start);
      const any = nextOfAll.behind("all", draft.start);
      const wanted = Math.max(draft.spokenEnd, Math.min(readEnd(draft, maxCps), any - gapMs));
      return { ...draft, end: endOf(draft, wanted, own) };
    })
    .reverse();
}

/** For cues that are told from the last to the first: when the next one starts. */
class NextStarts<Lane> {
  private readonly known = new Map<Lane, { readonly start: Milliseconds; readonly behind: Milliseconds }>();

  /** The next start behind this one, which is the latest from now on. Infinity for none. */
  behind(lane: Lane, start: Milliseconds): Milliseconds {
    const next = this.known.get(lane) ?? {
      start: Number.POSITIVE_INFINITY,
      behind: Number.POSITIVE_INFINITY,
    };
    const behind = next.start > start ? next.start : next.behind;
    this.known.set(lane, { start, behind });
    return behind;
  }
}

/** When a cue can have been read. */
function readEnd({ start, lines }: CueDraft, maxCps: number | null): Milliseconds {
  if (maxCps === null) return start;
  const characters = lines
    .flat()
    .reduce((sum, { text, isSpaced }) => sum + graphemesOf(text).length + (isSpaced ? 1 : 0), 0);
  return start + Math.ceil((characters / maxCps) * 1_000);
}

/** A cue's end, given when it is to end and when its speaker's next one starts. */
function endOf({ start, spokenEnd }: CueDraft, wanted: Milliseconds, next: Milliseconds): Milliseconds {
  const shortest = start + shortestCueMs;
  const end = Math.min(Math.max(wanted, shortest), start + longestCueMs);
  if (end <= next - gapMs) return end;
  if (next - gapMs >= shortest) return next - gapMs;
  // What is said while the same speaker's next cue begins must be seen, and seen long enough.
  return Math.max(next, Math.min(spokenEnd, shortest));
}
