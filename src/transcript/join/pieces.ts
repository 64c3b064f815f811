import type { Milliseconds } from "../../units.ts";
import type { Segment, Word } from "../transcript.ts";
import { joinPieces, piecesOf } from "../word-pieces.ts";
import { chunksOf, isWorded, type Token } from "./seam-tokens.ts";
import type { Labels } from "./speakers.ts";

/** What stays of a segment. */
export interface Piece {
  readonly segment: Segment;
  /** Whether its first words, or its last, were cut away. */
  readonly isHeadless: boolean;
  readonly isTailless: boolean;
}

interface Keeping {
  readonly tokens: readonly Token[];
  readonly labels: Labels;
  /** The labels of which it is not certain who they are. */
  readonly uncertain: ReadonlySet<string>;
  /** When the last word before the window's first one is said: nothing of it is earlier. Null when not known. */
  readonly floor: Milliseconds | null;
}

/** What stays of a window's segments, when of their words only these do. */
export function keptPieces(segments: readonly Segment[], keeping: Keeping): Piece[] {
  const kept = new Map<number, Token[]>();
  for (const token of keeping.tokens) {
    const own = kept.get(token.segment);
    if (own === undefined) kept.set(token.segment, [token]);
    else own.push(token);
  }
  return segments.flatMap((segment, index) => {
    const tokens = kept.get(index);
    return tokens === undefined ? [] : [finish(cut(segment, tokens), keeping)];
  });
}

/** A segment with these of its words alone. */
function cut(segment: Segment, unsorted: readonly Token[]): Piece {
  const tokens = unsorted.toSorted((a, b) => a.place - b.place);
  const all = segment.words !== null && isWorded(segment) ? segment.words : null;
  const count = all?.length ?? chunksOf(segment.text).length;
  const isHeadless = tokens[0]?.place !== 0;
  const isTailless = tokens.at(-1)?.place !== count - 1;
  if (tokens.length === count) return { segment, isHeadless, isTailless };
  const places = new Set(tokens.map(({ place }) => place));
  const isKept = (_: unknown, place: number) => places.has(place);
  return {
    segment: {
      ...segment,
      text: textOf(segment, isKept),
      translation: segment.translation === null ? null : shareOf(segment.translation, tokens, count),
      words: segment.words?.filter(isKept) ?? null,
      start: isHeadless ? (firstOf(tokens, "start") ?? segment.start) : segment.start,
      end: isTailless ? (firstOf(tokens.toReversed(), "end") ?? segment.end) : segment.end,
    },
    isHeadless,
    isTailless,
  };
}

function textOf({ words, text }: Segment, isKept: (_: unknown, place: number) => boolean): string {
  if (words === null || words.length === 0) return chunksOf(text).filter(isKept).join("").trim();
  const pieces = piecesOf(
    words.map((word) => word.text),
    text,
  );
  return (
    joinPieces(pieces.filter(isKept)) ||
    words
      .filter(isKept)
      .map((word) => word.text)
      .join(" ")
  );
}

/** As much of a translation as stays of the text: nothing tells which word of it is which. */
function shareOf(translation: string, tokens: readonly Token[], count: number): string | null {
  const chunks = chunksOf(translation);
  const place = (at: number) => Math.round((at / count) * chunks.length);
  const [first, last] = [tokens[0]?.place ?? 0, tokens.at(-1)?.place ?? 0];
  return (
    chunks
      .slice(place(first), place(last + 1))
      .join("")
      .trim() || null
  );
}

function firstOf(tokens: readonly Token[], time: "start" | "end"): Milliseconds | null {
  return tokens.find((token) => token[time] !== null)?.[time] ?? null;
}

function finish(piece: Piece, { labels, uncertain, floor }: Keeping): Piece {
  const later = (time: Milliseconds | null) => (time === null ? null : Math.max(time, floor ?? 0));
  const finished = <T extends Word | Segment>(one: T): T => ({
    ...one,
    start: later(one.start),
    end: later(one.end),
    speaker: one.speaker === null ? null : (labels.get(one.speaker) ?? null),
  });
  const { segment } = piece;
  const isUncertain = segment.speaker !== null && uncertain.has(segment.speaker);
  const words = segment.words?.map(finished) ?? null;
  return { ...piece, segment: { ...finished(segment), words, ...(isUncertain && { isUncertain }) } };
}
