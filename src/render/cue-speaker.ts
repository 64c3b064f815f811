import type { CueLimits } from "../invocation.ts";
import { columnsOf, graphemesOf } from "./columns.ts";

/**
 * What stands before a cue's text, so that it is known who speaks: `Anna: `. At most half a line: a longer name is
 * shortened. Empty when nobody is known, or a line is too narrow for any name.
 */
export function speakerPrefix(
  speaker: string | null,
  { maxLineWidth }: Pick<CueLimits, "maxLineWidth">,
): string {
  const room = Math.floor(maxLineWidth / 2) - columnsOf(": ");
  if (speaker === null || room < 1) return "";
  return `${shortened(speaker, room)}: `;
}

function shortened(name: string, room: number): string {
  if (columnsOf(name) <= room) return name;
  const kept: string[] = [];
  let left = room - columnsOf("…");
  for (const grapheme of graphemesOf(name)) {
    left -= columnsOf(grapheme);
    if (left < 0) break;
    kept.push(grapheme);
  }
  return `${kept.join("").trimEnd()}…`;
}
