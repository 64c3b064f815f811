import { type Repeated, Repetition } from "./repetition.ts";

/** A unit of so many segments is known again. */
const longestUnit = 20;

const leastTimes = 8;

/**
 * Segments up to where they come again and again, once: what is shown of an answer that was left within a loop.
 * Their words are compared, not their times, which go on.
 */
export function withoutLoopedSegments<T extends { readonly text: string }>(
  segments: readonly T[],
): readonly T[] {
  const repetition = new Repetition({ longestUnit, leastTimes, least: () => leastTimes });
  let loop: Repeated | null = null;
  for (const { text } of segments) {
    loop = repetition.add(
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
        .trim(),
    );
  }
  return loop === null ? segments : segments.slice(0, segments.length - loop.length + loop.unit);
}
