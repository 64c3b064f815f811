import type { Seconds } from "../../units.ts";
import type { Segment } from "../transcript.ts";
import type { Piece } from "./pieces.ts";
import { joinTexts } from "./seam-tokens.ts";

/** A longer silence of a speaker ends what they said. */
const longestPauseMs = 500;

const mostWords = 40;

/**
 * The segments of windows, one behind the other. Of a segment that the seam cut on both sides, one is made
 * again, unless that would be longer than segments are.
 */
export function joinSegments(windows: readonly (readonly Piece[])[], longest: Seconds): Segment[] {
  const segments: Segment[] = [];
  let open: readonly Piece[] = [];
  for (const pieces of windows) {
    const merged = new Set<Piece>();
    const next = pieces.map((piece) => {
      const before = open.find((one) => !merged.has(one) && areOne(one, piece, longest));
      if (before === undefined) return piece;
      merged.add(before);
      return { ...piece, segment: merge(before.segment, piece.segment) };
    });
    segments.push(...open.filter((piece) => !merged.has(piece)).map(({ segment }) => segment));
    open = next;
  }
  return [...segments, ...open.map(({ segment }) => segment)];
}

function areOne(before: Piece, after: Piece, longest: Seconds): boolean {
  if (!before.isTailless || !after.isHeadless) return false;
  const [left, right] = [before.segment, after.segment];
  if (left.isUncertain !== right.isUncertain) return false;
  if (left.speaker !== right.speaker || wordsIn(left) + wordsIn(right) > mostWords) return false;
  if (left.start === null || left.end === null || right.start === null) return left.start === right.start;
  return (
    right.start - left.end < longestPauseMs && (right.end ?? right.start) - left.start <= longest * 1_000
  );
}

function wordsIn({ words, text }: Segment): number {
  return words?.length || text.split(/\s+/).length;
}

function merge(left: Segment, right: Segment): Segment {
  const ends = [left.end, right.end].filter((end) => end !== null);
  return {
    ...left,
    end: ends.length === 0 ? null : Math.max(...ends),
    text: joinTexts(left.text, right.text),
    language: left.language ?? right.language,
    translation: joinTexts(left.translation ?? "", right.translation ?? "") || null,
    emotion: left.emotion ?? right.emotion,
    words:
      left.words === null && right.words === null ? null : [...(left.words ?? []), ...(right.words ?? [])],
  };
}
