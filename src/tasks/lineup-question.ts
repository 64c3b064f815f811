import type { Range } from "../audio/piece.ts";
import { lineupLimit, longestLineup } from "../plan/lineup.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import { choiceFor, type Routing } from "../plan/route.ts";
import { encoded } from "../plan/sending.ts";
import { clipGap } from "../transcript/lineup/clips.ts";
import type { Seconds } from "../units.ts";
import type { Question } from "./question.ts";
import { transcriptQuestion, type WantedTranscript } from "./transcript-question.ts";
import type { WindowedAudio } from "./windows.ts";

/** The silence between two clips. */
export const gap: Seconds = clipGap / 1_000;

/** How long a file is that has these ranges in it. */
export function lengthOf(ranges: readonly Range[]): Seconds {
  return ranges.reduce((sum, { start, end }) => sum + end - start + gap, -gap);
}

/** What is asked of clips: who speaks and when, and nothing else that is wanted of the recording. */
export function wantedOfClips(wanted: WantedTranscript): WantedTranscript {
  return {
    ...wanted,
    asking: { ...wanted.asking, prompt: null },
    system: null,
    terms: [],
    mode: null,
    // Of a few disputed voices there are fewer.
    speakers: null,
    diarize: true,
    isTimed: true,
    translateTo: null,
    emotion: false,
    events: false,
    summary: false,
  };
}

/** Audio of some length that is made of clips of a recording. */
export function clipsOfAudio(whole: SendableAudio, duration: Seconds): SendableAudio {
  const range = { start: 0, end: duration };
  return { ...whole, range, sending: encoded({ audio: whole, range }), notes: [] };
}

/**
 * The question by which the voices of clips are told apart.
 * Errors: as transcriptQuestion.
 */
export function lineupQuestion(wanted: WantedTranscript, routing: Routing, audio: SendableAudio): Question {
  const { start, end } = audio.range;
  return transcriptQuestion(wantedOfClips(wanted), choiceFor(routing, wanted, end - start), audio);
}

interface Windowed {
  readonly wanted: WantedTranscript;
  readonly windowed: readonly WindowedAudio[];
}

/** Whether the speakers of a recording are lined up: it is cut into parts, in which they are told apart by themselves. */
export function mayLineUp({ wanted, windowed }: Windowed): boolean {
  const { diarize, lineup, isTimed } = wanted;
  return diarize && lineup !== null && isTimed && windowed.some(({ windows }) => windows.length > 1);
}

/** The line-ups there may be at most, for a plan; none where there is nothing to line up. */
export function plannedLineups({
  wanted,
  windowed,
  routing,
}: Windowed & { readonly routing: Routing }): readonly Question[] {
  const whole = windowed[0]?.audio;
  if (!mayLineUp({ wanted, windowed }) || whole?.kind !== "local" || wanted.lineup === null) return [];
  const limit = lineupLimit(whole.range.end - whole.range.start, wanted.lineup);
  const longest = longestLineup(routing.choice.model);
  return Array.from({ length: Math.ceil(limit / longest) }, (_, index) => {
    const duration = Math.min(longest, limit - index * longest);
    return lineupQuestion(wanted, routing, clipsOfAudio(whole, duration));
  });
}
