import type { Making, SourceFacts } from "../transcript/transcript.ts";

/** What is known of a recording elsewhere that nobody has looked at. */
export function factsElsewhere({ path, duration }: Pick<SourceFacts, "path" | "duration">): SourceFacts {
  return { path, mimeType: null, codec: null, sizeBytes: null, duration, sentAs: null, sentBytes: 0 };
}

/** A source in every command's JSON. */
export function sourceDocument(facts: SourceFacts) {
  const { path, mimeType, codec, sizeBytes, duration, sentAs, sentBytes } = facts;
  return {
    path,
    mime_type: mimeType,
    codec,
    bytes: sizeBytes,
    duration,
    sent_as: sentAs,
    sent_bytes: sentBytes,
  };
}

/** What every command's JSON tells of how its answer was made. */
export function makingDocument({ model, usage, lineup, costUsd, pricesAsOf, ...rest }: Making) {
  return {
    model,
    usage: {
      input_tokens: usage.inputTokens,
      audio_tokens: usage.audioTokens,
      output_tokens: usage.outputTokens,
      thought_tokens: usage.thoughtTokens,
      cached_tokens: usage.cachedTokens,
      total_tokens: usage.totalTokens,
      requests: usage.requests,
      ...(lineup !== undefined && {
        lineup: {
          requests: lineup.requests,
          clips: lineup.clips,
          duration: lineup.duration,
          cost_usd: lineup.costUsd,
        },
      }),
    },
    cost_usd: costUsd,
    prices_as_of: pricesAsOf,
    warnings: [...rest.warnings],
    complete: rest.isComplete,
  };
}

/** A document as it is printed: one value, indented. */
export function printDocument(document: object): string {
  return toJson(document, 2);
}

/** JSON with no character in it that a terminal would obey: JSON.stringify leaves DEL and C1 as they are. */
export function toJson(value: unknown, indentation = 0): string {
  return JSON.stringify(value, null, indentation).replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
