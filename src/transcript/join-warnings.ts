import type { Milliseconds } from "../units.ts";
import type { Part } from "./join-parts.ts";

/** What the reader should know of how a window is joined to the one before it. */
export function warningsOf({ seam, areLabelsSettled }: Pick<Part, "seam" | "areLabelsSettled">): string[] {
  if (seam === null) return [];
  const time = clockTime(seam.at);
  return [
    ...(seam.kind === "disagreed"
      ? [`two parts do not agree at ${time}: words may be missing or come twice there`]
      : []),
    ...(areLabelsSettled ? [] : [`who speaks could not be followed past ${time}: labels may change there`]),
  ];
}

/** `HH:MM:SS`, rounded down. */
function clockTime(time: Milliseconds): string {
  const seconds = Math.floor(time / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
