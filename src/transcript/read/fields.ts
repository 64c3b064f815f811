import { z } from "zod";
import { toMilliseconds } from "../../units.ts";
import { cleanText } from "../clean.ts";

/** In seconds: no recording gets there, and its milliseconds are still whole numbers. */
const latest = 1e9;

export const seconds = z.number().nonnegative().max(latest);

/** A time in seconds, as milliseconds; null where there is none. */
export const time = seconds
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : toMilliseconds(value)));

/** Text as it may reach a terminal: a file is trusted no more than a model. */
export const text = z.string().transform(cleanText);

/** Text that may be missing. */
export const aside = text.nullish().transform((value) => value ?? null);

/**
 * A list that is read up to the first thing in it that is wrong: nobody wants to hear of a million more, and to
 * collect them takes longer than all else.
 */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(z.unknown()).transform((values, context) => {
    const read: z.output<Item>[] = [];
    for (const [index, value] of values.entries()) {
      const one = item.safeParse(value);
      if (!one.success) {
        const [issue] = one.error.issues;
        const path = [index, ...(issue?.path ?? [])];
        context.addIssue({ code: "custom", message: issue?.message ?? "it is wrong", path });
        return z.NEVER;
      }
      read.push(one.data);
    }
    return read;
  });
}
