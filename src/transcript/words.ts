import type { ModelWord } from "../gemini/model.ts";
import type { Milliseconds, Seconds } from "../units.ts";
import type { Assembled } from "./assemble.ts";
import { cleanText, oneLine } from "./clean.ts";
import { SpeakerNumbers, speakerKey } from "./speakers.ts";
import {
  areBelievable,
  inOrder,
  inRecording,
  isUnreadable,
  noTimes,
  type Part,
  roundingMs,
  type Times,
} from "./times.ts";
import type { Segment, Word } from "./transcript.ts";
import { counted } from "./warnings.ts";
import { groupWords, type HeardWord, type WordGroup } from "./word-groups.ts";
import { joinPieces, piecesOf } from "./word-pieces.ts";
import { mendWordTimes } from "./word-times.ts";

/** What is wanted of a model that answers in words. */
export interface WordWishes {
  readonly hasTimes: boolean;
  readonly hasWords: boolean;
  readonly hasSpeakers: boolean;
  /** The longest segment, 15 seconds unless it is given. */
  readonly longest?: Seconds;
}

const longestSegment: Seconds = 15;

/**
 * Makes segments of the words that a transcription model answered: by speaker, pause and length, the text as
 * the model spaced and punctuated it. Every word is in exactly one of them.
 */
export function spokenOfWords(
  words: readonly ModelWord[],
  text: string,
  wishes: WordWishes,
  part: Part,
): Assembled {
  const told = words
    .map((word) => ({ ...word, text: cleanText(word.text).trim() }))
    .filter((word) => word.text !== "");
  const whole = cleanText(text).trim();
  if (told.length === 0) return withoutWords(whole, wishes);
  const labelled = told.map((word) => ({
    ...word,
    label: wishes.hasSpeakers ? speakerKey(word.speaker) : null,
  }));
  const heard = hear(labelled, whole, part);
  const groups = inOrder(groupWords(heard, (wishes.longest ?? longestSegment) * 1_000));
  const speakers = new SpeakerNumbers();
  return {
    ...unknown,
    segments: groups.map((group, id) => segmentOf(group, wishes, { id, part, speakers })),
    speakers: speakers.all,
    warnings: [
      ...textWarnings(told, whole),
      ...(isTimed(wishes) ? timeWarnings(told, heard) : []),
      ...(wishes.hasSpeakers ? speakerWarnings(heard) : []),
    ],
    isPlausible: !isTimed(wishes) || areBelievable(told, part),
  };
}

/** A model that answers in words tells nothing of these. */
const unknown = { language: null, events: null, summary: null } as const;
const plain = { language: null, translation: null, emotion: null } as const;

function isTimed({ hasTimes, hasWords }: WordWishes): boolean {
  return hasTimes || hasWords;
}

/** All that was said in one segment. */
function withoutWords(text: string, wishes: WordWishes): Assembled {
  const lacks = [...(isTimed(wishes) ? ["times"] : []), ...(wishes.hasSpeakers ? ["speakers"] : [])];
  const isLacking = text !== "" && lacks.length > 0;
  const words = wishes.hasWords ? [] : null;
  return {
    ...unknown,
    segments: text === "" ? [] : [{ ...plain, ...noTimes, id: 0, text, speaker: null, words }],
    speakers: [],
    warnings: isLacking ? [`the model told no ${lacks.join(" and no ")}`] : [],
    isPlausible: !isLacking,
  };
}

interface LabelledWord extends Times {
  readonly text: string;
  readonly label: string | null;
}

/** The words with their piece of the text, and times that can be: each speaker's own go one behind the other. */
function hear(words: readonly LabelledWord[], text: string, part: Part): HeardWord[] {
  const pieces = piecesOf(
    words.map((word) => word.text),
    text,
  );
  const times = new Map<LabelledWord, Times>();
  for (const label of new Set(words.map((word) => word.label))) {
    const own = words.filter((word) => word.label === label);
    for (const [index, mended] of mendWordTimes(own, part).entries()) {
      const word = own[index];
      if (word !== undefined) times.set(word, mended);
    }
  }
  return words.map((word, index) => ({
    text: word.text,
    label: word.label,
    ...(times.get(word) ?? noTimes),
    piece: pieces[index] ?? { text: word.text, isBare: true },
  }));
}

interface Making {
  readonly id: number;
  readonly part: Part;
  readonly speakers: SpeakerNumbers;
}

function segmentOf(group: WordGroup, wishes: WordWishes, { id, part, speakers }: Making): Segment {
  const speaker = speakers.idOf(group.label);
  const text = oneLine(joinPieces(group.words.map(({ piece }) => piece)));
  const words = group.words.map((word): Word => ({ text: word.text, ...inRecording(word, part), speaker }));
  return {
    ...plain,
    ...(wishes.hasTimes ? inRecording(group, part) : noTimes),
    id,
    // The text may give a group nothing, where it has fewer words than the model told.
    text: text === "" ? words.map((word) => word.text).join(" ") : text,
    speaker,
    words: wishes.hasWords ? words : null,
  };
}

/** Some words may have no times of their own before it is told: they are in the text all the same. */
const mostMissing = 0.02;

function textWarnings(told: readonly { readonly text: string }[], text: string): string[] {
  const all = countWords(text);
  const missing = all - told.reduce((sum, word) => sum + countWords(word.text), 0);
  if (missing < 2 || missing <= all * mostMissing) return [];
  return [`${missing} of ${all} words came in the text alone, without times or speakers`];
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function timeWarnings(told: readonly Times[], heard: readonly Times[]): string[] {
  if (told.every(({ start }) => start === null)) return ["the model told no times"];
  const isFar = (a: Milliseconds | null, b: Milliseconds | null | undefined) =>
    a !== null && Math.abs(a - (b ?? a)) > roundingMs;
  const isMoved = ({ start, end }: Times, index: number) =>
    isFar(start, heard[index]?.start) || isFar(end, heard[index]?.end);
  return [
    ...counted(told, isUnreadable, "words came without a time that can be read"),
    ...counted(told, isMoved, "words had impossible times, moved to where they can be"),
  ];
}

function speakerWarnings(heard: readonly HeardWord[]): string[] {
  if (heard.every(({ label }) => label === null)) return ["the model told no speakers"];
  return counted(heard, ({ label }) => label === null, "words came without a speaker");
}
