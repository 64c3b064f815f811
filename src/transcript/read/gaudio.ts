import { z } from "zod";
import { toMilliseconds } from "../../units.ts";
import { emotions, type LineupUse, type Speaker, type Transcript } from "../transcript.ts";
import { aside, listOf, seconds, text, time } from "./fields.ts";
import { readBySchema } from "./json.ts";

const count = z.int().nonnegative();
const unsureCount = count.nullable();

const word = z
  .object({ word: text, start: time, end: time, speaker: aside })
  .transform(({ word, ...facts }) => ({ text: word, ...facts }));

const segment = z
  .object({
    start: time,
    end: time,
    text,
    speaker: aside,
    uncertain: z.boolean().default(false),
    language: aside,
    translation: aside,
    emotion: z.enum(emotions).nullable().default(null),
    words: listOf(word).nullable().default(null),
  })
  .transform(({ uncertain, ...facts }) => ({ ...facts, ...(uncertain && { isUncertain: true }) }));

const source = z
  .object({
    path: text,
    mime_type: aside,
    codec: aside,
    bytes: unsureCount,
    duration: seconds.nullable(),
    sent_as: aside,
    sent_bytes: count,
  })
  .transform(({ mime_type, bytes, sent_as, sent_bytes, ...facts }) => ({
    ...facts,
    mimeType: mime_type,
    sizeBytes: bytes,
    sentAs: sent_as,
    sentBytes: sent_bytes,
  }));

const cost = z.number().nonnegative().nullable();

const lineup = z
  .object({ requests: count, clips: count, duration: z.number().nonnegative(), cost_usd: cost })
  .transform(({ cost_usd, ...counted }): LineupUse => ({ ...counted, costUsd: cost_usd }));

const usage = z
  .object({
    input_tokens: unsureCount,
    audio_tokens: unsureCount,
    output_tokens: unsureCount,
    thought_tokens: unsureCount,
    cached_tokens: unsureCount,
    total_tokens: unsureCount,
    requests: count,
    lineup: lineup.optional(),
  })
  .transform((counted) => ({
    lineup: counted.lineup,
    inputTokens: counted.input_tokens,
    audioTokens: counted.audio_tokens,
    outputTokens: counted.output_tokens,
    thoughtTokens: counted.thought_tokens,
    cachedTokens: counted.cached_tokens,
    totalTokens: counted.total_tokens,
    requests: counted.requests,
  }));

/** A time that is always known. */
const edge = z.number().nonnegative().transform(toMilliseconds);

/** The document of render/schema.ts, but for keys that were not always there. */
const document = z.object({
  text,
  language: aside,
  summary: aside,
  segments: listOf(segment),
  speakers: listOf(z.object({ id: text, name: aside })),
  events: listOf(z.object({ start: time, end: time, label: text }))
    .nullable()
    .default(null),
  gaps: listOf(z.object({ start: edge, end: edge, reason: text })).default([]),
  source,
  model: aside,
  usage,
  cost_usd: cost,
  prices_as_of: z.string().nullish(),
  warnings: listOf(text),
  complete: z.boolean(),
});

/** Reads gaudio's own document: what render/json.ts makes of it is the same again. */
export function readGaudio(json: object): Transcript {
  const { segments, speakers, model, cost_usd, prices_as_of, warnings, complete, ...read } = readBySchema(
    document,
    json,
  );
  const {
    usage: { lineup, ...usage },
    ...spoken
  } = read;
  return {
    ...spoken,
    segments: segments.map((segment, id) => ({ id, ...segment })),
    speakers: [...speakers, ...unlisted(segments, speakers)],
    making: {
      model,
      usage,
      ...(lineup !== undefined && { lineup }),
      costUsd: cost_usd,
      pricesAsOf: prices_as_of ?? null,
      warnings,
      isComplete: complete,
    },
  };
}

/** Who speaks and is not among the speakers: somebody changed the file by hand. */
function unlisted(segments: z.output<typeof segment>[], speakers: readonly Speaker[]): Speaker[] {
  const speaking = segments.flatMap(({ speaker, words }) => [
    speaker,
    ...(words ?? []).map((word) => word.speaker),
  ]);
  const listed = new Set(speakers.map(({ id }) => id));
  return [...new Set(speaking)]
    .filter((id) => id !== null)
    .filter((id) => !listed.has(id))
    .map((id) => ({ id, name: null }));
}
