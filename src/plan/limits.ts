import type { Seconds } from "../units.ts";

/** The most audio that one prompt may hold, over all its files: 9.5 hours [doc: the audio page]. */
export const promptDurationLimit: Seconds = 34_200;

/**
 * The most that a request may weigh, base64 and prompt included: 20 MB [doc: the audio page;
 * 100 MB elsewhere, but 20 is what every page agrees on].
 */
export const inlineLimitBytes = 20_000_000;

/** The most that the Files API takes as one file: 2 GB [doc: the files page]. */
export const uploadLimitBytes = 2_000_000_000;

/** How many tokens a second of audio is estimated at, whatever the model [doc: the audio page]. */
const estimatedTokensPerSecond = 32;

/** The tokens of a recording, estimated as Google's audio page does. */
export function estimateTokens(duration: Seconds): number {
  return Math.ceil(duration * estimatedTokensPerSecond);
}
