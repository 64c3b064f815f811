import type { Format } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { clipsIn } from "../plan/lineup.ts";
import { pricesAsOf } from "../plan/models.ts";
import { hasVideo, type Plan, type WholePlan } from "../plan/plan.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import type { SourceFacts } from "../transcript/transcript.ts";
import { factsElsewhere, printDocument, sourceDocument } from "./document.ts";
import { renderRows } from "./rows.ts";

/** Every format of a plan, for --dry-run. */
export const planRenderers = {
  text: ({ model, reason, requests, delivery, duration, tokens, estimate, audios, lineup }) =>
    renderRows([
      ["model", `${model.name}: ${reason}`],
      ...(requests === 1 ? [] : [["requests", String(requests)] as const]),
      ["delivery", delivery],
      ...(hasVideo(audios)
        ? [["estimate", "none: what the service counts of a video is not known before"] as const]
        : [
            ["duration", `${formatDuration(duration)} (${duration.toFixed(3)} s)`] as const,
            ["tokens", `${tokens} of audio`] as const,
            ["estimate", `${estimate.inputTokens} tokens in, ${estimate.outputTokens} out`] as const,
          ]),
      ["cost", costOf(estimate, hasVideo(audios))],
      ...(lineup === null ? [] : [["line-up", lineupOf(lineup)] as const]),
    ]),
  json: ({ model, reason, requests, delivery, duration, tokens, estimate, audios, lineup }) =>
    printDocument({
      model: model.name,
      model_reason: reason,
      requests,
      delivery,
      duration: unless(hasVideo(audios), duration),
      tokens: unless(hasVideo(audios), tokens),
      estimate: {
        input_tokens: unless(hasVideo(audios), estimate.inputTokens),
        output_tokens: unless(hasVideo(audios), estimate.outputTokens),
        cost_usd: estimate.costUsd,
        prices_as_of: estimate.costUsd === null ? null : pricesAsOf,
      },
      ...(lineup !== null && {
        lineup: {
          clips: clipsIn(lineup.duration),
          duration: lineup.duration,
          cost_usd: lineup.estimate.costUsd,
        },
      }),
      sources: audios.map((audio) => sourceDocument(plannedFacts(audio))),
    }),
} as const satisfies Record<Format, (plan: WholePlan) => string>;

function costOf({ costUsd }: Plan["estimate"], isOfVideo: boolean): string {
  if (costUsd !== null) return `about $${costUsd} (prices of ${pricesAsOf})`;
  return isOfVideo ? "unknown" : "price unknown";
}

/** It comes on top: how much of it is needed depends on what is heard. */
function lineupOf({ duration, estimate }: Plan): string {
  const cost = estimate.costUsd === null ? "price unknown" : `$${estimate.costUsd}`;
  return `besides, up to ${clipsIn(duration)} clips, ${formatDuration(duration)}, ${cost}`;
}

function unless(isUnknown: boolean, value: number): number | null {
  return isUnknown ? null : value;
}

/** What is elsewhere is not asked about before the model is. */
function plannedFacts(audio: PlannedAudio): SourceFacts {
  if (audio.kind === "local") {
    return { ...audio, sentAs: audio.sending.mimeType, sentBytes: audio.sending.bytes };
  }
  return factsElsewhere(audio);
}
