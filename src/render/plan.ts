import type { Format } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { pricesAsOf } from "../plan/models.ts";
import type { Plan } from "../plan/plan.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import type { SourceFacts } from "../transcript/transcript.ts";
import { printDocument, sourceDocument } from "./document.ts";
import { renderRows } from "./rows.ts";

/** Every format of a plan, for --dry-run. */
export const planRenderers = {
  text: ({ model, reason, requests, delivery, duration, tokens, estimate }) =>
    renderRows([
      ["model", `${model.name}: ${reason}`],
      ...(requests === 1 ? [] : [["requests", String(requests)] as const]),
      ["delivery", delivery],
      ["duration", `${formatDuration(duration)} (${duration.toFixed(3)} s)`],
      ["tokens", `${tokens} of audio`],
      ["estimate", `${estimate.inputTokens} tokens in, ${estimate.outputTokens} out`],
      [
        "cost",
        estimate.costUsd === null ? "price unknown" : `about $${estimate.costUsd} (prices of ${pricesAsOf})`,
      ],
    ]),
  json: ({ model, reason, requests, delivery, duration, tokens, estimate, audios }) =>
    printDocument({
      model: model.name,
      model_reason: reason,
      requests,
      delivery,
      duration,
      tokens,
      estimate: {
        input_tokens: estimate.inputTokens,
        output_tokens: estimate.outputTokens,
        cost_usd: estimate.costUsd,
        prices_as_of: estimate.costUsd === null ? null : pricesAsOf,
      },
      sources: audios.map((audio) => sourceDocument(plannedFacts(audio))),
    }),
} as const satisfies Record<Format, (plan: Plan) => string>;

/** An upload is not asked about before the model is. */
function plannedFacts(audio: PlannedAudio): SourceFacts {
  if (audio.kind === "local") {
    return { ...audio, sentAs: audio.sending.mimeType, sentBytes: audio.sending.bytes };
  }
  const { path, duration } = audio;
  return { path, mimeType: null, codec: null, sizeBytes: null, duration, sentAs: null, sentBytes: 0 };
}
