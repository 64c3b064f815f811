import type { Seconds } from "../units.ts";

/** How much of a recording may be asked about once more because something is missing; of short ones a minute. */
const share = 0.05;
const least: Seconds = 60;

/** What may be asked about again, in seconds of audio: what is granted is taken from it. */
export interface Allowance {
  readonly take: (seconds: Seconds) => boolean;
}

/** The allowance for a recording of some length. */
export function allowanceFor(duration: Seconds): Allowance {
  let left = Math.max(least, duration * share);
  return {
    take: (seconds) => {
      if (seconds > left) return false;
      left -= seconds;
      return true;
    },
  };
}
