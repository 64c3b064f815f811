import { z } from "zod";
import type { Failure } from "../failure.ts";
import type { Milliseconds, Seconds } from "../units.ts";

/** Where an answer is in the journal. */
export interface AnswerId {
  /** The SHA-256 of the recording's bytes, in hex. */
  readonly contentDigest: string;
  /** As answerKey makes it. */
  readonly key: string;
}

/** An answer that was paid for, with what was sent for it. */
export interface KeptAnswer {
  /** The recording's base name, for people who look at what is kept. */
  readonly recording: string;
  /** When it was kept, in milliseconds since the epoch. */
  readonly savedMs: number;
  readonly collected: KeptWords;
  readonly piece: KeptPiece;
  /** What the user was told of the piece. */
  readonly notes: readonly string[];
  /** What sounds in the piece, and the answer tells nothing of; null where nobody has looked yet. */
  readonly unheard: readonly KeptStretch[] | null;
}

/** In the recording's own time. */
interface KeptStretch {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
}

/** What the model said, and how it ended. */
interface KeptWords {
  readonly text: string;
  readonly words: readonly KeptWord[];
  readonly usage: KeptUsage;
  readonly end: KeptEnd;
}

interface KeptWord {
  readonly text: string;
  readonly start: Milliseconds | null;
  readonly end: Milliseconds | null;
  readonly speaker: string | null;
}

/** What the service counted; null for what it did not tell. */
interface KeptUsage {
  readonly inputTokens: number | null;
  readonly audioTokens: number | null;
  readonly outputTokens: number | null;
  readonly thoughtTokens: number | null;
  readonly cachedTokens: number | null;
  readonly totalTokens: number | null;
  readonly requests: number;
}

type KeptEnd =
  | { readonly kind: "complete" | "truncated" | "looping" }
  | { readonly kind: "blocked" | "stopped"; readonly by: string }
  /** Never written: it was not paid to its end, and the same question may be answered whole. */
  | { readonly kind: "cut"; readonly failure: Failure | null };

/** What was sent, without the file, which is gone. */
interface KeptPiece {
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly duration: Seconds;
  readonly start: Seconds;
  readonly missing: Seconds;
}

/** Counts up when what is written changes: entries of another version are not understood. */
const version = 1;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const tokens = z.int().nullable();
const time = z.number().nullable();

const wordSchema = z.strictObject({
  text: z.string(),
  start: time,
  end: time,
  speaker: z.string().nullable(),
});

const usageSchema = z.strictObject({
  inputTokens: tokens,
  audioTokens: tokens,
  outputTokens: tokens,
  thoughtTokens: tokens,
  cachedTokens: tokens,
  totalTokens: tokens,
  requests: z.int().positive(),
});

const endSchema = z.union([
  z.strictObject({ kind: z.enum(["complete", "truncated", "looping"]) }),
  z.strictObject({ kind: z.enum(["blocked", "stopped"]), by: z.string() }),
]);

const entrySchema = z.strictObject({
  version: z.literal(version),
  contentDigest: digest,
  key: digest,
  recording: z.string(),
  savedMs: z.int().nonnegative(),
  collected: z.strictObject({
    text: z.string(),
    words: z.array(wordSchema),
    usage: usageSchema,
    end: endSchema,
  }),
  piece: z.strictObject({
    mimeType: z.string(),
    sizeBytes: z.int().nonnegative(),
    duration: z.number().nonnegative(),
    start: z.number(),
    missing: z.number(),
  }),
  notes: z.array(z.string()),
  unheard: z.array(z.strictObject({ start: z.number(), end: z.number() })).nullable(),
});

/** An answer as it is written. */
export function writeEntry({ contentDigest, key }: AnswerId, answer: KeptAnswer): string {
  const { recording, savedMs, collected, piece, notes, unheard } = answer;
  const { mimeType, sizeBytes, duration, start, missing } = piece;
  return JSON.stringify({
    version,
    contentDigest,
    key,
    recording,
    savedMs,
    collected,
    piece: { mimeType, sizeBytes, duration, start, missing },
    notes,
    unheard,
  });
}

/** An answer as it was found, and which it says it is. */
export interface Entry {
  readonly id: AnswerId;
  readonly answer: KeptAnswer;
}

/** Reads what was written; null for what is torn, or was not written by gaudio. */
export function readEntry(text: string): Entry | null {
  const { data } = entrySchema.safeParse(parseJson(text));
  if (data === undefined) return null;
  const { version: _version, contentDigest, key, ...answer } = data;
  return { id: { contentDigest, key }, answer };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It was cut short.
    return null;
  }
}
