import type { Milliseconds } from "../units.ts";

const forms = [
  /^(?<seconds>\d+(?:[.,]\d+)?) ?s?$/,
  /^(?:(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>\d{1,2}(?:[.,]\d+)?)$/,
  // A last part of three digits is no part of a clock: it is the milliseconds.
  /^(?:(?<hours>\d+):)?(?<minutes>\d+):(?<seconds>\d{1,2}:\d{3})$/,
  /^(?:(?<hours>\d+) ?h)? ?(?:(?<minutes>\d+) ?m)? ?(?:(?<seconds>\d+(?:[.,]\d+)?) ?s)?$/,
] as const;

/**
 * Reads a time in any form that models write: `MM:SS`, `H:MM:SS`, `M:SS.mmm`, `MM:SS:mmm`, `75.5`,
 * `75.5s`, `1m23.5s`, 75.5, with a comma for the point, in brackets. Null when it is none of them.
 */
export function parseTimecode(written: string | number): Milliseconds | null {
  if (typeof written === "number") return toMilliseconds(written);
  const text = written
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .trim();
  if (text === "") return null;
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const inSeconds = (parts["seconds"] ?? "0").replace(/[,:]/, ".");
    return toMilliseconds(
      Number(parts["hours"] ?? 0) * 3_600 + Number(parts["minutes"] ?? 0) * 60 + Number(inSeconds),
    );
  }
  return null;
}

function toMilliseconds(duration: number): Milliseconds | null {
  return Number.isFinite(duration) && duration >= 0 ? Math.round(duration * 1_000) : null;
}
