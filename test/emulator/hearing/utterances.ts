import { textOf } from "../tone/alphabet.ts";
import type { HeardWord } from "../tone/listen.ts";

/** A word that was said, and by which voice. Times in seconds. */
export interface VoicedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly voice: string;
}

/** Something that was said. Times in seconds. */
export interface Utterance {
  /** Tells voices apart within this recording; not the label that an answer gives them. */
  readonly voice: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly words: readonly VoicedWord[];
}

/** A voice that says nothing for longer begins anew. */
export const longestPauseSeconds = 0.6;
const mostWords = 12;

/** The words of tone speech by voice, parted where a voice pauses, then in the order in which they begin. */
export function utterancesOf(heard: readonly HeardWord[]): Utterance[] {
  const utterances: VoicedWord[][] = [];
  for (const word of heard.map((_, index) => voiced(heard, index))) {
    const last = utterances.findLast((words) => words[0]?.voice === word.voice);
    const end = last?.at(-1)?.end ?? Number.NEGATIVE_INFINITY;
    const goesOn = word.start - end <= longestPauseSeconds && (last?.length ?? 0) < mostWords;
    if (last !== undefined && goesOn) last.push(word);
    else utterances.push([word]);
  }
  return utterances.flatMap(utteranceOf).toSorted((a, b) => a.start - b.start);
}

function utteranceOf(words: readonly VoicedWord[]): Utterance[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  const text = words.map((word) => word.text).join(" ");
  return [{ voice: first.voice, start: first.start, end: last.end, text, words }];
}

function voiced(heard: readonly HeardWord[], index: number): VoicedWord {
  const word = heard[index];
  if (word === undefined) throw new RangeError(`there is no word ${index}`);
  const { start, end } = word;
  return word.kind === "word"
    ? { text: textOf(word.number), start, end, voice: `voice ${word.speaker}` }
    : { text: `frag${word.symbols}`, start, end, voice: voiceOfFragment(heard, word) };
}

/** A piece of a word does not say who speaks: it is taken for the neighbour in the same band's. */
function voiceOfFragment(
  heard: readonly HeardWord[],
  { start, band }: Extract<HeardWord, { kind: "fragment" }>,
): string {
  const distance = (word: HeardWord) => Math.abs(word.start - start);
  const neighbours = heard.filter((word) => word.kind === "word" && word.speaker % 2 === band);
  const nearest = neighbours.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest?.kind === "word" ? `voice ${nearest.speaker}` : `voice ${band}`;
}

/** What somebody says from one time to another, each of its words as long as the others. */
export function evenly(said: Omit<Utterance, "words">): Utterance {
  const { voice, start, end, text } = said;
  const texts = text.split(/\s+/).filter((word) => word !== "");
  const length = (end - start) / Math.max(1, texts.length);
  const at = (index: number) => Math.round((start + index * length) * 1_000) / 1_000;
  const words = texts.map((word, index) => ({ text: word, start: at(index), end: at(index + 1), voice }));
  return { ...said, words };
}
