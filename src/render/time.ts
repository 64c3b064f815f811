import type { Milliseconds, Seconds } from "../units.ts";

/** Milliseconds as seconds with a fraction, for JSON; null stays null. */
export function toSeconds(time: Milliseconds | null): Seconds | null {
  return time === null ? null : time / 1_000;
}

/** `HH:MM:SS`, rounded down: where to look in a player. */
export function clockTime(time: Milliseconds): string {
  const seconds = Math.floor(time / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
