import type { Segment, Transcript } from "../transcript/transcript.ts";

/**
 * A transcript as whisper's TSV (openai/whisper, whisper/utils.py, WriteTSV): times in integer milliseconds, empty
 * where there is none.
 */
export function renderTsv({ segments }: Transcript): string {
  return ["start\tend\ttext", ...segments.map(row)].join("\n");
}

function row({ start, end, text }: Segment): string {
  return [start ?? "", end ?? "", text.replace(breaks, " ").trim()].join("\t");
}

/** What ends a cell, or a line for one reader or another: Python's splitlines takes all of these for ends. */
const breaks = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
