/** How something long is told of: as a line that changes, or as one line now and then. */
export interface TellingManner {
  readonly now: () => number;
  /** Shows where it is. */
  readonly show: (text: string) => void;
  /** Whether each text takes the place of the last. */
  readonly isLive: boolean;
}

/** Rates of the first moments say nothing. */
const settledMs = 500;

/** Without a terminal, a line is printed for each so many percent. */
const linePercent = 10;

/** Less is over before anybody reads of it. */
const worthTelling = 1_000_000;

/**
 * Follows a transfer: amount, rate and time left, or a line every ten percent. Of one whose size nobody knows only the
 * amount can be told.
 */
export function followTransfer(
  { now, show, isLive }: TellingManner,
  { text, totalBytes }: { readonly text: string; readonly totalBytes: number | null },
): (sentBytes: number) => void {
  const started = now();
  let told = 0;
  show(text);
  if (totalBytes === null) {
    return isLive ? (sentBytes) => show(`${text}: ${megabytes(sentBytes)} MB`) : () => {};
  }
  if (totalBytes < worthTelling) return () => {};
  return (sentBytes) => {
    const elapsedMs = now() - started;
    if (!isLive) {
      const percent = Math.floor((100 * sentBytes) / totalBytes);
      if (percent < told + linePercent) return;
      told = percent - (percent % linePercent);
      return show(`${text}: ${told} %`);
    }
    const amount = `${text}: ${megabytes(sentBytes)} of ${megabytes(totalBytes)} MB`;
    if (elapsedMs < settledMs) return show(amount);
    const bytesPerSecond = (sentBytes / elapsedMs) * 1_000;
    const left = (totalBytes - sentBytes) / bytesPerSecond;
    show(`${amount}, ${megabytes(bytesPerSecond)} MB/s, ${timeLeft(left)} left`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}

function timeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
