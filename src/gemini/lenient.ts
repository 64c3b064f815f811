import { z } from "zod";

/** What may be missing from an answer, or odd in it, is null then: the rest of the answer is paid for, and kept. */
export function lenient<T extends z.ZodType>(schema: T) {
  return schema.nullish().catch(null);
}

/** A list; what in it is of another form is null, and its neighbours are kept. */
export function listOf<T extends z.ZodType>(schema: T) {
  return lenient(z.array(lenient(schema)));
}

export const text = lenient(z.string());
export const count = lenient(z.number());
