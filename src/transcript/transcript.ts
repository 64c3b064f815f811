import type { Usage } from "../plan/usage.ts";
import type { Milliseconds, Seconds } from "../units.ts";

/** A word, and when it is said. */
export interface Word {
  readonly text: string;
  /** Null when the model gave none that makes sense. */
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  /** A Speaker's id; null when speakers were not asked for. */
  readonly speaker: string | null;
}

/** How something is said. */
export const emotions = ["happy", "sad", "angry", "neutral"] as const;
export type Emotion = (typeof emotions)[number];

/** A stretch of speech, by one speaker where speakers are known. */
export interface Segment {
  /** Its place in the transcript, from 0. */
  readonly id: number;
  /** Null when times were not asked for, or the model gave none that make sense. */
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  readonly text: string;
  /** A Speaker's id; null when speakers were not asked for. */
  readonly speaker: string | null;
  /** Whether parts of the recording do not tell for certain that it is this speaker; left out where they do. */
  readonly isUncertain?: boolean;
  /** BCP-47; null when it is not known. */
  readonly language: string | null;
  /** Null when none was asked for, or none came. */
  readonly translation: string | null;
  readonly emotion: Emotion | null;
  /** Null when words were not asked for. */
  readonly words: readonly Word[] | null;
}

/** A sound that is no speech. */
export interface SoundEvent {
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  /** What it is: `laughter`, `music`. */
  readonly label: string;
}

/** A stretch of which it is not known what is said. */
export interface Gap {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly reason: string;
}

export interface Speaker {
  /** `SPEAKER_00`, `SPEAKER_01` …, in order of first appearance. */
  readonly id: string;
  /** Null until somebody gives one. */
  readonly name: string | null;
}

/** What of a recording stays in a document about it. */
export interface SourceFacts {
  readonly path: string;
  /** Null when Gemini does not take the file as it is, or it is not known. */
  readonly mimeType: string | null;
  readonly codec: string | null;
  /** Null when it is not known: of an upload that was not asked about. */
  readonly sizeBytes: number | null;
  /** Null when it is not known: of a video on YouTube. */
  readonly duration: Seconds | null;
  /** The MIME type it was sent as; null when nothing of it was. */
  readonly sentAs: string | null;
  /** How much was sent of it; before it is made, about so much. */
  readonly sentBytes: number;
}

/** Clips of a recording that were asked about once more, beside each other. */
export interface LineupUse {
  readonly requests: number;
  readonly clips: number;
  /** Of all that was asked about, with the silences between clips. */
  readonly duration: Seconds;
  /** In US dollars; null when the price or the usage is not known. */
  readonly costUsd: number | null;
}

/** How an answer came about. */
export interface Making {
  /** What of it went into comparing the voices of a long recording's parts; left out where nothing did. */
  readonly lineup?: LineupUse;
  /** Null when it is not known: of a transcript that was read from another program's file. */
  readonly model: string | null;
  readonly usage: Usage;
  /** In US dollars; null when the price or the usage is not known. */
  readonly costUsd: number | null;
  /** The day of the prices behind the cost (ISO date); null when it is not known. */
  readonly pricesAsOf: string | null;
  /** What the reader should know: what was repaired, what is missing. */
  readonly warnings: readonly string[];
  /** Whether all that was asked for is here. */
  readonly isComplete: boolean;
}

/** What was said, as it is put into a transcript. */
export interface Spoken {
  readonly text: string;
  /** BCP-47; null when it is not known. */
  readonly language: string | null;
  readonly segments: readonly Segment[];
  readonly speakers: readonly Speaker[];
  /** Null when they were not asked for. */
  readonly events: readonly SoundEvent[] | null;
  /** Null when none was asked for, or none came. */
  readonly summary: string | null;
}

/** What was said in a recording, and how that is known. */
export interface Transcript extends Spoken {
  readonly gaps: readonly Gap[];
  readonly source: SourceFacts;
  readonly making: Making;
}
