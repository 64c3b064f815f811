import type { Stretch } from "../../../src/transcript/coverage.ts";
import type { Window } from "../../../src/transcript/join/join.ts";
import { type Clip, clipGap } from "../../../src/transcript/lineup/clips.ts";
import type { Segment, Spoken, Word } from "../../../src/transcript/transcript.ts";
import { makeConversation } from "../../emulator/tone/conversation.ts";
import type { createRandom } from "../../support/damage.ts";

type Random = ReturnType<typeof createRandom>;

/** A word of the truth, in milliseconds. */
export interface Said {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
}

export interface TalkOptions {
  readonly seconds: number;
  readonly speakers: number;
  readonly seed: number;
  readonly overlap?: number;
  /** Who says only some of their words: those that begin within a stretch, in seconds. */
  readonly only?: ReadonlyMap<number, readonly (readonly [from: number, to: number])[]>;
}

/** A conversation; who is silent for a while says nothing then. */
export function makeTalk({ only = new Map(), ...options }: TalkOptions): Said[] {
  return makeConversation(options)
    .filter(
      ({ speaker, start }) => only.get(speaker)?.some(([from, to]) => start >= from && start < to) ?? true,
    )
    .map(({ text, speaker, start, end }) => ({
      text,
      speaker,
      start: Math.round(start * 1_000),
      end: Math.round(end * 1_000),
    }));
}

export interface Cutting {
  readonly length: number;
  readonly overlap: number;
  /** Whether words have times of their own. */
  readonly hasWords: boolean;
  /** What a part's model takes the speaker of a word for. */
  readonly mishear?: (word: Said, part: number) => number;
}

/** The parts of a conversation as they are answered, each with labels of its own. */
export function windowsOf(said: readonly Said[], random: Random, { mishear, ...cutting }: Cutting): Window[] {
  const { length, overlap, hasWords } = cutting;
  const whole = (said.at(-1)?.end ?? 0) + 500;
  const windows: Window[] = [];
  for (let start = 0; start === 0 || start + overlap < whole; start += length - overlap) {
    const end = Math.min(whole, start + length);
    const heard = said
      .filter((word) => word.start >= start && word.end <= end)
      .map((word) => ({ ...word, speaker: mishear?.(word, windows.length) ?? word.speaker }));
    windows.push({ start, end, spoken: spokenOf(heard, random, hasWords) });
  }
  return windows;
}

/** Windows of which a stretch of one was asked about again, by itself. */
export function askedAgain(
  windows: readonly Window[],
  { start, end }: Stretch,
  answer: (stretch: Stretch) => Spoken,
): Window[] {
  return windows.flatMap((window) => {
    if (start < window.start || end > window.end) return [window];
    return [
      { ...window, end: start + seam, isClipped: true },
      { start, end, spoken: answer({ start, end }) },
      { ...window, start: end - seam, isClipped: true },
    ];
  });
}

/** How much a stretch that was asked about again shares with what is around it. */
const seam = 10_000;

/** What a model answers about a stretch of a conversation. */
export function answerAbout(said: readonly Said[], random: Random, { start, end }: Stretch): Spoken {
  return spokenOf(
    said.filter((word) => word.start >= start && word.end <= end),
    random,
    true,
  );
}

/** Segments of one speaker each, whose labels are dealt anew. */
function spokenOf(said: readonly Said[], random: Random, hasWords: boolean): Spoken {
  const labels = Array.from({ length: 16 }, (_, index) => `L${index}`);
  const dealt = new Map<number, string>();
  const labelOf = (speaker: number) => {
    const known = dealt.get(speaker) ?? labels.splice(random(labels.length), 1)[0] ?? "";
    dealt.set(speaker, known);
    return known;
  };
  const groups: Said[][] = [];
  for (const word of said) {
    const last = groups.findLast((group) => group[0]?.speaker === word.speaker);
    const goesOn = last !== undefined && word.start - (last.at(-1)?.end ?? 0) < 600 && last.length < 12;
    if (goesOn) last.push(word);
    else groups.push([word]);
  }
  const segments = groups.map((group, id): Segment => {
    const speaker = labelOf(group[0]?.speaker ?? 0);
    const words = group.map(({ text, start, end }): Word => ({ text, start, end, speaker }));
    return {
      id,
      start: group[0]?.start ?? null,
      end: group.at(-1)?.end ?? null,
      text: group.map(({ text }) => text).join(" "),
      speaker,
      language: null,
      translation: null,
      emotion: null,
      words: hasWords ? words : null,
    };
  });
  const text = segments.map((segment) => segment.text).join(" ");
  return { text, language: null, segments, speakers: [], events: null, summary: null };
}

/** What a model answers about clips in one file: the words that are whole in each; null is not heard. */
export function answerTo(
  clips: readonly Clip[],
  said: readonly Said[],
  random: Random,
  {
    hasWords,
    mishear,
  }: { readonly hasWords: boolean; readonly mishear?: (clip: Clip, speaker: number) => number | null },
): Spoken {
  let start = 0;
  const heard = clips.flatMap((clip) => {
    const shift = start - clip.start;
    start += clip.end - clip.start + clipGap;
    return said
      .filter((word) => word.start >= clip.start && word.end <= clip.end)
      .flatMap((word) => {
        const speaker = mishear === undefined ? word.speaker : mishear(clip, word.speaker);
        const { start, end } = word;
        return speaker === null ? [] : [{ ...word, start: start + shift, end: end + shift, speaker }];
      });
  });
  return spokenOf(heard, random, hasWords);
}
