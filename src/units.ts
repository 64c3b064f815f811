/** A length or a point of time in seconds, with fractions: as audio headers and people give it. */
export type Seconds = number;

/** A length or a point of time in whole milliseconds: as a Transcript keeps it. */
export type Milliseconds = number;

export function toMilliseconds(seconds: Seconds): Milliseconds {
  return Math.round(seconds * 1_000);
}
