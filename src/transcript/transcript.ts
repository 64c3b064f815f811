import type { Usage } from "../plan/usage.ts";
import type { Milliseconds, Seconds } from "../units.ts";

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
  readonly duration: Seconds;
  /** The MIME type it was sent as; null when nothing of it was. */
  readonly sentAs: string | null;
  /** How much was sent of it; before it is made, about so much. */
  readonly sentBytes: number;
}

/** How an answer came about. */
export interface Making {
  readonly model: string;
  readonly usage: Usage;
  /** In US dollars; null when the price or the usage is not known. */
  readonly costUsd: number | null;
  /** What the reader should know: what was repaired, what is missing. */
  readonly warnings: readonly string[];
  /** Whether all that was asked for is here. */
  readonly isComplete: boolean;
}

/** What was said in a recording. */
export interface Transcript {
  readonly text: string;
  /** BCP-47; null when it is not known. */
  readonly language: string | null;
  readonly segments: readonly Segment[];
  readonly speakers: readonly Speaker[];
  readonly source: SourceFacts;
  readonly making: Making;
}

/** What recordings are about. */
export interface Summary {
  readonly text: string;
  readonly sources: readonly SourceFacts[];
  readonly making: Making;
}
