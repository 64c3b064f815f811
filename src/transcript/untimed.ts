import { noTimes } from "./times.ts";
import type { Segment, Spoken } from "./transcript.ts";

/** Who says nothing for longer begins a new paragraph. */
const paragraphPauseMs = 2_000;

/** Whether a paragraph ends between two segments. */
export function endsParagraph(before: Segment, next: Segment): boolean {
  return before.end !== null && next.start !== null && next.start - before.end > paragraphPauseMs;
}

/**
 * What was said, without the times, of which nobody wants to know: they were but asked for to see that nothing is
 * missing. The text is the model's own, or one of paragraphs where parts were joined.
 */
export function withoutTimes(spoken: Spoken, { isJoined }: { readonly isJoined: boolean }): Spoken {
  const segments = spoken.segments.map((segment) => ({ ...segment, ...noTimes, words: null }));
  return { ...spoken, segments, text: isJoined ? paragraphsOf(spoken.segments) : spoken.text };
}

function paragraphsOf(segments: readonly Segment[]): string {
  return segments
    .map((segment, index) => {
      const before = segments[index - 1];
      if (before === undefined) return segment.text;
      return `${endsParagraph(before, segment) ? "\n" : " "}${segment.text}`;
    })
    .join("");
}
