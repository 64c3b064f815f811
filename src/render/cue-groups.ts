import type { Milliseconds } from "../units.ts";
import { breakCost, type Filling, type Room, unfilled, withWord } from "./lines.ts";
import type { TimedToken } from "./token-times.ts";

/** How long a cue is shown, at least and at most (5/6 s and 7 s, as subtitlers have it). */
export const shortestCueMs = 833;
export const longestCueMs = 7_000;

/** A cue does not stand over so long a silence. */
const longestPauseMs = 2_000;

/** No cue has more words, however much room there is. */
const mostWords = 200;

/**
 * Groups the words of one segment into cues that hold as much as there is room and time for, and end where sentences
 * and clauses end and where the speaker pauses: the least cost of all ways.
 */
export function groupsOf(tokens: readonly TimedToken[], room: Room): TimedToken[][] {
  const costs = [0];
  const begins = [0];
  for (let from = 0; from < tokens.length; from += 1) {
    for (const { to, cost } of groupsFrom(tokens, from, room)) {
      const whole = (costs[from] ?? 0) + cost;
      if (whole >= (costs[to] ?? Number.POSITIVE_INFINITY)) continue;
      costs[to] = whole;
      begins[to] = from;
    }
  }
  const groups: TimedToken[][] = [];
  for (let to = tokens.length; to > 0; to = begins[to] ?? 0) groups.push(tokens.slice(begins[to] ?? 0, to));
  return groups.reverse();
}

interface Group {
  readonly to: number;
  readonly cost: number;
}

/** Every cue that may begin with a word. */
function groupsFrom(tokens: readonly TimedToken[], from: number, room: Room): Group[] {
  const groups: Group[] = [];
  const first = tokens[from];
  let filling: Filling = unfilled;
  let inside = 0;
  let columns = 0;
  for (let index = from; index < Math.min(tokens.length, from + mostWords); index += 1) {
    const token = tokens[index];
    if (first === undefined || token === undefined) break;
    filling = withWord(filling, token, room);
    const pause = index === from ? 0 : pauseBetween(tokens[index - 1], token);
    const isTooLong = token.clock + token.length - first.clock > longestCueMs || pause >= longestPauseMs;
    if (index > from && (isTooLong || filling.lines > room.lines)) break;
    inside += index === from ? 0 : costInside(tokens[index - 1], pause);
    columns += token.columns + (token.isSpaced ? 1 : 0);
    const next = tokens[index + 1];
    const shown = next === undefined ? Number.POSITIVE_INFINITY : next.start - first.start;
    const cost = 1 + inside + costBehind(token, next) + costOfShape(columns, shown, room);
    groups.push({ to: index + 1, cost });
  }
  return groups;
}

function pauseBetween(before: TimedToken | undefined, token: TimedToken): Milliseconds {
  return before === undefined ? 0 : Math.max(0, token.clock - before.clock - before.length);
}

/** What it costs not to break where it would be good to. */
function costInside(before: TimedToken | undefined, pause: Milliseconds): number {
  return (before?.after === "sentence" ? 0.6 : 0) + (pause / 1_000) * 0.8;
}

/** What it costs to break behind a word. */
function costBehind(token: TimedToken, next: TimedToken | undefined): number {
  if (next === undefined) return 0;
  const relief = Math.min(pauseBetween(token, next) / 1_000, 1);
  return breakCost(token) * 1.6 * (1 - relief);
}

/** A cue is better not almost empty, and not gone before it can be read. */
function costOfShape(columns: number, shown: Milliseconds, { width, prefix, lines }: Room): number {
  const empty = Math.max(0, 1 - columns / (width * lines - prefix));
  return 0.8 * empty * empty + (shown < shortestCueMs ? 3 : 0);
}
