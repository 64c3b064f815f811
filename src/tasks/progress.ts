import type { Seconds } from "../units.ts";

/** What a task tells the user while it works. All of it goes to stderr. */
export interface Progress {
  /** What is being done now. */
  step(text: string): void;
  /** Bytes on their way, of so many in all (null where nobody knows): to be told how many have gone. */
  transfer(text: string, totalBytes: number | null): (sentBytes: number) => void;
  /** Parts that are asked about, several at once: to be told of each that is there. */
  parts(work: PartsWork): PartsProgress;
  /** Something the user should know of the run, that is nothing to worry about. */
  tell(text: string): void;
  /** Something the user should know of the result. */
  warn(text: string): void;
  /** What only --verbose shows. */
  detail(text: string): void;
  /** What only --debug shows. */
  debug(text: string): void;
  /** Takes the spinner away, before the result is written. */
  pause(): void;
}

/** So many parts of a recording, which hold so much audio together: what they share counts in each. */
interface PartsOf {
  readonly parts: number;
  readonly audio: Seconds;
}

export interface PartsWork extends PartsOf {
  /** How many are asked about at once. */
  readonly jobs: number;
}

/** Told how the parts of a recording come along. */
export interface PartsProgress {
  /** A part was asked about, and is done. */
  done(audio: Seconds): void;
  /** A part is done that took no asking: its answer was kept, or there is nothing to hear in it. */
  skipped(audio: Seconds): void;
  /** There are more parts than was thought: what was left out is asked for again, or one is split. */
  added(more: PartsOf): void;
}
