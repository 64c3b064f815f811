import { Failure } from "../../failure.ts";
import { parseTimecode } from "../../timecode.ts";
import type { Milliseconds } from "../../units.ts";
import { cleanText } from "../clean.ts";

/** A line of a file, and its number from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** What is shown between two times. */
export interface Cue {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly lines: readonly string[];
}

/** The lines of a file, whichever way they end. */
export function linesOf(text: string): Line[] {
  return text.split(/\r\n|[\n\r]/).map((line, index) => ({ text: line, number: index + 1 }));
}

/**
 * The cues in these lines: all between one pair of times and the next, but for the next one's counter. What stands
 * before the first is no cue's. Failure `input` that names the line, where one of a pair is no time.
 */
export function cuesIn(lines: readonly Line[]): Cue[] {
  const timings = lines.flatMap((line, index) => {
    const times = timesIn(line);
    return times === null ? [] : [{ ...times, index }];
  });
  return timings.map(({ start, end, index }, place) => {
    const next = timings[place + 1]?.index;
    const behind = lines.slice(index + 1, next).map(({ text }) => text);
    const hasCounter = next !== undefined && isCounter(behind.at(-1) ?? "");
    return { start, end, lines: hasCounter ? behind.slice(0, -1) : behind };
  });
}

function isCounter(text: string): boolean {
  return /^\d{1,9}$/.test(text.trim());
}

interface CueTimes {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** Null for a line that is no pair of times: an arrow may stand in a text, too. */
function timesIn({ text, number }: Line): CueTimes | null {
  const arrow = text.indexOf("-->");
  if (arrow === -1) return null;
  const start = cueTime(text.slice(0, arrow));
  // Settings of the cue may stand behind it.
  const end = cueTime(/^\S*/.exec(text.slice(arrow + 3).trimStart())?.[0] ?? "");
  if (start !== null && end !== null) return { start, end };
  if (start === null && end === null) return null;
  const written = cleanText(text).trim().slice(0, 80);
  throw new Failure("input", `line ${number}: not a pair of times: ${written}`, {
    hint: "a cue begins with a line like 00:01:02.500 --> 00:01:04.000",
  });
}

/** `HH:MM:SS.mmm`, with a comma for the point, and without hours. Alone, a number is no cue's time. */
function cueTime(written: string): Milliseconds | null {
  const text = written.trim();
  if (text.length > longestTime || !text.includes(":")) return null;
  const time = parseTimecode(text);
  return time === null || time > latestMs ? null : time;
}

/** In characters: `9999:00:00.000000` is not longer. */
const longestTime = 20;

/** No recording gets there. */
const latestMs = 1e12;
