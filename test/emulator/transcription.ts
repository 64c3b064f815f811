import type { Fault } from "./faults.ts";
import { type Heard, saidIn } from "./hearing/hear.ts";
import { evenly, type VoicedWord } from "./hearing/utterances.ts";
import { loopTurns } from "./loop.ts";
import type { TranscriptionWish } from "./transcription-wish.ts";
import { cutTurns, type OffsetWord, type Turn } from "./turns.ts";

/** What a transcription model answers. */
export interface Transcription {
  readonly turns: readonly Turn<OffsetWord>[];
  /** Whether it tells the words and their times. */
  readonly hasWords: boolean;
}

/** What a transcription model answers: from what was heard, as it is wanted, as far as a fault lets it. */
export function transcribe(
  heard: Heard,
  { mode, hasWords, hasSpeakers }: TranscriptionWish,
  fault: Fault | null,
): Transcription {
  const isTold = hasWords && fault?.kind !== "no-words";
  // Without words there are no speakers either, asked for or not [report].
  const turns = turnsOf(spokenIn(heard, fault), {
    isParted: hasSpeakers && isTold,
    isTidy: mode === "smart",
  });
  const said = fault?.kind === "loop" ? loopTurns(turns, cutTurns(turns, fault.keep), fault) : turns;
  return { turns: labelled(said, fault), hasWords: isTold };
}

/** What is said, in stretches of one voice, in the order in which they begin. */
function spokenIn(heard: Heard, fault: Fault | null): readonly (readonly VoicedWord[])[] {
  if (fault?.kind === "empty") return [];
  if (fault?.kind === "say")
    return [evenly({ voice: "voice 0", start: 0, end: heard.seconds, text: fault.text }).words];
  return saidIn(heard).map(({ words }) => words);
}

const fillers: ReadonlySet<string> = new Set(["um", "uh", "erm"]);

/** The turns, still with each speaker's voice; all words in one where speakers are not told apart. */
function turnsOf(
  spoken: readonly (readonly VoicedWord[])[],
  { isParted, isTidy }: { readonly isParted: boolean; readonly isTidy: boolean },
): Turn<VoicedWord>[] {
  const turns: { speaker: string | null; words: VoicedWord[] }[] = [];
  for (const stretch of spoken) {
    const words = stretch.filter(
      ({ text }) => !isTidy || !fillers.has(text.toLowerCase().replace(/\W/g, "")),
    );
    const speaker = isParted ? (stretch[0]?.voice ?? null) : null;
    const last = turns.at(-1);
    if (words.length === 0) continue;
    if (last?.speaker === speaker) last.words.push(...words);
    else turns.push({ speaker, words });
  }
  return turns.map(({ speaker, words }) => ({ speaker, words: words.toSorted((a, b) => a.start - b.start) }));
}

/** The most speakers that are told apart [doc: the transcribe page]; nothing tells what becomes of the others. */
const mostSpeakers = 8;

/** Speakers are labelled by first appearance; those beyond the eighth are taken for the eighth. */
function labelled(turns: readonly Turn<VoicedWord>[], fault: Fault | null): Turn<OffsetWord>[] {
  const voices = [...new Set(turns.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))];
  const labelOf = (voice: string) => {
    const nth = Math.min(voices.indexOf(voice), mostSpeakers - 1);
    return fault?.kind === "labels" ? `spk:${nth}` : `spk_${nth + 1}`;
  };
  return turns.map(({ speaker, words }) => ({
    speaker: speaker === null ? null : labelOf(speaker),
    words: words.map(({ text, start, end }) => ({
      text,
      start: offsetOf(start, fault),
      end: offsetOf(end, fault),
    })),
  }));
}

/** `0.100s` [doc: the transcribe page]. */
function offsetOf(seconds: number, fault: Fault | null): string {
  if (fault?.kind === "bad-times") return fault.text;
  return `${(fault?.kind === "drift" ? seconds * fault.factor : seconds).toFixed(3)}s`;
}
