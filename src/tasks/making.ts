import type { Failure } from "../failure.ts";
import { addCosts, costOf } from "../plan/cost.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Model } from "../plan/models.ts";
import { addUsage, type Usage } from "../plan/usage.ts";
import type { Making, SourceFacts } from "../transcript/transcript.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";

interface Answered {
  readonly model: Model;
  /** Of the audio that was wanted. */
  readonly duration: Seconds;
  /** Of each request. */
  readonly usages: readonly Usage[];
  readonly failure: Failure | null;
  readonly warnings: readonly string[];
}

/** How an answer came about, for its document. Tells the user of cost under --verbose. */
export function makingOf(
  world: World,
  { model, duration, usages, failure, warnings }: Answered,
  progress: Progress,
): Making {
  const usage = addUsage(usages);
  const costUsd = addCosts(usages.map((one) => (one.requests === 0 ? 0 : costOf(model, one, world.now()))));
  const cost = costUsd === null ? "price unknown" : `$${costUsd}`;
  progress.detail(
    `${formatDuration(duration)} of audio, ${usage.inputTokens ?? "?"} tokens in, ${usage.outputTokens ?? "?"} out, ${cost}`,
  );
  for (const warning of warnings) progress.warn(warning);
  return {
    model: model.name,
    usage,
    costUsd,
    warnings: failure === null ? warnings : [...warnings, failure.message],
    isComplete: failure === null,
  };
}

/** What a document tells of a recording, of which one or several files were sent. */
export function sourceFacts(ready: ReadyAudio, ...others: readonly ReadyAudio[]): SourceFacts {
  if (ready.kind === "uploaded") {
    const { audio, mimeType, sizeBytes } = ready;
    const { path, duration } = audio;
    return { path, mimeType, codec: null, sizeBytes, duration, sentAs: mimeType, sentBytes: 0 };
  }
  const { path, mimeType, codec, sizeBytes, duration } = ready.audio;
  const sent = [ready, ...others].flatMap((one) =>
    one.kind === "piece" && !one.isSilent ? [one.piece.sizeBytes] : [],
  );
  return {
    path,
    mimeType,
    codec,
    sizeBytes,
    duration,
    sentAs: sent.length === 0 ? null : ready.piece.mimeType,
    sentBytes: sent.reduce((sum, bytes) => sum + bytes, 0),
  };
}
