import type { Audio } from "../audio/audio.ts";
import type { Range } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Seconds } from "../units.ts";
import { addCosts, costOf } from "./cost.ts";
import { deliveryFor, inlineRequestBytes } from "./delivery.ts";
import { formatDuration } from "./duration.ts";
import { estimateTokens, inlineLimitBytes, promptDurationLimit, uploadLimitBytes } from "./limits.ts";
import { generalModels, type Model, modelNamed } from "./models.ts";
import type { Sending } from "./sending.ts";
import { unknownUsage } from "./usage.ts";

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

/** A recording that a model is asked about. */
export type PlannedAudio = SendableAudio | UploadedAudio;

/** What will be asked, of whom, how, and about what it will cost. */
export interface Plan {
  readonly model: Model;
  /** How many times the model is asked. */
  readonly requests: number;
  /** How it will travel; what is not made yet may turn out another size. */
  readonly delivery: "inline" | "upload";
  readonly audios: readonly PlannedAudio[];
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
  readonly audios: readonly PlannedAudio[];
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
  const duration = audios.reduce((sum, { range }) => sum + range.end - range.start, 0);
  assertWithinCap(audios, duration);
  const audioTokens = Math.ceil(duration * model.tokensPerSecond);
  const estimated = {
    ...unknownUsage,
    // A token is some four characters of English.
    inputTokens: audioTokens + Math.ceil(prompt.length / 4),
    audioTokens,
    outputTokens: outputTokens(duration),
  };
  assertWithinModel(audios, model, estimated.inputTokens);
  return {
    model,
    requests: 1,
    delivery: planDelivery({ audios, delivery, prompt }),
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

/** Errors: Failure `limit` for what is sent as it is, if it is too large for that. */
function planDelivery({ audios, delivery, prompt }: Pick<Wanted, "audios" | "delivery" | "prompt">) {
  const local = audios.filter((audio) => audio.kind === "local");
  if (local.length === 0) return "upload";
  const sizes = local.map(({ sending }) => sending.bytes);
  const isExact = local.every(({ sending }) => sending.kind === "as-is");
  if (isExact) return chooseDelivery({ audios: local, sizes, delivery, prompt });
  return delivery === "auto" ? deliveryFor(sizes, prompt) : delivery;
}

/** Several requests as one plan. What is uploaded for one of them counts as uploaded. */
export function sumPlans(plans: readonly Plan[]): Plan {
  return plans.reduce(
    (sum, plan): Plan => ({
      model: sum.model,
      requests: sum.requests + plan.requests,
      delivery: plan.delivery === "upload" ? "upload" : sum.delivery,
      audios: [...sum.audios, ...plan.audios],
      duration: sum.duration + plan.duration,
      tokens: sum.tokens + plan.tokens,
      estimate: {
        inputTokens: sum.estimate.inputTokens + plan.estimate.inputTokens,
        outputTokens: sum.estimate.outputTokens + plan.estimate.outputTokens,
        costUsd: addCosts([sum.estimate.costUsd, plan.estimate.costUsd]),
      },
    }),
  );
}

/**
 * Errors: Failure `limit` for what would cost more than it may, or may do so for all that anybody knows.
 */
export function assertWithinCost({ audios, model, estimate }: Plan, maxCostUsd: number | null): void {
  if (maxCostUsd === null || (estimate.costUsd !== null && estimate.costUsd <= maxCostUsd)) return;
  const about =
    estimate.costUsd === null
      ? `nobody knows what ${model.name} costs`
      : `it would cost about $${estimate.costUsd}`;
  throw new Failure("limit", `${namesOf(audios)}: ${about}, and --max-cost is $${maxCostUsd}`, {
    hint: "--dry-run shows the estimate; a part (--start, --end) or another model (gaudio models) costs less",
    ...fileOf(audios),
  });
}

interface Travelling extends Pick<Wanted, "delivery" | "prompt"> {
  readonly audios: readonly SendableAudio[];
  /** In bytes, one for each recording. */
  readonly sizes: readonly number[];
}

/**
 * Chooses how files travel whose sizes are known.
 * Errors: Failure `limit` when they are too large for it.
 */
export function chooseDelivery({ audios, sizes, delivery, prompt }: Travelling): "inline" | "upload" {
  const chosen = delivery === "auto" ? deliveryFor(sizes, prompt) : delivery;
  if (chosen === "inline") assertInline(audios, inlineRequestBytes(sizes, prompt));
  else for (const [index, audio] of audios.entries()) assertUploadable(audio, sizes[index] ?? 0);
  return chosen;
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
function assertWithinCap(audios: readonly Named[], duration: Seconds): void {
  if (duration <= promptDurationLimit) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: ${formatDuration(duration)} of audio; Gemini takes 9.5 hours (${formatDuration(promptDurationLimit)}) in one prompt`,
    { hint: "send parts of it one by one, with --start and --end", ...fileOf(audios) },
  );
}

function assertWithinModel(audios: readonly Named[], model: Model, inputTokens: number): void {
  if (model.inputTokens === null || inputTokens <= model.inputTokens) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: some ${inputTokens} tokens; ${model.name} takes ${model.inputTokens}`,
    { hint: "cut the recording, or use a model that takes more", ...fileOf(audios) },
  );
}

function assertInline(audios: readonly SendableAudio[], bytes: number): void {
  if (bytes < inlineLimitBytes) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: the request would be ${bytes} bytes; inline it must be under ${inlineLimitBytes}`,
    { hint: "leave --delivery out, or use --delivery upload", ...fileOf(audios) },
  );
}

function assertUploadable({ path }: SendableAudio, bytes: number): void {
  if (bytes <= uploadLimitBytes) return;
  const name = nameOf(path);
  throw new Failure("limit", `${name}: ${bytes} bytes; the Files API takes ${uploadLimitBytes}`, {
    hint: "send parts of it one by one with --start and --end, or make it smaller with --compress always",
    file: name,
  });
}

type Named = Pick<PlannedAudio, "path">;

/** How recordings are called in messages. */
export function namesOf(audios: readonly Named[]): string {
  return audios.map(({ path }) => nameOf(path)).join(", ");
}

function fileOf(audios: readonly Named[]): { readonly file?: string } {
  const [only] = audios;
  return audios.length === 1 && only !== undefined ? { file: nameOf(only.path) } : {};
}
