import type { Milliseconds } from "./units.ts";

const secondsForm = String.raw`(?<seconds>\d+(?:[.,]\d+)?|[.,]\d+)`;
const secondsUnit = "s(?:ec(?:ond)?s?)?";
/** What may stand behind a time that is told as on a clock. */
const behindClock = `(?:Z| ?${secondsUnit})?`;

const forms = [
  new RegExp(`^${secondsForm}(?: ?${secondsUnit})?$`, "i"),
  /^(?<milliseconds>\d+(?:[.,]\d+)?) ?m(?:illi)?s(?:ec(?:ond)?s?)?$/i,
  new RegExp(
    String.raw`^(?:(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>\d{1,2}(?:[.,]\d+)?)${behindClock}$`,
    "i",
  ),
  // A last part of three digits is no part of a clock: it is the milliseconds.
  new RegExp(String.raw`^(?:(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>\d{1,2}:\d{3})${behindClock}$`, "i"),
  // With PT before it, it is ISO 8601's.
  new RegExp(
    String.raw`^(?:PT(?=\d))?(?:(?<hours>\d+) ?h)? ?(?:(?<minutes>\d+) ?m)? ?(?:${secondsForm} ?${secondsUnit})?$`,
    "i",
  ),
];

const brackets = [/^\[([^[\]]*)\]$/, /^\(([^()]*)\)$/, /^<([^<>]*)>$/];

const range = /^(?<start>.*?\d.*?) ?(?:-->|[-–—]) ?(?<end>.*\d.*)$/;

/**
 * Reads a time in any form that models write: `MM:SS`, `H:MM:SS`, `M:SS.mmm`, `MM:SS:mmm`, `75.5`,
 * `75.5s`, `75.5 seconds`, `500ms`, `1m23.5s`, `PT1M23.5S`, 75.5, with a comma for the point, in brackets. Of a
 * range, `edge` tells which end is wanted. Null when it is none of them.
 */
export function parseTimecode(
  written: string | number,
  edge: "start" | "end" = "start",
): Milliseconds | null {
  if (typeof written === "number") return toMilliseconds(written);
  if (written.length > longest) return null;
  const text = bare(written);
  const ends = range.exec(text)?.groups;
  if (ends === undefined) return parseOne(text);
  const start = parseOne(bare(ends["start"] ?? ""));
  const end = parseOne(bare(ends["end"] ?? ""));
  if (start === null || end === null) return null;
  return edge === "start" ? start : end;
}

/** No time is longer, in characters; what is may be a model in a loop. */
const longest = 80;

/** Without what may stand around a time, and with plain spaces. */
function bare(written: string): string {
  const text = written.replace(/\s+/g, " ").trim();
  return brackets.reduce((left, form) => left.replace(form, "$1").trim(), text);
}

function parseOne(text: string): Milliseconds | null {
  if (text === "") return null;
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const inUnits = (part: string | undefined) => Number((part ?? "0").replace(/[,:]/, "."));
    const { hours, minutes, seconds, milliseconds } = parts;
    return toMilliseconds(
      inUnits(hours) * 3_600 + inUnits(minutes) * 60 + inUnits(seconds) + inUnits(milliseconds) / 1_000,
    );
  }
  return null;
}

function toMilliseconds(duration: number): Milliseconds | null {
  return Number.isFinite(duration) && duration >= 0 ? Math.round(duration * 1_000) : null;
}

/** `HH:MM:SS`, rounded down: where to look in a player. */
export function clockTime(time: Milliseconds): string {
  const seconds = Math.floor(time / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** `MM:SS`, and from one hour on `HH:MM:SS`, rounded down. */
export function minuteTime(time: Milliseconds): string {
  return clockTime(time).replace(/^00:/, "");
}
