import { Repetition } from "./repetition.ts";

/** The longest unit that is known again, in words and, where words have no spaces between them, in characters. */
const longestWords = 60;
const longestCharacters = 120;

/** How often people do not say the same: choruses and counting out come less often. */
const leastTimes = 8;

/** From how many words on the same again is a loop, in plain text. */
const leastWordsOfText = 100;

/** So many characters weigh what a word weighs. */
const charactersPerWord = 4;

/** No word is longer; what is, is a script without spaces, or a loop itself. */
const mostOfWord = 200;

/** Who notices that an answer loops. */
export interface Loops {
  /** Takes a piece of the answer; answers whether a loop has been seen. */
  readonly add: (piece: string) => boolean;
  /** The answer begins anew. */
  readonly restart: () => void;
}

interface LoopBounds {
  /** How many words a loop has at least: 100 for text. */
  readonly leastWords?: number;
  /** The same of whole phrases that come again, which nobody says as often as a word or two. */
  readonly leastWordsOfPhrases?: number;
}

/** So many words are a phrase. */
const shortestPhrase = 5;

/**
 * Notices when a model says the same over and over, as it may until its output limit (cookbook#327 [report]).
 * Words are compared without case and punctuation; numbers are skipped, for they may be times that go on.
 */
export class LoopDetector implements Loops {
  private readonly words: Repetition;
  private readonly characters: Repetition;
  /** The word that is not yet ended. */
  private open = "";
  private isLoop = false;

  constructor({ leastWords = leastWordsOfText, leastWordsOfPhrases = leastWords }: LoopBounds = {}) {
    this.words = wordRepetition(leastWords, leastWordsOfPhrases);
    this.characters = characterRepetition(leastWords);
  }

  /** Takes a piece, which may cut words anywhere; answers whether a loop has been seen. */
  add(piece: string): boolean {
    for (const character of piece) {
      if (this.isLoop) break;
      this.take(character.toLowerCase());
    }
    return this.isLoop;
  }

  /** Forgets what it was given. */
  restart(): void {
    this.words.reset();
    this.characters.reset();
    this.open = "";
    this.isLoop = false;
  }

  private take(character: string): void {
    if (isOfWord(character)) {
      if (this.open.length < mostOfWord) this.open += character;
    } else {
      if (isWord(this.open) && this.words.add(this.open) !== null) this.isLoop = true;
      this.open = "";
    }
    if (/\s/.test(character)) this.characters.reset();
    else if (!isDigit(character) && this.characters.add(character) !== null) this.isLoop = true;
  }
}

/** The text with the repetitions of every loop cut to one: what is shown when a model cannot be brought to stop. */
export function withoutLoop(text: string, { leastWords = leastWordsOfText }: LoopBounds = {}): string {
  const words = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(itemOf).filter((word) => isWord(word.text));
  const cut = cutOnce(text, words, wordRepetition(leastWords));
  if (cut !== null) return withoutLoop(cut, { leastWords });
  const characters = [...text.matchAll(/[^\d]/gu)].map(itemOf);
  const shorter = cutOnce(text, characters, characterRepetition(leastWords));
  return shorter === null ? text : withoutLoop(shorter, { leastWords });
}

interface Item {
  readonly text: string;
  readonly start: number;
}

function itemOf(match: RegExpExecArray): Item {
  return { text: match[0].toLowerCase(), start: match.index };
}

/** The text without the first loop's repetitions; null when there is no loop in it. */
function cutOnce(text: string, items: readonly Item[], repetition: Repetition): string | null {
  for (const [index, { text: item }] of items.entries()) {
    if (/^\s$/.test(item)) repetition.reset();
    const loop = /^\s$/.test(item) ? null : repetition.add(item);
    if (loop === null) continue;
    const start = index + 1 - loop.length;
    let end = index + 1;
    while (end < items.length && items[end]?.text === items[end - loop.unit]?.text) end += 1;
    // The answer may have been cut in the middle of a word.
    const isCut = end === items.length - 1 && items[end - loop.unit]?.text.startsWith(items[end]?.text ?? "");
    const behind = items[isCut ? end + 1 : end];
    // What goes on behind a loop goes on in the place where the last repetition broke off.
    const kept = start + loop.unit + (behind === undefined ? 0 : (end - start) % loop.unit);
    const before = text.slice(0, items[kept]?.start);
    return behind === undefined ? before.trimEnd() : before + text.slice(behind.start);
  }
  return null;
}

function wordRepetition(leastWords: number, ofPhrases = leastWords): Repetition {
  const least = (unit: number) => (unit < shortestPhrase ? leastWords : ofPhrases);
  return new Repetition({ longestUnit: longestWords, leastTimes, least });
}

function characterRepetition(leastWords: number): Repetition {
  const least = leastWords * charactersPerWord;
  return new Repetition({ longestUnit: longestCharacters, leastTimes, least: () => least });
}

function isOfWord(character: string): boolean {
  return /[\p{L}\p{N}\p{M}]/u.test(character);
}

/** Whether it is no number, nor something measured in one: `05`, `12s`. */
function isWord(word: string): boolean {
  return word !== "" && !/^\p{N}/u.test(word);
}

function isDigit(character: string): boolean {
  return /\d/.test(character);
}
