import type { Audio } from "../audio/audio.ts";
import type { Seconds } from "../units.ts";
import { deliveryFor } from "./delivery.ts";
import { estimateTokens, promptDurationLimit } from "./limits.ts";

/** A file that was probed, and how it would travel. */
export interface ProbedFile {
  readonly kind: "probed";
  readonly audio: Audio;
  readonly tokens: number | null;
  /** Null when Gemini does not take it as it is. */
  readonly delivery: "inline" | "upload" | null;
}

/** A file that could not be. */
export interface BrokenFile {
  readonly kind: "broken";
  readonly path: string;
  readonly error: string;
}

/** What several files come to, held against the cap of one prompt. */
interface ProbeTotal {
  /** Null when one file's length is not known. */
  readonly duration: Seconds | null;
  readonly tokens: number | null;
  /** Null when that depends on what is not known. */
  readonly isWithinLimit: boolean | null;
}

export interface ProbeReport {
  readonly files: readonly (ProbedFile | BrokenFile)[];
  readonly total: ProbeTotal;
}

/** How a probed recording would travel by itself. */
export function probedFile(audio: Audio): ProbedFile {
  return {
    kind: "probed",
    audio,
    tokens: audio.duration === null ? null : estimateTokens(audio.duration),
    delivery: audio.mimeType === null ? null : deliveryFor([audio], ""),
  };
}

/** Adds files up. A total is only told where every part of it is known. */
export function makeReport(files: ProbeReport["files"]): ProbeReport {
  const lengths = files.map((file) => (file.kind === "probed" ? file.audio.duration : null));
  const known = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
  const isKnown = lengths.every((length) => length !== null);
  return {
    files,
    total: {
      duration: isKnown ? known : null,
      tokens: isKnown ? estimateTokens(known) : null,
      isWithinLimit: known > promptDurationLimit ? false : isKnown ? true : null,
    },
  };
}
