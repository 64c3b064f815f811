import type { Audio } from "../audio/audio.ts";
import type { Piece } from "../audio/cut/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Seconds } from "../units.ts";
import { costOf } from "./cost.ts";
import { deliveryFor, inlineRequestBytes } from "./delivery.ts";
import { formatDuration } from "./duration.ts";
import { estimateTokens, inlineLimitBytes, promptDurationLimit, uploadLimitBytes } from "./limits.ts";
import { generalModels, type Model, modelNamed } from "./models.ts";
import { unknownUsage } from "./usage.ts";

/** A recording whose length is known, and the file that is sent of it. */
export interface SendableAudio extends Audio {
  readonly duration: Seconds;
  /** All of it, or the part that is wanted. */
  readonly piece: Piece;
  /** What the user should know of the part. */
  readonly notes: readonly string[];
}

/** What will be asked, of whom, how, and about what it will cost. */
export interface Plan {
  readonly model: Model;
  readonly delivery: "inline" | "upload";
  readonly audios: readonly SendableAudio[];
  readonly duration: Seconds;
  /** At 32 a second, as Google's audio page counts. */
  readonly tokens: number;
  readonly estimate: Estimate;
}

/** At the model's own rate of tokens a second. */
interface Estimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when the model's price is not known. */
  readonly costUsd: number | null;
}

interface Wanted {
  readonly model: Model;
  readonly audios: readonly SendableAudio[];
  readonly delivery: "auto" | "inline" | "upload";
  /** All text that goes with the audio: instructions and schema. */
  readonly prompt: string;
  /** How long the answer is expected to be, in tokens. */
  readonly outputTokens: (duration: Seconds) => number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Plans one request.
 * Errors: Failure `limit` when it would pass a limit of the service.
 */
export function makePlan({ model, audios, delivery, prompt, outputTokens, now }: Wanted): Plan {
  const duration = audios.reduce((sum, { piece }) => sum + piece.duration, 0);
  assertWithinCap(audios, duration);
  const pieces = audios.map(({ piece }) => piece);
  const audioTokens = Math.ceil(duration * model.tokensPerSecond);
  const estimated = {
    ...unknownUsage,
    // A token is some four characters of English.
    inputTokens: audioTokens + Math.ceil(prompt.length / 4),
    audioTokens,
    outputTokens: outputTokens(duration),
  };
  assertWithinModel(audios, model, estimated.inputTokens);
  const chosen = delivery === "auto" ? deliveryFor(pieces, prompt) : delivery;
  if (chosen === "inline") assertInline(audios, prompt);
  else for (const audio of audios) assertUploadable(audio);
  return {
    model,
    delivery: chosen,
    audios,
    duration,
    tokens: estimateTokens(duration),
    estimate: {
      inputTokens: estimated.inputTokens,
      outputTokens: estimated.outputTokens,
      costUsd: costOf(model, estimated, now),
    },
  };
}

/**
 * The model of a name, if it follows instructions.
 * Errors: Failure `usage` for a model that only transcribes.
 */
export function generalModelNamed(name: string): Model {
  const model = modelNamed(name);
  if (model.kind === "general") return model;
  throw new Failure("usage", `the model ${model.name} takes no instructions, which gaudio sends`, {
    hint: `use one of ${generalModels.join(", ")}`,
  });
}

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

/** Errors: Failure `limit` for more audio than one prompt holds. */
export function assertWithinCap(audios: readonly Audio[], duration: Seconds): void {
  if (duration <= promptDurationLimit) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: ${formatDuration(duration)} of audio; Gemini takes 9.5 hours (${formatDuration(promptDurationLimit)}) in one prompt`,
    { hint: "send parts of it one by one, with --start and --end", ...fileOf(audios) },
  );
}

function assertWithinModel(audios: readonly Audio[], model: Model, inputTokens: number): void {
  if (model.inputTokens === null || inputTokens <= model.inputTokens) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: some ${inputTokens} tokens; ${model.name} takes ${model.inputTokens}`,
    { hint: "cut the recording, or use a model that takes more", ...fileOf(audios) },
  );
}

function assertInline(audios: readonly SendableAudio[], prompt: string): void {
  const pieces = audios.map(({ piece }) => piece);
  const bytes = inlineRequestBytes(pieces, prompt);
  if (bytes < inlineLimitBytes) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: the request would be ${bytes} bytes; inline it must be under ${inlineLimitBytes}`,
    { hint: "leave --delivery out, or use --delivery upload", ...fileOf(audios) },
  );
}

function assertUploadable({ path, piece }: SendableAudio): void {
  if (piece.sizeBytes <= uploadLimitBytes) return;
  const name = nameOf(path);
  throw new Failure("limit", `${name}: ${piece.sizeBytes} bytes; the Files API takes ${uploadLimitBytes}`, {
    hint: "compress it first: ffmpeg -i IN -vn -ac 1 -ar 16000 out.flac",
    file: name,
  });
}

/** How recordings are called in messages. */
export function namesOf(audios: readonly Audio[]): string {
  return audios.map(({ path }) => nameOf(path)).join(", ");
}

function fileOf(audios: readonly Audio[]): { readonly file?: string } {
  const [only] = audios;
  return audios.length === 1 && only !== undefined ? { file: nameOf(only.path) } : {};
}
