import { convert } from "../support/ffmpeg.ts";

/** A cue as a reader finds it in a file. */
export interface ReadCue {
  /** In milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** A strict reader of SubRip: throws what it does not understand. */
export function readSrt(text: string): ReadCue[] {
  if (text === "") return [];
  return text.split("\n\n").map((block, index) => {
    const [counter, times = "", ...lines] = block.split("\n");
    const stamp = "(\\d\\d+):([0-5]\\d):([0-5]\\d),(\\d{3})";
    const found = new RegExp(`^${stamp} --> ${stamp}$`).exec(times)?.slice(1).map(Number);
    if (counter !== String(index + 1) || found === undefined || lines.length === 0) {
      throw new Error(`not a cue: ${block}`);
    }
    return { start: milliseconds(found.slice(0, 4)), end: milliseconds(found.slice(4)), lines };
  });
}

function milliseconds([hours = 0, minutes = 0, seconds = 0, rest = 0]: readonly number[]): number {
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest;
}

/** When ffmpeg shows the cues of a file, in milliseconds. */
export function timesByFfmpeg(text: string): { readonly start: number; readonly end: number }[] {
  const options = ["-map", "0:s", "-c", "copy", "-f", "framecrc"];
  const printed = new TextDecoder().decode(convert(new TextEncoder().encode(`${text}\n`), options, "crc"));
  return printed
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [, , start = 0, duration = 0] = line.split(",").map(Number);
      return { start, end: start + duration };
    });
}
