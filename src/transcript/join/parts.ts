import type { Segment, Spoken } from "../transcript.ts";
import { isPlain, plainSegments } from "./plain.ts";
import type { HeardWindow } from "./rest.ts";
import { findSeam, type Seam } from "./seam.ts";
import { type Token, tokensOf } from "./seam-tokens.ts";
import { type Labels, type People, SpeakerLabels } from "./speakers.ts";

/** What stays of a window, and how it is joined to the one before it. */
export interface Part {
  readonly segments: readonly Segment[];
  readonly tokens: readonly Token[];
  readonly labels: Labels;
  /** The labels of which nobody is certain who they are, though somebody was asked. */
  readonly uncertain: ReadonlySet<string>;
  readonly areLabelsSettled: boolean;
  /** Null for the first. */
  readonly seam: Seam | null;
}

/** Finds the seams between windows, and, where nobody else is known to know it, who speaks on either side of them. */
export function partsOf(windows: readonly HeardWindow[], people: People | null): Part[] {
  const arePlain = windows.every(({ spoken }) => isPlain(spoken));
  const parts: Part[] = [];
  const speakers = new SpeakerLabels();
  let before: HeardWindow | null = null;
  for (const window of windows) {
    const segments = arePlain ? plainSegments(window.spoken) : window.spoken.segments;
    const all = window.isClipped ? tokensWithin(tokensOf(segments), window) : tokensOf(segments);
    const last = parts.pop();
    const seam = last && before && findSeam({ ...before, tokens: last.tokens }, { ...window, tokens: all });
    if (last !== undefined) parts.push({ ...last, tokens: seam?.left ?? last.tokens });
    const tokens = seam?.right ?? all;
    const { labels, isSettled } =
      labelsAmong(people, window.spoken) ??
      speakers.add(tokens, { agreed: seam?.agreed ?? [], answer: window.spoken });
    const uncertain = people?.uncertain.get(window.spoken) ?? new Set();
    parts.push({ segments, tokens, labels, uncertain, areLabelsSettled: isSettled, seam: seam ?? null });
    before = window;
  }
  return parts;
}

function labelsAmong(people: People | null, answer: Spoken) {
  return people && { labels: people.labels.get(answer) ?? new Map(), isSettled: true };
}

/** The words said in a window; those without a time belong to the one before them. */
function tokensWithin(tokens: readonly Token[], { start, end }: Pick<HeardWindow, "start" | "end">): Token[] {
  let at = 0;
  return tokens.filter((token) => {
    at = token.start ?? at;
    return at >= start && at < end;
  });
}
