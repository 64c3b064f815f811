import type { Seconds } from "../units.ts";
import type { ContainerKey } from "./containers.ts";
import type { DurationFrom, Flaw } from "./walk/walk.ts";

/** A recording, as far as its file tells. What it does not tell is null. */
export interface Audio {
  /** The recording as the user named it: a path, or `-`. */
  readonly path: string;
  /** The file its bytes are read from; another than `path` when it came by stdin. */
  readonly file: string;
  readonly key: ContainerKey;
  /** Which of its audio tracks counts, from 0. */
  readonly track: number;
  /** The container's name. */
  readonly container: string;
  readonly codec: string | null;
  /** The MIME type to send it with; null when Gemini does not take it as it is. */
  readonly mimeType: string | null;
  readonly sizeBytes: number;
  /** How large a second of its audio is; null when it is not known. */
  readonly bytesPerSecond: number | null;
  readonly duration: Seconds | null;
  readonly durationFrom: DurationFrom;
  readonly channels: number | null;
  /** In Hz. */
  readonly sampleRate: number | null;
  readonly flaws: readonly Flaw[];
}
