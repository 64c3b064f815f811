import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Seconds } from "../units.ts";

/** `12m30s`, `1h`, `90s`: each unit at most once, the larger first. */
const withUnits = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/;

/** `SS`, `MM:SS`, `HH:MM:SS`, the seconds with a fraction. */
const withColons = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/;

/** Reads a time as people type it. Errors: commander's InvalidArgumentError. */
export function parseTime(value: string): Seconds {
  const parts = (value === "" ? null : withUnits.exec(value)) ?? withColons.exec(value);
  if (parts === null)
    throw new InvalidArgumentError("It must be a time such as 90, 1:30, 1:02:03.5 or 12m30s.");
  const [, hours = "0", minutes = "0", seconds = "0"] = parts;
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/** Reads a length: a time of more than nothing. Errors: commander's InvalidArgumentError. */
export function parseLength(value: string): Seconds {
  const length = parseTime(value);
  if (length > 0) return length;
  throw new InvalidArgumentError("It must be more than 0.");
}
