interface Bounds {
  /** How many items the longest unit has that is known again. */
  readonly longestUnit: number;
  readonly leastTimes: number;
  /** How many items all of it has at least, of units of a length. */
  readonly least: (unit: number) => number;
}

/** A unit that came again and again, up to the last item. */
export interface Repeated {
  /** How many items it has. */
  readonly unit: number;
  /** How many items there are of it in all. */
  readonly length: number;
}

/** Follows items and notices when the same ones come over and over, in one step for each length of a unit. */
export class Repetition {
  private readonly bounds: Bounds;
  /** The last items, each at its number modulo their count. */
  private readonly last: string[] = [];
  /** For each length of a unit, how many items in a row are what stood that far before them. */
  private readonly runs: number[];
  private count = 0;

  constructor(bounds: Bounds) {
    this.bounds = bounds;
    this.runs = Array.from({ length: bounds.longestUnit + 1 }, () => 0);
  }

  /** Takes the next item; answers the shortest unit that it repeats often enough, or null. */
  add(item: string): Repeated | null {
    const { longestUnit, leastTimes, least } = this.bounds;
    let repeated: Repeated | null = null;
    for (let unit = 1; unit <= Math.min(longestUnit, this.count); unit += 1) {
      const isSame = this.last[(this.count - unit) % longestUnit] === item;
      const run = isSame ? (this.runs[unit] ?? 0) + 1 : 0;
      this.runs[unit] = run;
      // What repeats a unit repeats all its multiples, too.
      if (repeated === null && run + unit >= leastTimes * unit) repeated = { unit, length: run + unit };
    }
    this.last[this.count % longestUnit] = item;
    this.count += 1;
    return repeated !== null && repeated.length >= least(repeated.unit) ? repeated : null;
  }

  /** Begins anew. */
  reset(): void {
    this.runs.fill(0, 0, this.count);
    this.count = 0;
  }
}
