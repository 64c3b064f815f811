import type { Milliseconds } from "../units.ts";
import type { Making, SourceFacts } from "./transcript.ts";

/** A place in a recording to which an answer points. */
export interface Citation {
  /** The recording's number, from 1; null when there is one alone, or the model named none. */
  readonly recording: number | null;
  readonly start: Milliseconds;
  /** Null for a moment. */
  readonly end: Milliseconds | null;
}

/** A stretch of a recording that is about one thing. It lasts until the next. */
export interface Chapter {
  /** The recording's number, from 1; null when there is one alone. */
  readonly recording: number | null;
  /** Null when the model gave none that makes sense. */
  readonly start: Milliseconds | null;
  readonly title: string;
  readonly text: string;
}

/** What a model answered to one question about recordings. */
export interface Reply {
  /** As the user put it; null where the command itself asks. */
  readonly question: string | null;
  readonly text: string;
  /** Null when they were not asked for. */
  readonly citations: readonly Citation[] | null;
  /** Null when they were not asked for. */
  readonly chapters: readonly Chapter[] | null;
  /** What the text is as JSON; null when none was asked for, or it is none. */
  readonly value: { readonly json: unknown } | null;
}

/** The replies to all questions about recordings, and how they came about. */
export interface Replies {
  readonly replies: readonly Reply[];
  readonly sources: readonly SourceFacts[];
  readonly making: Making;
}
