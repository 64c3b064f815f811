import type { Seconds } from "../units.ts";
import type { Model } from "./models.ts";
import { windowLength } from "./windows.ts";

/** How much of a recording may be asked about once more to know its speakers again, in percent: usually, and at most. */
export const defaultLineup = 2;
export const mostLineup = 20;

/** So much may always be asked, of however short a recording. */
const least: Seconds = 60;

/** A clip with the silence behind it, where there are many. */
const clipLength: Seconds = 3;

/** How much audio the line-ups of a recording may have in all, for a share of it. */
export function lineupLimit(duration: Seconds, share: number): Seconds {
  return Math.max(least, duration * share);
}

/** How much one line-up may have. */
export function longestLineup(model: Model): Seconds {
  return windowLength(model, true);
}

/** How many clips are in so much audio at most. */
export function clipsIn(duration: Seconds): number {
  return Math.floor(duration / clipLength);
}
