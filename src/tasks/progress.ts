/** What a task tells the user while it works. All of it goes to stderr. */
export interface Progress {
  /** What is being done now. */
  step(text: string): void;
  /** Bytes on their way, of so many in all (null where nobody knows): to be told how many have gone. */
  transfer(text: string, totalBytes: number | null): (sentBytes: number) => void;
  /** Something the user should know of the result. */
  warn(text: string): void;
  /** What only --verbose shows. */
  detail(text: string): void;
  /** What only --debug shows. */
  debug(text: string): void;
  /** Takes the spinner away, before the result is written. */
  pause(): void;
}
