import type { Milliseconds } from "../units.ts";
import type { Times } from "./times.ts";
import type { Piece } from "./word-pieces.ts";

/** A word, and what is known of it. */
export interface HeardWord extends Times {
  readonly text: string;
  /** Its speaker's key; null for nobody known. */
  readonly label: string | null;
  readonly piece: Piece;
}

/** Words that one speaker says without a break. Times are those of its words, or their neighbours'. */
export interface WordGroup extends Times {
  readonly label: string | null;
  readonly words: readonly HeardWord[];
}

/** A longer silence of a speaker ends what they said. */
const longestPauseMs = 800;

const mostWords = 40;

/** From this length on, the end of a sentence is a good place to break. */
const shortestSentenceMs = 4_000;

/**
 * Groups words by speaker, pause and length. Each speaker has a group of their own open, so that two who talk
 * at once give two groups that overlap, and not a heap of single words.
 */
export function groupWords(words: readonly HeardWord[], longestMs: Milliseconds): WordGroup[] {
  const groups: OpenGroup[] = [];
  const open = new Map<string | null, OpenGroup>();
  for (const [index, { start, end }] of neighboursTimes(words).entries()) {
    const word = words[index];
    if (word === undefined) continue;
    const group = open.get(word.label);
    const isLatest = group === groups.at(-1);
    if (group !== undefined && mayJoin(group, { start, end }, { longestMs, isLatest })) {
      group.words.push(word);
      group.end = end ?? group.end;
      continue;
    }
    const begun = { label: word.label, words: [word], start, end };
    groups.push(begun);
    open.set(word.label, begun);
  }
  return groups;
}

interface OpenGroup {
  readonly label: string | null;
  readonly words: HeardWord[];
  readonly start: Milliseconds | null;
  end: Milliseconds | null;
}

interface Bounds {
  readonly longestMs: Milliseconds;
  /** Whether nobody else has spoken since. */
  readonly isLatest: boolean;
}

function mayJoin(group: OpenGroup, word: Times, { longestMs, isLatest }: Bounds): boolean {
  if (group.words.length >= mostWords) return false;
  // Without times nothing tells a pause; that somebody else spoke does.
  if (group.start === null || group.end === null || word.start === null) return isLatest;
  if (word.start - group.end > longestPauseMs) return false;
  if ((word.end ?? word.start) - group.start > longestMs) return false;
  const last = group.words.at(-1);
  const isSentence = last !== undefined && sentenceEnd.test(last.piece.text || last.text);
  return !(isSentence && group.end - group.start >= shortestSentenceMs);
}

/** With the quotation marks and brackets that close behind it. */
const sentenceEnd = /[.?!。！？…]["'\p{Pf}\p{Pe}]*\s*$/u;

/** Times for grouping alone: a word without any is taken to be said right behind the one before it. */
function neighboursTimes(words: readonly Times[]): Times[] {
  const first = words.find(({ start }) => start !== null)?.start ?? null;
  let last = first;
  return words.map((word) => {
    const start = word.start ?? last;
    const end = word.end ?? start;
    last = end;
    return { start, end };
  });
}
