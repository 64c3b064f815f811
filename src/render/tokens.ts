import { columnsOf, graphemesOf, wordsOf } from "./columns.ts";

/** How good a place is to break: at the end of a sentence, of a clause, of a word, between two words that no space parts, inside a word. */
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
  const pieces = Array.from(text.matchAll(chunk), (match) => ({ text: match[0], from: match.index })).flatMap(
    (one) => narrowPieces(one, room),
  );
  return pieces.map((piece, index) => {
    const to = piece.from + piece.text.length;
    const isSpaced = piece.from > 0 && text.charAt(piece.from - 1) === " ";
    return { ...piece, to, isSpaced, after: breakBehind(piece, pieces[index + 1]) };
  });
}

/** What stands between spaces, with punctuation that a space parts from it, as French has it: `« Oui ! »`. */
const chunk =
  /(?:[\p{Ps}\p{Pi}]{1,3} )?[^ ]+(?: [\p{Pe}\p{Pf}!?:;.,…]{1,3}(?![^ ]))?(?: [\p{Pe}\p{Pf}](?![^ ]))?/gu;

interface Piece {
  readonly text: string;
  readonly from: number;
}

interface NarrowPiece extends Piece {
  readonly columns: number;
  /** Whether it is a word's beginning or middle, for lack of room for all of it. */
  readonly isBroken: boolean;
}

function narrowPieces(piece: Piece, room: number): NarrowPiece[] {
  if (withoutSpaces.test(piece.text)) {
    const parts = wordPieces(piece);
    if (parts.length > 1) return parts.flatMap((part) => narrowPieces(part, room));
  }
  const columns = columnsOf(piece.text);
  if (columns <= room) return [{ ...piece, columns, isBroken: false }];
  if (piece.text.includes(" ")) return spacedPieces(piece).flatMap((part) => narrowPieces(part, room));
  return brokenPieces(piece, { columns, room });
}

function spacedPieces({ text, from }: Piece): Piece[] {
  return Array.from(text.matchAll(/[^ ]+/g), (match) => ({ text: match[0], from: from + match.index }));
}

/** Scripts that write their words without spaces, and emoji: a line may break on either side of these. */
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\u30fc\uff01-\uff60\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

const endsWithoutSpaces = new RegExp(`${withoutSpaces.source}[\\p{M}\\p{Emoji_Modifier}\\u200d]*$`, "u");
const beginsWithoutSpaces = new RegExp(`^${withoutSpaces.source}`, "u");

/** What does not begin a line: closing punctuation, small kana, marks of repetition (kinsoku, JIS X 4051). */
const beginsNoLine =
  /^[\p{Pe}\p{Pf}\p{M}\s"'、。，．,.!?！？:;：；・…‥ー～〜゛゜ヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ%％‰℃°ๆฯ]/u;

/** What does not end a line. */
const endsNoLine = /[\p{Ps}\p{Pi}\s"'$£¥￥＄€#＃¿¡]$/u;

/** A text in a script without spaces as its words, with the punctuation that belongs to them. */
function wordPieces({ text, from }: Piece): Piece[] {
  const pieces: Piece[] = [];
  let held = "";
  let at = from;
  for (const word of wordsOf(text)) {
    if (held !== "" && mayBreak(held, word)) {
      pieces.push({ text: held, from: at });
      at += held.length;
      held = "";
    }
    held += word;
  }
  return [...pieces, { text: held, from: at }];
}

function mayBreak(before: string, behind: string): boolean {
  const last = before.slice(-16);
  if (beginsNoLine.test(behind) || endsNoLine.test(last)) return false;
  return beginsWithoutSpaces.test(behind) || endsWithoutSpaces.test(last);
}

interface Width {
  readonly columns: number;
  readonly room: number;
}

/** A word that is too long, in pieces of about the same width. */
function brokenPieces({ text, from }: Piece, { columns, room }: Width): NarrowPiece[] {
  const wanted = Math.ceil(columns / Math.ceil(columns / room));
  const pieces: { text: string; from: number; columns: number; isBroken: boolean }[] = [];
  let at = from;
  for (const grapheme of graphemesOf(text)) {
    const width = columnsOf(grapheme);
    const open = pieces.at(-1);
    if (open !== undefined && open.columns + width <= Math.max(wanted, width === 0 ? room : 0)) {
      open.text += grapheme;
      open.columns += width;
    } else if (grapheme.trim() !== "") {
      pieces.push({ text: grapheme, from: at, columns: width, isBroken: true });
    }
    at += grapheme.length;
  }
  const last = pieces.at(-1);
  if (last !== undefined) last.isBroken = false;
  return pieces;
}

function breakBehind({ text, isBroken, from }: NarrowPiece, next: NarrowPiece | undefined): Break {
  if (isBroken) return "inside";
  if (next === undefined) return "sentence";
  const isSpaced = next.from > from + text.length;
  if (sentenceEnd.test(text) && !abbreviation.test(text) && !goesOn.test(next.text)) return "sentence";
  if (clauseEnd.test(text)) return "clause";
  return isSpaced ? "space" : "joint";
}

const sentenceEnd = /[.?!。！？．｡…؟۔।॥።]["'»\p{Pf}\p{Pe}]*$/u;
const clauseEnd = /[.?!…,;:،؛、，；：﹐､–—-]["'»\p{Pf}\p{Pe}]*$/u;

/** A full stop behind these ends no sentence. */
const abbreviation = /^\p{P}*(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Prof|No|Nr|vs|z\.B|d\.h|e\.g|i\.e)\.$/u;

/** What begins in lower case goes on with its sentence. */
const goesOn = /^\p{P}*\p{Ll}/u;
