import type { Audio } from "../audio/audio.ts";
import type { Range } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Seconds } from "../units.ts";
import type { Sending } from "./sending.ts";

/** A recording whose length is known, and what is sent of it. */
export interface SendableAudio extends Audio {
  readonly kind: "local";
  readonly duration: Seconds;
  /** All of it, or the part that is wanted. */
  readonly range: Range;
  /** Which channel alone is sent, from 0; null for all. */
  readonly channel: number | null;
  readonly sending: Sending;
  /** What the user should know of the part. */
  readonly notes: readonly string[];
}

/** A recording that is on the service already. Nothing is known here of what is in it. */
export interface UploadedAudio {
  readonly kind: "uploaded";
  /** `files/<id>`. */
  readonly path: string;
  /** As the user says. */
  readonly duration: Seconds;
  /** All of it. */
  readonly range: Range;
  readonly channel: null;
}

/** A video on YouTube. Nothing is known here of what is in it. */
export interface LinkedVideo {
  readonly kind: "video";
  readonly path: string;
  /** As the service is given it. */
  readonly url: string;
  /** As the user says; null where nobody knows. */
  readonly duration: Seconds | null;
  /** All of it; without an end where nobody knows it. */
  readonly range: Range;
  readonly channel: null;
}

/** A recording that a model is asked about. */
export type PlannedAudio = SendableAudio | UploadedAudio | LinkedVideo;

/**
 * How long a recording is. A length that is not known is never taken for short: it takes one that the
 * user vouches for.
 * Errors: Failure `input` when nobody knows it.
 */
export function durationOf(audio: Audio, assumedDuration: Seconds | null): Seconds {
  const duration = audio.duration ?? assumedDuration;
  if (duration !== null) return duration;
  const name = nameOf(audio.path);
  throw new Failure("input", `${name}: its length cannot be told, so it could be over the limit`, {
    hint: "say how long it is with --assume-duration <time>, or repair it: ffmpeg -i IN -vn out.flac",
    file: name,
  });
}

/** Something with a path. */
export type Named = Pick<PlannedAudio, "path">;

/** How recordings are called in messages. */
export function namesOf(audios: readonly Named[]): string {
  return audios.map(({ path }) => nameOf(path)).join(", ");
}

/** The file that a Failure is about, if it is one alone. */
export function fileOf(audios: readonly Named[]): { readonly file?: string } {
  const [only] = audios;
  return audios.length === 1 && only !== undefined ? { file: nameOf(only.path) } : {};
}
