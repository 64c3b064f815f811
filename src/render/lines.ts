import type { Break, Token } from "./tokens.ts";

/** How much room the lines of a cue have. */
export interface Room {
  /** In columns, of which the first line has fewer: the speaker's name stands there. */
  readonly width: number;
  readonly prefix: number;
  readonly lines: number;
  /** Null for as many as there is room for. */
  readonly wordsPerLine: number | null;
}

/** Lines that fill up while words are added to them: each as full as it can be. */
export class Filling {
  /** How many there are. */
  lines = 0;
  /** Of the last line. */
  columns = 0;
  private words = 0;
  private readonly room: Room;
  private readonly mostWords: number;

  constructor(room: Room) {
    this.room = room;
    this.mostWords = room.wordsPerLine ?? Number.POSITIVE_INFINITY;
  }

  add({ columns, isSpaced }: Token): void {
    const longer = this.columns + (isSpaced ? 1 : 0) + columns;
    const fits = longer <= widthOf(this.lines - 1, this.room) && this.words < this.mostWords;
    if (this.lines > 0 && fits) {
      this.columns = longer;
      this.words += 1;
    } else {
      this.lines += 1;
      this.columns = columns;
      this.words = 1;
    }
  }
}

function widthOf(line: number, { width, prefix }: Room): number {
  return line === 0 ? width - prefix : width;
}

/**
 * Breaks words into as few lines as hold them, about equally long, and better behind punctuation than elsewhere.
 * The least cost of all ways, line by line (as Knuth and Plass break paragraphs).
 */
export function linesOf<T extends Token>(tokens: readonly T[], room: Room): T[][] {
  const count = leastLines(tokens, room);
  if (count === 1) return [[...tokens]];
  const ideal = (room.prefix + columnsOfLine(tokens)) / count;
  const places: Place[][] = [[{ cost: 0, from: 0 }]];
  for (let line = 0; line < count; line += 1) {
    const before = places[line] ?? [];
    places.push(bestEnds(tokens, before, { line, ideal, room, isLast: line === count - 1 }));
  }
  return cutAt(tokens, places);
}

function leastLines(tokens: readonly Token[], room: Room): number {
  const filling = new Filling(room);
  for (const token of tokens) filling.add(token);
  return filling.lines;
}

/** The cheapest way to end a line somewhere; where the line begins then. */
interface Place {
  readonly cost: number;
  readonly from: number;
}

interface Line {
  readonly line: number;
  readonly ideal: number;
  readonly room: Room;
  readonly isLast: boolean;
}

function bestEnds(tokens: readonly Token[], begins: readonly Place[], line: Line): Place[] {
  const best: Place[] = [];
  for (const from of begins.keys()) {
    const begin = begins[from];
    if (begin === undefined) continue;
    const filling = new Filling(lineRoom(line));
    for (let to = from; to < tokens.length; to += 1) {
      const token = tokens[to];
      if (token === undefined) break;
      filling.add(token);
      if (filling.lines > 1) break;
      const cost = begin.cost + lineCost(filling.columns, token, line);
      if (cost < (best[to + 1]?.cost ?? Number.POSITIVE_INFINITY)) best[to + 1] = { cost, from };
    }
  }
  return best;
}

/** A line's own room, as if it were the only one. */
function lineRoom({ line, room }: Line): Room {
  return line === 0 ? room : { ...room, prefix: 0 };
}

function lineCost(columns: number, last: Token, { line, ideal, room, isLast }: Line): number {
  const whole = columns + (line === 0 ? room.prefix : 0);
  const off = (whole - ideal) / ideal;
  return 4 * off * off + (isLast ? 0 : breakCost(last));
}

/** What it costs to end a line, or a cue, behind a word. */
export function breakCost({ after, text }: Token): number {
  return breakCosts[after] + (after === "space" && shortWord.test(text) ? 0.3 : 0);
}

const breakCosts = { sentence: 0, clause: 0.3, space: 1, joint: 1.2, inside: 3 } as const satisfies Record<
  Break,
  number
>;

/** Articles, `Mr.` and the like, which belong to what follows. */
const shortWord = /^\p{L}{1,3}\.?$/u;

function columnsOfLine(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { columns, isSpaced }) => sum + columns + (isSpaced ? 1 : 0), 0);
}

function cutAt<T>(tokens: readonly T[], places: readonly (readonly Place[])[]): T[][] {
  const lines: T[][] = [];
  let to = tokens.length;
  for (let line = places.length - 1; line > 0; line -= 1) {
    const from = places[line]?.[to]?.from ?? 0;
    lines.unshift(tokens.slice(from, to));
    to = from;
  }
  return lines;
}
