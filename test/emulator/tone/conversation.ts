import { randomFrom } from "../../transcript/random.ts";
import { mostSpeakers, textOf, wordMs } from "./alphabet.ts";

/** A word of the truth, times in seconds. */
export interface SpokenWord {
  readonly text: string;
  readonly number: number;
  readonly speaker: number;
  readonly start: number;
  readonly end: number;
}

export interface ConversationOptions {
  readonly seconds: number;
  readonly speakers: number;
  /** The same seed gives the same conversation. */
  readonly seed?: number;
  /** The share of turns that begin before the last one has ended, 0 to 1. */
  readonly overlap?: number;
  /** Stretches in which nobody speaks, in seconds. */
  readonly silences?: readonly (readonly [start: number, end: number])[];
}

/** Word starts are multiples of this, so that times are exact at every usual sample rate. */
const gridMs = 10;
const wordGapMs = 130;
const sentenceGapMs = 350;

/**
 * Makes up a conversation: turns of 3 to 20 words, pauses like talk, every word numbered in the order
 * of its start. The first word begins half a second in, the last ends before the recording does.
 */
export function makeConversation(options: ConversationOptions): SpokenWord[] {
  const { seconds, speakers, seed = 1, overlap = 0, silences = [] } = options;
  if (speakers < 1 || speakers > mostSpeakers)
    throw new RangeError(`1 to ${mostSpeakers} speakers, not ${speakers}`);
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const limitMs = seconds * 1_000 - wordMs - 200;
  const starts: { speaker: number; startMs: number }[] = [];
  let timeMs = 500;
  let speaker = 0;
  while (timeMs <= limitMs) {
    const words = between(3, 20);
    for (let word = 0; word < words && timeMs <= limitMs; word += 1) {
      timeMs = afterSilence(timeMs, silences);
      if (timeMs > limitMs) break;
      starts.push({ speaker, startMs: timeMs });
      timeMs += wordMs + (word % 7 === 6 ? sentenceGapMs : wordGapMs);
    }
    const next = speakers === 1 ? speaker : (speaker + between(1, speakers - 1)) % speakers;
    const mayOverlap = next % 2 !== speaker % 2 && words > 3 && random() < overlap;
    timeMs = grid(timeMs + (mayOverlap ? -between(800, 2_000) : between(300, 1_500)));
    speaker = next;
  }
  return starts
    .toSorted((a, b) => a.startMs - b.startMs)
    .map(({ speaker: who, startMs }, number) => ({
      text: textOf(number),
      number,
      speaker: who,
      start: startMs / 1_000,
      end: (startMs + wordMs) / 1_000,
    }));
}

function afterSilence(timeMs: number, silences: ConversationOptions["silences"]): number {
  const hit = silences?.find(([start, end]) => timeMs + wordMs > start * 1_000 && timeMs < end * 1_000);
  return hit === undefined ? timeMs : grid(hit[1] * 1_000 + 200);
}

function grid(timeMs: number): number {
  return Math.round(timeMs / gridMs) * gridMs;
}
