import { z } from "zod";
import { emotions } from "../transcript/transcript.ts";
import { printDocument } from "./document.ts";

const seconds = z.number().nonnegative().describe("in seconds from the recording's beginning");
const count = z.int().nonnegative();
const language = z.string().nullable().describe("BCP-47; null when it is not known");
const speaker = z.string().nullable().describe("an id of speakers; null when speakers were not asked for");

const word = z.strictObject({
  word: z.string(),
  start: seconds.nullable(),
  end: seconds.nullable(),
  speaker,
});

const segment = z.strictObject({
  id: count,
  start: seconds.nullable(),
  end: seconds.nullable(),
  text: z.string(),
  speaker,
  uncertain: z.literal(true).optional().describe("it is not certain who speaks; left out where it is"),
  language,
  translation: z.string().nullable(),
  emotion: z.enum(emotions).nullable(),
  words: z.array(word).nullable().describe("null when words were not asked for"),
});

const gap = z.strictObject({ start: seconds, end: seconds, reason: z.string() });

const source = z.strictObject({
  path: z.string(),
  mime_type: z.string().nullable(),
  codec: z.string().nullable(),
  bytes: count.nullable(),
  duration: z.number().nonnegative().nullable().describe("in seconds; null when it is not known"),
  sent_as: z.string().nullable().describe("the MIME type it was sent as; null when nothing was sent"),
  sent_bytes: count,
});

const usage = z.strictObject({
  input_tokens: count.nullable(),
  audio_tokens: count.nullable().describe("the part of the input that was audio"),
  output_tokens: count.nullable(),
  thought_tokens: count.nullable(),
  cached_tokens: count.nullable(),
  total_tokens: count.nullable(),
  requests: count,
  lineup: z
    .strictObject({
      requests: count,
      clips: count,
      duration: seconds,
      cost_usd: z.number().nonnegative().nullable(),
    })
    .optional()
    .describe(
      "the part of it by which speakers of different parts were compared; left out where there was none",
    ),
});

/** A transcript's document, the shape of which the json format promises. */
const transcriptDocument = z
  .strictObject({
    text: z.string(),
    language,
    duration: z
      .number()
      .nonnegative()
      .nullable()
      .describe("of the recording, in seconds; null when it is not known"),
    summary: z.string().nullable(),
    segments: z.array(segment),
    speakers: z.array(z.strictObject({ id: z.string(), name: z.string().nullable() })),
    events: z
      .array(z.strictObject({ start: seconds.nullable(), end: seconds.nullable(), label: z.string() }))
      .nullable()
      .describe("sounds that are no speech; null when they were not asked for"),
    gaps: z.array(gap).describe("of what it is not known what is said"),
    source,
    model: z.string().nullable(),
    usage,
    cost_usd: z.number().nonnegative().nullable(),
    prices_as_of: z.iso.date().nullable(),
    warnings: z.array(z.string()),
    complete: z.boolean().describe("whether all that was asked for is here"),
  })
  .meta({ title: "A transcript of gaudio" });

export type TranscriptDocument = z.infer<typeof transcriptDocument>;

/** The JSON Schema of a transcript's document. */
export function renderSchema(): string {
  return printDocument(z.toJSONSchema(transcriptDocument));
}
