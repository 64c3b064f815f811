import type { Audio } from "../audio/audio.ts";
import type { Range } from "../audio/piece.ts";
import type { Seconds } from "../units.ts";
import { deliveryFor } from "./delivery.ts";
import { estimateTokens, promptDurationLimit } from "./limits.ts";
import type { Sending } from "./sending.ts";

/** A file that was probed, and how it would travel. */
export interface ProbedFile {
  readonly kind: "probed";
  readonly audio: Audio;
  /** The part that is wanted; null for all of it. */
  readonly range: Range | null;
  /** Null when Gemini does not take it, and it takes ffmpeg to change that. */
  readonly sending: Sending | null;
  readonly tokens: number | null;
  /** By the service's count; null when it was not asked. */
  readonly countedTokens: number | null;
  /** Null when it cannot be sent. */
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
  /** By the service's count; null when that of one file is not known. */
  readonly countedTokens: number | null;
  /** Null when that depends on what is not known. */
  readonly isWithinLimit: boolean | null;
}

export interface ProbeReport {
  readonly files: readonly (ProbedFile | BrokenFile)[];
  readonly total: ProbeTotal;
  /** The model by whose count the service was asked; null when it was not. */
  readonly countedBy: string | null;
}

/** How a probed recording would travel by itself. */
export function probedFile(
  audio: Audio,
  { range, sending }: Pick<ProbedFile, "range" | "sending">,
): ProbedFile {
  const duration = range === null ? audio.duration : range.end - range.start;
  return {
    kind: "probed",
    audio,
    range,
    sending,
    tokens: duration === null ? null : estimateTokens(duration),
    countedTokens: null,
    delivery: sending === null ? null : deliveryFor([sending.bytes], ""),
  };
}

/** Adds files up. A total is only told where every part of it is known. */
export function makeReport(files: ProbeReport["files"], countedBy: ProbeReport["countedBy"]): ProbeReport {
  const counts = files.map((file) => (file.kind === "broken" ? null : file.countedTokens));
  const lengths = files.map((file) => {
    if (file.kind === "broken") return null;
    return file.range === null ? file.audio.duration : file.range.end - file.range.start;
  });
  const known = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
  const isKnown = lengths.every((length) => length !== null);
  return {
    files,
    countedBy,
    total: {
      duration: isKnown ? known : null,
      tokens: isKnown ? estimateTokens(known) : null,
      countedTokens: counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0),
      isWithinLimit: known > promptDurationLimit ? false : isKnown ? true : null,
    },
  };
}
