import type { Milliseconds } from "../units.ts";

/**
 * Reads a time in any form that models write: `MM:SS`, `H:MM:SS`, `M:SS.mmm`, `75.5`, `75.5s`, 75.5.
 * Null when it is none of them.
 */
export function parseTimecode(written: string | number): Milliseconds | null {
  if (typeof written === "number") return fromSeconds(written);
  const text = written.trim().replace(",", ".").replace(/s$/, "");
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) return null;
  return fromSeconds(text.split(":").reduce((total, part) => total * 60 + Number(part), 0));
}

function fromSeconds(seconds: number): Milliseconds | null {
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1_000) : null;
}
