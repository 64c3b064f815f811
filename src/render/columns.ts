import { eastAsianWidth } from "get-east-asian-width";

/** How many columns a text takes: what is twice as wide counts two, what is drawn onto something else none. */
export function columnsOf(text: string): number {
  if (isNarrow(text)) return text.length;
  if (plain.test(text)) return text.length + text.replace(narrowOfPlain, "").length;
  return graphemesOf(text).reduce((columns, grapheme) => columns + graphemeColumns(grapheme), 0);
}

/** Whether a text is in scripts that have spaces, a column and a grapheme each character: quick to tell. */
export function isNarrow(text: string): boolean {
  return narrow.test(text);
}

/** The pieces of a text that must not be broken: an emoji of many characters, a letter with its marks. */
export function graphemesOf(text: string): string[] {
  return plain.test(text) ? text.split("") : segments(text, graphemes);
}

/** The words of a text, and what stands between them, in a script that has no spaces. */
export function wordsOf(text: string): string[] {
  return segments(text, words);
}

/** Latin, Greek, Cyrillic, Hebrew and Arabic letters and common punctuation, one column and one grapheme each. */
const narrow =
  /^[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u055f\u05d0-\u05ea\u060c-\u060f\u061b\u061f-\u064a\u0660-\u066f\u0671-\u06d3\u2010-\u2027\u2030-\u203b\u20a0-\u20bf]*$/;

/** The same, and the characters of Chinese, Japanese and Korean that nothing is ever drawn onto, nor they onto others. */
const plain =
  /^[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u055f\u05d0-\u05ea\u060c-\u060f\u061b\u061f-\u064a\u0660-\u066f\u0671-\u06d3\u2010-\u2027\u2030-\u203b\u20a0-\u20bf\u3001-\u3029\u3041-\u3096\u309d-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;

const narrowOfPlain = /[\0-\u3000]+/g;

function graphemeColumns(grapheme: string): number {
  if (drawnOver.test(grapheme)) return 0;
  if (emoji.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

const drawnOver = /^[\p{M}\p{Cf}\p{Cc}]+$/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
const words = new Intl.Segmenter("und", { granularity: "word" });

/** So much is given to a segmenter at once: with each piece it makes a copy of all it was given. */
const blockLength = 256;

function segments(text: string, segmenter: Intl.Segmenter): string[] {
  const found: string[] = [];
  let length = blockLength;
  for (let at = 0; at < text.length; ) {
    const end = behindPair(text, at + length);
    const pieces = Array.from(segmenter.segment(text.slice(at, end)), ({ segment }) => segment);
    // The last piece may go on behind the block; when it is the only one, a longer block tells.
    if (end < text.length) pieces.pop();
    length = pieces.length === 0 ? length * 2 : blockLength;
    for (const piece of pieces) {
      found.push(piece);
      at += piece.length;
    }
  }
  return found;
}

/** The same place, or the next one when it is between the halves of one character. */
function behindPair(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1)) ? at + 1 : at;
}
