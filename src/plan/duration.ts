import type { Seconds } from "../units.ts";

/** A length as H:MM:SS, rounded up to the second so that what is over a limit never reads as on it. */
export function formatDuration(duration: Seconds): string {
  const whole = Math.ceil(duration);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3_600)}:${two(Math.floor((whole % 3_600) / 60))}:${two(whole % 60)}`;
}
