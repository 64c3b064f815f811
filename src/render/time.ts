import type { Milliseconds, Seconds } from "../units.ts";

/** Milliseconds as seconds with a fraction, for JSON; null stays null. */
export function toSeconds(time: Milliseconds | null): Seconds | null {
  return time === null ? null : time / 1_000;
}
