import { columnsOf, graphemesOf, isNarrow, wordsOf } from "./columns.ts";

interface Piece {
  readonly text: string;
  readonly from: number;
}

export interface NarrowPiece extends Piece {
  readonly columns: number;
  /** Whether it is a word's beginning or middle, for lack of room for all of it. */
  readonly isBroken: boolean;
}

/** Cuts a text, whose white space is single spaces, into pieces that a line may begin and end with. */
export function piecesOf(text: string, room: number): NarrowPiece[] {
  const chunks = matches(text, loosePunctuation.test(text) ? chunk : simpleChunk);
  if (isNarrow(text)) return chunks.flatMap((one) => fitting(one, room));
  return chunks
    .flatMap((one) => (withoutSpaces.test(one.text) ? wordPieces(one) : [one]))
    .flatMap((one) => fitting(one, room));
}

function matches(text: string, pattern: RegExp): Piece[] {
  return Array.from(text.matchAll(pattern), (match) => ({ text: match[0], from: match.index }));
}

/** What stands between spaces, with punctuation that a space parts from it, as French has it: `« Oui ! »`. */
const chunk =
  /(?:[\p{Ps}\p{Pi}]{1,3} )?[^ ]+(?: [\p{Pe}\p{Pf}!?:;.,…]{1,3}(?![^ ]))?(?: [\p{Pe}\p{Pf}](?![^ ]))?/gu;

/** The same where there is no such punctuation. */
const simpleChunk = /[^ ]+/g;

const loosePunctuation = /(?:^| )\p{P}{1,3}(?: |$)/u;

function fitting(piece: Piece, room: number): NarrowPiece[] {
  const { text, from } = piece;
  const columns = columnsOf(text);
  if (columns <= room) return [{ text, from, columns, isBroken: false }];
  if (!text.includes(" ")) return brokenPieces(piece, { columns, room });
  return matches(text, simpleChunk).flatMap((one) =>
    fitting({ text: one.text, from: from + one.from }, room),
  );
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
  let last = "";
  let at = from;
  for (const word of wordsOf(text)) {
    if (held !== "" && mayBreak(last, word)) {
      pieces.push({ text: held, from: at });
      at += held.length;
      held = "";
    }
    held += word;
    last = word;
  }
  pieces.push({ text: held, from: at });
  return pieces;
}

function mayBreak(before: string, behind: string): boolean {
  const end = before.slice(-16);
  if (beginsNoLine.test(behind) || endsNoLine.test(end)) return false;
  return beginsWithoutSpaces.test(behind) || endsWithoutSpaces.test(end);
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
