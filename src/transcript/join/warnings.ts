import { clockTime } from "../../timecode.ts";
import type { Milliseconds } from "../../units.ts";
import type { Segment } from "../transcript.ts";
import type { Part } from "./parts.ts";

/** What the reader should know of how windows are joined: one warning of each kind, however many the joints. */
export function joinWarnings(parts: readonly Pick<Part, "seam" | "areLabelsSettled">[]): string[] {
  const timesOf = (isSo: (part: Pick<Part, "seam" | "areLabelsSettled">) => boolean) =>
    parts
      .filter(isSo)
      .flatMap(({ seam }) => (seam === null ? [] : [clockTime(seam.at)]))
      .join(", ");
  const disagreed = timesOf(({ seam }) => seam?.kind === "disagreed");
  const changed = timesOf(({ areLabelsSettled }) => !areLabelsSettled);
  return [
    ...(disagreed === ""
      ? []
      : [`parts do not agree at ${disagreed}: words may be missing or come twice there`]),
    ...(changed === "" ? [] : [`who speaks could not be followed past ${changed}: labels may change there`]),
  ];
}

/** Of more stretches than this, only how many there are is told. */
const mostStretches = 8;

/** When it is not certain who speaks. */
export function uncertaintyWarnings(segments: readonly Segment[]): string[] {
  const stretches: { start: Milliseconds; end: Milliseconds }[] = [];
  let isOpen = false;
  for (const { isUncertain = false, start, end } of segments) {
    const last = stretches.at(-1);
    if (isUncertain && start !== null) {
      if (isOpen && last !== undefined) last.end = Math.max(last.end, end ?? start);
      else stretches.push({ start, end: end ?? start });
    }
    isOpen = isUncertain;
  }
  if (stretches.length === 0) return [];
  const told = stretches
    .slice(0, mostStretches)
    .map(({ start, end }) => `${clockTime(start)} to ${clockTime(end)}`);
  const more = stretches.length - told.length;
  const rest = more === 0 ? "" : ` and ${more} times more`;
  return [`it is not certain who speaks from ${told.join(", ")}${rest}`];
}
