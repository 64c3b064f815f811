import type { Milliseconds } from "../../units.ts";
import { likeness } from "./seam-likeness.ts";

/** A word that may be the same as one of the other side. */
export interface Alignable {
  readonly key: string;
  readonly start: Milliseconds | null;
}

/** The indexes of one word on either side. */
export interface Pair {
  readonly left: number;
  readonly right: number;
}

/** What a word counts more that follows one which is agreed, too: runs are better than scattered words. */
const runBonus = 0.5;

/** What a word counts less whose times are as far apart as they may be: it tells repetitions apart. */
const timeMalus = 0.3;

/**
 * What a word costs that the other side lacks, but for the first of the left and the last of the right, which
 * the other has not heard. Where times tell which words may be the same, it only settles which of several
 * repetitions are; without them, it keeps common words that are far apart from being taken for one.
 */
const lackMalus = { timed: 0.02, untimed: 0.25 } as const;

interface Tolerating {
  readonly tolerance: Milliseconds;
  /** Whether both sides have times. */
  readonly areTimed: boolean;
}

/**
 * Aligns the end of one window with the beginning of the next: the words that both have, in their order.
 * Words are the same only when their times, where both have any, are no further apart than is tolerated.
 */
export function align(
  left: readonly Alignable[],
  right: readonly Alignable[],
  { tolerance, areTimed }: Tolerating,
): Pair[] {
  const malus = areTimed ? lackMalus.timed : lackMalus.untimed;
  const table = new Table(left.length, right.length, malus);
  for (const [row, one] of left.entries())
    for (const [column, other] of right.entries())
      table.fill(row + 1, column + 1, worthOf(one, other, tolerance));
  return table.trace();
}

/** What it is worth to take two words for one; 0 when they are not. */
function worthOf(one: Alignable, other: Alignable, tolerance: Milliseconds): number {
  if (one.start === null || other.start === null) return likeness(one.key, other.key);
  const distance = Math.abs(one.start - other.start);
  if (distance > tolerance) return 0;
  const alike = likeness(one.key, other.key);
  return alike === 0 ? 0 : alike - (timeMalus * distance) / tolerance;
}

/** The steps that lead to a cell, from the cell before it. */
const fromBoth = 1;
const fromLeft = 2;
const fromRight = 3;

/** The best alignments of all beginnings of both sides (Smith and Waterman's, with free ends outside). */
class Table {
  private readonly width: number;
  private readonly best: Float64Array;
  /** The best whose last words are agreed. */
  private readonly matched: Float64Array;
  private readonly steps: Uint8Array;
  /** Whether the best whose last words are agreed has those before them agreed, too. */
  private readonly isRun: Uint8Array;

  private readonly rows: number;
  private readonly lackMalus: number;

  constructor(rows: number, columns: number, malus: number) {
    this.rows = rows;
    this.lackMalus = malus;
    this.width = columns + 1;
    const size = (rows + 1) * this.width;
    this.best = new Float64Array(size);
    this.matched = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.steps = new Uint8Array(size);
    this.isRun = new Uint8Array(size);
    for (let column = 1; column <= columns; column += 1) this.best[column] = -column * malus;
  }

  fill(row: number, column: number, worth: number): void {
    const at = row * this.width + column;
    const before = at - this.width - 1;
    if (worth > 0) {
      const alone = this.best[before] ?? 0;
      const inRun = (this.matched[before] ?? 0) + runBonus;
      this.isRun[at] = inRun > alone ? 1 : 0;
      this.matched[at] = worth + Math.max(inRun, alone);
    }
    const withoutLeft = (this.best[at - this.width] ?? 0) - this.lackMalus;
    const withoutRight = (this.best[at - 1] ?? 0) - this.lackMalus;
    const best = Math.max(this.matched[at] ?? 0, withoutLeft, withoutRight);
    this.best[at] = best;
    this.steps[at] = best === this.matched[at] ? fromBoth : best === withoutLeft ? fromLeft : fromRight;
  }

  /** The pairs of the best alignment of all of the left. */
  trace(): Pair[] {
    const pairs: Pair[] = [];
    let row = this.rows;
    let column = this.bestColumn();
    let isInRun = false;
    while (row > 0 && column > 0) {
      const at = row * this.width + column;
      const step: number | undefined = isInRun ? fromBoth : this.steps[at];
      if (step === fromBoth) pairs.push({ left: row - 1, right: column - 1 });
      isInRun = step === fromBoth && this.isRun[at] === 1;
      if (step !== fromRight) row -= 1;
      if (step !== fromLeft) column -= 1;
    }
    return pairs.reverse();
  }

  private bestColumn(): number {
    const last = this.best.subarray(this.rows * this.width);
    return last.indexOf(Math.max(...last));
  }
}
