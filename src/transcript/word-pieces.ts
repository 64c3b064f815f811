import { type Place, placesOf } from "./word-places.ts";

/** What a word contributes to the text around it. */
export interface Piece {
  readonly text: string;
  /** Whether it is the word itself, for lack of a text that holds it, and needs a space on either side. */
  readonly isBare: boolean;
}

/**
 * Deals a text out to its words, so that it keeps its own spacing and punctuation and nothing of it is lost:
 * what stands between two words that were found goes to the one before, or to words that were not found.
 */
export function piecesOf(words: readonly string[], text: string): Piece[] {
  const places = placesOf(words, text);
  const pieces: Piece[] = [];
  let begin = 0;
  for (let index = 0; index < words.length; ) {
    const place = places[index] ?? null;
    let until = index + 1;
    while (until < words.length && places[until] === null) until += 1;
    const end = beginOf(text, place?.end ?? begin, places[until] ?? null);
    const found = place === null ? null : place.end - begin;
    pieces.push(...deal({ text: text.slice(begin, end), found }, words.slice(index, until)));
    begin = end;
    index = until;
  }
  return pieces;
}

/** The pieces as one text. */
export function joinPieces(pieces: readonly Piece[]): string {
  let text = "";
  let wasBare = false;
  for (const piece of pieces.filter((one) => one.text !== "")) {
    const needsSpace = (piece.isBare || wasBare) && text !== "" && !/\s$/.test(text);
    text += needsSpace ? ` ${piece.text}` : piece.text;
    wasBare = piece.isBare;
  }
  return text.trim();
}

/** Where what belongs to a word begins: opening quotation marks and brackets are its own. Without one, the end. */
function beginOf(text: string, from: number, place: Place | null): number {
  if (place === null) return text.length;
  const { start } = place;
  const opening = /(?:(?<=\s)[^\s\p{L}\p{N}]+|[\p{Ps}\p{Pi}¿¡]+)$/u.exec(text.slice(from, start));
  return start - (opening?.[0].length ?? 0);
}

interface Stretch {
  readonly text: string;
  /** How much of it the first word was found in; null when it was not found. */
  readonly found: number | null;
}

/** Deals a stretch of text out to words of which only the first may have been found in it. */
function deal({ text, found }: Stretch, words: readonly string[]): Piece[] {
  if (found !== null && words.length === 1) return [{ text, isBare: false }];
  const closing =
    found === null ? 0 : found + (/^[^\s\p{L}\p{N}]*\s*/u.exec(text.slice(found))?.[0].length ?? 0);
  const first: Piece[] = found === null ? [] : [{ text: text.slice(0, closing), isBare: false }];
  const lost = words.slice(first.length);
  const chunks = text.slice(closing).match(/[^\p{L}\p{N}]*[\p{L}\p{N}]\S*[^\p{L}\p{N}]*/gu) ?? [];
  if (chunks.length === 0) return [...withRest(first, text.slice(closing)), ...lost.map(bare)];
  // As many as there are words; the last takes all that is left, and words without any stay silent.
  return [
    ...first,
    ...lost.map((_, index) => ({
      text: chunks.slice(index, index === lost.length - 1 ? undefined : index + 1).join(""),
      isBare: false,
    })),
  ];
}

function withRest(first: readonly Piece[], rest: string): Piece[] {
  return first.map((piece) => ({ ...piece, text: piece.text + rest }));
}

function bare(word: string): Piece {
  return { text: word, isBare: true };
}
