import type { Failure } from "../failure.ts";
import { addCosts, costOf } from "../plan/cost.ts";
import { formatDuration } from "../plan/duration.ts";
import { type Model, pricesAsOf } from "../plan/models.ts";
import { addUsage, type Usage } from "../plan/usage.ts";
import { factsElsewhere } from "../render/document.ts";
import type { Making, SourceFacts } from "../transcript/transcript.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import type { SentAudio } from "./ready.ts";

interface Answered {
  readonly prepared: Pick<Prepared, "asking" | "started" | "extraCosts">;
  readonly model: Model;
  /** Of the audio that was asked about. */
  readonly duration: Seconds;
  /** Each time that a model was asked. */
  readonly used: readonly Used[];
  readonly failure: Failure | null;
  readonly warnings: readonly string[];
}

/** What was used, each time that a question was put. */
interface Used {
  readonly usage: Usage;
  /** Of the audio that it is about. */
  readonly duration: Seconds;
}

/** How an answer came about, for its document. Tells the user of cost under --verbose. */
export function makingOf(
  world: World,
  { prepared, model, duration, used, failure, warnings }: Answered,
  progress: Progress,
): Making {
  const usage = addUsage(used.map((one) => one.usage));
  const now = world.now();
  const tier = prepared.asking.settings.serviceTier;
  const costUsd = addCosts([
    ...used.map((one) => costOf({ model, tier, ...one }, now)),
    ...prepared.extraCosts,
  ]);
  for (const warning of warnings) progress.warn(warning);
  const cost = costUsd === null ? "cost unknown" : `$${costUsd}`;
  const seconds = ((now - prepared.started) / 1_000).toFixed(1);
  progress.detail(
    `${duration > 0 ? formatDuration(duration) : "?"} of audio, ${usage.inputTokens ?? "?"} tokens in, ${usage.outputTokens ?? "?"} out, ${cost}, ${seconds} s`,
  );
  return {
    model: model.name,
    usage,
    costUsd,
    pricesAsOf: costUsd === null ? null : pricesAsOf,
    warnings: failure === null ? warnings : [...warnings, failure.message],
    isComplete: failure === null,
  };
}

/** What a document tells of a recording, of which one or several files were sent. */
export function sourceFacts(sent: SentAudio, ...others: readonly SentAudio[]): SourceFacts {
  if (sent.kind === "video") return factsElsewhere(sent.audio);
  if (sent.kind === "uploaded") {
    const { audio, mimeType, sizeBytes } = sent;
    const { path, duration } = audio;
    return { path, mimeType, codec: null, sizeBytes, duration, sentAs: mimeType, sentBytes: 0 };
  }
  const { path, mimeType, codec, sizeBytes, duration } = sent.audio;
  const sizes = [sent, ...others].flatMap((one) =>
    one.kind === "piece" && !one.isSilent ? [one.piece.sizeBytes] : [],
  );
  return {
    path,
    mimeType,
    codec,
    sizeBytes,
    duration,
    sentAs: sizes.length === 0 ? null : sent.piece.mimeType,
    sentBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
  };
}
