import { createHash } from "node:crypto";
import { z } from "zod";
import type { Heard } from "./hearing/hear.ts";
import { isLineUp } from "./line-up.ts";
import { numberOf } from "./tone/alphabet.ts";

const count = z.int().nonnegative();

/**
 * Which questions a fault waits for, by their audio: all that is given here has to be so. Whatever waits for none
 * strikes before it.
 */
export const whenSchema = z
  .strictObject({
    /** The audio is longer, in seconds. */
    longerThan: z.number().nonnegative().optional(),
    /** The audio is shorter, in seconds. */
    shorterThan: z.number().positive().optional(),
    /** It is a line-up, clips of tone speech with silence between them; or, if false, it is none. */
    lineUp: z.boolean().optional(),
    /** A word of tone speech is heard in it whose number is one of these, the last included. */
    says: z.tuple([count, count]).optional(),
    /**
     * It is among this share of all audio, drawn by its bytes and the seed, whichever is asked first; and it was
     * not struck yet by this fault, or not so many times.
     */
    drawn: z
      .strictObject({
        share: z.number().min(0).max(1),
        seed: z.int(),
        most: z.int().positive().default(1),
      })
      .optional(),
  })
  .refine(
    (when) => Object.keys(when).length > 0,
    "when needs longerThan, shorterThan, lineUp, says or drawn",
  );
export type When = Readonly<z.input<typeof whenSchema>>;

/** How many requests a fault strikes: `always` is for all of them, from now on. */
export const timesSchema = z.union([z.int().positive(), z.literal("always")]);
export type Times = z.infer<typeof timesSchema>;

/** Whether the audio of a question is what a fault waits for, having struck it some times before. */
export function isAwaited(
  { longerThan, shorterThan, lineUp, says, drawn }: When,
  heard: readonly Heard[],
  struck: number,
): boolean {
  const seconds = heard.reduce((sum, one) => sum + one.seconds, 0);
  if (longerThan !== undefined && seconds <= longerThan) return false;
  if (shorterThan !== undefined && seconds >= shorterThan) return false;
  if (lineUp !== undefined && heard.some(isLineUp) !== lineUp) return false;
  if (says !== undefined && !heard.some((one) => isSaid(one, says))) return false;
  if (drawn === undefined) return true;
  return struck < (drawn.most ?? 1) && chance(drawn.seed, digestOf(heard)) < drawn.share;
}

/** What tells one question's audio from another's. */
export function digestOf(heard: readonly Heard[]): string {
  return heard.map(({ digest }) => digest).join(" ");
}

/** A number from 0 to 1 that is drawn by a seed for a text, the same every time. */
export function chance(seed: number, text: string): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE() / 2 ** 32;
}

function isSaid({ words }: Heard, [first, last]: readonly [number, number]): boolean {
  return words.some(({ text }) => {
    const number = numberOf(text);
    return number !== null && number >= first && number <= last;
  });
}
