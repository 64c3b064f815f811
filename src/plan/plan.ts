import { Failure } from "../failure.ts";
import type { Delivery, ServiceTier } from "../invocation.ts";
import type { Seconds } from "../units.ts";
import { addCosts, costOf } from "./cost.ts";
import { planDelivery } from "./delivery.ts";
import { formatDuration } from "./duration.ts";
import { estimateTokens, promptDurationLimit } from "./limits.ts";
import type { Model } from "./models.ts";
import { fileOf, type Named, namesOf, type PlannedAudio } from "./planned-audio.ts";
import type { Choice } from "./route.ts";
import { unknownUsage } from "./usage.ts";

/** What will be asked, of whom, how, and about what it will cost. */
export interface Plan {
  readonly model: Model;
  /** Why this model. */
  readonly reason: string;
  /** How many times the model is asked. */
  readonly requests: number;
  /** How it will travel; what is not made yet may turn out another size. A link travels by itself. */
  readonly delivery: "inline" | "upload" | "link";
  readonly audios: readonly PlannedAudio[];
  /** Of all whose length is known. */
  readonly duration: Seconds;
  /** At 32 a second, as Google's audio page counts. */
  readonly tokens: number;
  readonly estimate: Estimate;
}

/** What will be asked, and what may be asked about it besides. */
export interface WholePlan extends Plan {
  /** The line-ups of its speakers, as much as they may be; null where there are none. */
  readonly lineup: Plan | null;
}

/** At the model's own rate of tokens a second. */
interface Estimate {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null when the model's price is not known, or what a video weighs: its pictures count, too. */
  readonly costUsd: number | null;
}

interface Wanted {
  readonly choice: Choice;
  readonly audios: readonly PlannedAudio[];
  /** Whether words, or speakers, are asked of a transcription model. */
  readonly hasWords: boolean;
  readonly delivery: Delivery;
  readonly tier: ServiceTier;
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
export function makePlan(wanted: Wanted): Plan {
  const { choice, audios, delivery, prompt, outputTokens, tier, now } = wanted;
  const { model, reason } = choice;
  const duration = lengthOf(audios);
  assertWithinCap(audios);
  const audioTokens = Math.ceil(duration * model.tokensPerSecond);
  const estimated = {
    ...unknownUsage,
    // A token is some four characters of English.
    inputTokens: audioTokens + Math.ceil(prompt.length / 4),
    audioTokens,
    outputTokens: outputTokens(duration),
  };
  assertWithinModel(audios, model, estimated.inputTokens);
  assertWithinRecordingLimit(wanted, duration);
  return {
    model,
    reason,
    requests: 1,
    delivery: planDelivery({ audios, delivery, prompt }),
    audios,
    duration,
    tokens: estimateTokens(duration),
    estimate: {
      inputTokens: estimated.inputTokens,
      outputTokens: estimated.outputTokens,
      costUsd: hasVideo(audios) ? null : costOf({ model, usage: estimated, duration, tier }, now),
    },
  };
}

/**
 * Several requests as one plan. What is uploaded for one of them counts as uploaded, and a recording that
 * several are about counts once, but for what it costs.
 */
export function sumPlans(plans: readonly Plan[]): Plan {
  return plans.reduce((sum, plan): Plan => {
    const more = plan.audios.filter((audio) => !sum.audios.includes(audio));
    return {
      model: sum.model,
      reason: sum.reason,
      requests: sum.requests + plan.requests,
      delivery: plan.delivery === "upload" ? "upload" : sum.delivery,
      audios: [...sum.audios, ...more],
      duration: sum.duration + lengthOf(more),
      tokens: sum.tokens + plan.tokens,
      estimate: {
        inputTokens: sum.estimate.inputTokens + plan.estimate.inputTokens,
        outputTokens: sum.estimate.outputTokens + plan.estimate.outputTokens,
        costUsd: addCosts([sum.estimate.costUsd, plan.estimate.costUsd]),
      },
    };
  });
}

/** Whether a video is among recordings: nobody here knows what it weighs. */
export function hasVideo(audios: readonly PlannedAudio[]): boolean {
  return audios.some(({ kind }) => kind === "video");
}

/** Errors: Failure `usage` for a bound on what nobody can reckon. */
export function assertReckonable(audios: readonly PlannedAudio[], maxCostUsd: number | null): void {
  if (maxCostUsd === null || !hasVideo(audios)) return;
  throw new Failure(
    "usage",
    `${namesOf(audios)}: --max-cost cannot be kept, for a video's length is not known`,
    {
      hint: "leave it out, or download the recording and name the file",
      ...fileOf(audios),
    },
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

/** Errors: Failure `limit` for more audio than one prompt holds. */
export function assertWithinCap(audios: readonly PlannedAudio[]): void {
  const duration = lengthOf(audios);
  if (duration <= promptDurationLimit) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: ${formatDuration(duration)} of audio; Gemini takes 9.5 hours (${formatDuration(promptDurationLimit)}) in one prompt`,
    {
      hint: "send parts of it one by one, with --start and --end; transcribe takes it whole with --chunk",
      ...fileOf(audios),
    },
  );
}

/** How much of recordings is wanted, together; of a video without an end, nobody knows. */
function lengthOf(audios: readonly PlannedAudio[]): Seconds {
  const known = audios.filter(({ range }) => Number.isFinite(range.end));
  return known.reduce((sum, { range }) => sum + range.end - range.start, 0);
}

function assertWithinModel(audios: readonly Named[], model: Model, inputTokens: number): void {
  if (model.inputTokens === null || inputTokens <= model.inputTokens) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: some ${inputTokens} tokens; ${model.name} takes ${model.inputTokens}`,
    { hint: "cut the recording, or use a model that takes more", ...fileOf(audios) },
  );
}

function assertWithinRecordingLimit({ choice, audios, hasWords }: Wanted, duration: Seconds): void {
  const { name, recordingLimit } = choice.model;
  if (recordingLimit === null) return;
  const limit = hasWords ? recordingLimit.words : recordingLimit.text;
  if (duration <= limit) return;
  const what = hasWords ? " with times or speakers" : "";
  throw new Failure(
    "limit",
    `${namesOf(audios)}: ${formatDuration(duration)} of audio; ${name} takes ${formatDuration(limit)}${what}`,
    {
      hint: "send parts of it one by one, with --start and --end, or use a general model",
      ...fileOf(audios),
    },
  );
}
