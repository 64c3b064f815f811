import { base64 } from "./recordings.ts";
import type { SpokenWord } from "./tone/conversation.ts";
import { wavOf } from "./tone/wav.ts";

/** Some of a conversation, as audio of its own: the words keep their numbers and have times of their own. */
export interface Excerpt {
  readonly words: readonly SpokenWord[];
  /** As WAV in base64. */
  readonly audio: string;
}

/** What is said from one time to another, in seconds. */
export function excerptOf(conversation: readonly SpokenWord[], from: number, to: number): Excerpt {
  const within = conversation.filter(({ start, end }) => start >= from && end <= to);
  return excerpt(moved(within, -from), to - from);
}

/** A clip of each turn that is long enough, up to two for each voice, with a second of silence between two. */
export function lineUpOf(conversation: readonly SpokenWord[]): Excerpt {
  const clips: SpokenWord[][] = [];
  const taken = new Map<number, number>();
  for (const turn of turnsOf(conversation)) {
    const [first] = turn;
    const count = taken.get(first?.speaker ?? 0) ?? 0;
    if (first === undefined || turn.length < clipWords || count === 2) continue;
    taken.set(first.speaker, count + 1);
    const end = clips.at(-1)?.at(-1)?.end ?? -1;
    clips.push(moved(turn.slice(0, clipWords), end + 1 - first.start));
  }
  return excerpt(clips.flat(), (clips.at(-1)?.at(-1)?.end ?? 0) + 0.1);
}

const clipWords = 5;

function turnsOf(words: readonly SpokenWord[]): SpokenWord[][] {
  const turns: SpokenWord[][] = [];
  for (const word of words) {
    const last = turns.at(-1);
    if (last?.[0]?.speaker === word.speaker) last.push(word);
    else turns.push([word]);
  }
  return turns;
}

function moved(words: readonly SpokenWord[], seconds: number): SpokenWord[] {
  const at = (time: number) => Math.round((time + seconds) * 1_000) / 1_000;
  return words.map((word) => ({ ...word, start: at(word.start), end: at(word.end) }));
}

function excerpt(words: readonly SpokenWord[], seconds: number): Excerpt {
  const bytes = Buffer.concat([...wavOf({ words, seconds, sampleRate: 16_000 })]);
  return { words, audio: base64(bytes) };
}
