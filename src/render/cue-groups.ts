import type { Milliseconds } from "../units.ts";
import { breakCost, Filling, type Room } from "./lines.ts";
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
  const breaks = tokens.map((token, index) => costBehind(token, tokens[index + 1]));
  for (let from = 0; from < tokens.length; from += 1) {
    groupsFrom({ tokens, from, room }, (to, cost) => {
      const whole = (costs[from] ?? 0) + cost + (breaks[to - 1] ?? 0);
      if (whole >= (costs[to] ?? Number.POSITIVE_INFINITY)) return;
      costs[to] = whole;
      begins[to] = from;
    });
  }
  const groups: TimedToken[][] = [];
  for (let to = tokens.length; to > 0; to = begins[to] ?? 0) groups.push(tokens.slice(begins[to] ?? 0, to));
  return groups.reverse();
}

interface Beginning {
  readonly tokens: readonly TimedToken[];
  readonly from: number;
  readonly room: Room;
}

/** Tells of every cue that may begin with a word, and what it costs, its end aside. */
function groupsFrom({ tokens, from, room }: Beginning, tell: (to: number, cost: number) => void): void {
  const first = tokens[from];
  const filling = new Filling(room);
  let inside = 0;
  let columns = 0;
  let before = first;
  for (let index = from; index < from + mostWords; index += 1) {
    const token = tokens[index];
    if (first === undefined || before === undefined || token === undefined) return;
    filling.add(token);
    if (index > from) {
      const pause = pauseBetween(before, token);
      if (pause >= longestPauseMs || token.clock + token.length - first.clock > longestCueMs) return;
      if (filling.lines > room.lines) return;
      inside += costInside(before, pause);
    }
    columns += token.columns + (token.isSpaced ? 1 : 0);
    const shown = (tokens[index + 1]?.start ?? Number.POSITIVE_INFINITY) - first.start;
    tell(index + 1, 1 + inside + costOfShape(columns, shown, room));
    before = token;
  }
}

function pauseBetween(before: TimedToken, token: TimedToken): Milliseconds {
  return Math.max(0, token.clock - before.clock - before.length);
}

/** What it costs not to break where it would be good to. */
function costInside({ after }: TimedToken, pause: Milliseconds): number {
  return (after === "sentence" ? 0.6 : 0) + (pause / 1_000) * 0.8;
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
