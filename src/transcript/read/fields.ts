import { z } from "zod";
import type { Milliseconds } from "../../units.ts";
import { cleanText } from "../clean.ts";

/** In seconds: no recording gets there, and its milliseconds are still whole numbers. */
const latest = 1e9;

export const seconds = z.number().nonnegative().max(latest);

/** A time in seconds, as milliseconds; null where there is none. */
export const time = seconds.nullish().transform(toMilliseconds);

/** Text as it may reach a terminal: a file is trusted no more than a model. */
export const text = z.string().transform(cleanText);

/** Text that may be missing. */
export const aside = text.nullish().transform((value) => value ?? null);

function toMilliseconds(value: number | null | undefined): Milliseconds | null {
  return value === null || value === undefined ? null : Math.round(value * 1_000);
}
