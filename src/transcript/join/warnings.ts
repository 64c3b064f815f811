import { clockTime } from "../../timecode.ts";
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
