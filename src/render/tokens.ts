import { type NarrowPiece, piecesOf } from "./pieces.ts";

/**
 * How good a place is to break: at the end of a sentence, of a clause, of a word, between two words that no
 * space parts, inside a word or before what clings to it.
 */
export type Break = "sentence" | "clause" | "space" | "joint" | "inside";

/** A piece of a text that stays on one line: a word with its punctuation, as a rule. */
export interface Token {
  readonly text: string;
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  /** Whether a space stands before it. */
  readonly isSpaced: boolean;
  /** What a break behind it is. */
  readonly after: Break;
}

/**
 * Cuts a text, whose white space is single spaces, where its lines may be broken. Nothing is wider than the room,
 * but for a single grapheme.
 */
export function tokensOf(text: string, room: number): Token[] {
  const pieces = piecesOf(text, room);
  return pieces.map((piece, index) => ({
    text: piece.text,
    from: piece.from,
    to: piece.from + piece.text.length,
    columns: piece.columns,
    isSpaced: piece.from > 0 && text.charAt(piece.from - 1) === " ",
    after: breakBehind(piece, pieces[index + 1]),
  }));
}

function breakBehind({ text, isBroken, from }: NarrowPiece, next: NarrowPiece | undefined): Break {
  if (isBroken) return "inside";
  if (next === undefined) return "sentence";
  const isSpaced = next.from > from + text.length;
  if (isSpaced && letterAtEnd.test(text)) return "space";
  if (sentenceEnd.test(text) && !goesOn.test(next.text)) {
    return abbreviation.test(text) ? "space" : "sentence";
  }
  if (clauseEnd.test(text)) return "clause";
  if (isSpaced) return "space";
  return hiragana.test(next.text) ? "inside" : "joint";
}

/** What most words end with, which is quick to tell. */
const letterAtEnd = /[a-zA-Z0-9]$/;

const sentenceEnd = /[.?!。！？．｡…؟۔।॥።]["'»\p{Pf}\p{Pe}]*$/u;
const clauseEnd = /[.?!…,;:،؛、，；：﹐､–—-]["'»\p{Pf}\p{Pe}]*$/u;

/** A full stop behind these ends no sentence. */
const abbreviation = /^\p{P}*(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Prof|No|Nr|vs|z\.B|d\.h|e\.g|i\.e)\.$/u;

/** What begins in lower case goes on with its sentence. */
const goesOn = /^\p{P}*\p{Ll}/u;

/** What a Japanese word ends with, particles and endings, though segmenters take it for words. */
const hiragana = /^\p{Script=Hiragana}/u;
