import { z } from "zod";

/** The places where a fault can strike. */
export const routeSchema = z.enum([
  "upload.start",
  "upload.send",
  "upload.query",
  "files.get",
  "files.list",
  "files.delete",
  "generate",
  "interactions",
  "countTokens",
  "caches.create",
  "caches.get",
  "caches.delete",
  "models.get",
  "models.list",
]);
export type Route = z.infer<typeof routeSchema>;

const count = z.int().nonnegative();
const amount = z.int().positive();
const share = z.number().min(0).max(1);

/** What goes wrong instead of what should happen: one list, for tests and for plan files alike. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** The request is refused, with a body of the service's or any other. */
  kind("status", {
    status: z.int().min(200).max(599),
    body: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** Nothing is answered, ever. */
  kind("hang", {}),
  /** Nothing is answered for that long, though all was done; then the answer comes. */
  kind("silence", { ms: count }),
  /** What was asked is done, but the answer never comes. */
  kind("lost-answer", {}),
  /** The answer stops after some characters, and the connection stays open. */
  kind("stall", { keep: count }),
  /** The connection is closed: an answer after some characters, all else at once. */
  kind("disconnect", { keep: count }),
  /** The connection is reset: unread, within the request's body (at its end if it is shorter), or unanswered. */
  kind("reset", {
    when: z.discriminatedUnion("at", [
      z.strictObject({ at: z.literal("before") }),
      z.strictObject({ at: z.literal("during"), bytes: amount }),
      z.strictObject({ at: z.literal("after") }),
    ]),
  }),
  /** The request's body is read no faster, or there is a pause between the chunks of a streamed answer. */
  kind("slow", { bytesPerSecond: amount.optional(), pauseMs: count.optional() }).refine(
    ({ bytesPerSecond, pauseMs }) => bytesPerSecond !== undefined || pauseMs !== undefined,
    "slow needs bytesPerSecond or pauseMs",
  ),
  /** The last bytes of an upload are lost, up to a multiple of the granularity; it is never final. */
  kind("short-receipt", { bytes: amount }),
  /** The answer to finalize describes a file of another size. */
  kind("wrong-size", {}),
  /** The answer to finalize describes a file of another hash. */
  kind("wrong-hash", {}),
  /** The file stays PROCESSING for that long: from its finalize, or from the files.get that it strikes. */
  kind("processing", { ms: count }),
  /** The uploaded file turns out FAILED. */
  kind("file-failed", {}),
  /** The file (at files.get, generate and interactions) or the upload's session (at upload.*) is gone from now on. */
  kind("expired", {}),
  /** The answer ends with another finish reason, after some characters. */
  kind("finish", { reason: z.string(), keep: count }),
  /** The answer stops after some characters, without a finish reason. */
  kind("silent-end", { keep: count }),
  /** The answer is ended after some characters by an error within the stream. */
  kind("stream-error", { keep: count, code: z.int(), status: z.string(), message: z.string() }),
  /** The prompt is blocked: HTTP 200 without a candidate. */
  kind("block", { reason: z.string() }),
  /** The model says this instead. */
  kind("say", { text: z.string() }),
  /**
   * After some characters the model says the same again and again: the last six words or the last closed
   * segment, or another text instead. What it would have said after that is never said.
   */
  kind("loop", { keep: count, unit: z.string().min(1).optional(), times: amount }),
  /** Every time in the answer is multiplied: the model's clock goes wrong. */
  kind("drift", { factor: z.number().positive() }),
  /** The model says nothing, and says that it is done. */
  kind("empty", {}),
  /** The transcription model labels speakers `spk:0` [report] and not `spk_1` [doc]. */
  kind("labels", { style: z.literal("colon") }),
  /** The transcription model answers text alone, whatever it was asked for beside it. */
  kind("no-words", {}),
  /** Every start and end in the answer is this text. */
  kind("bad-times", { text: z.string() }),
  /**
   * The answer leaves out the words that begin within a time of the audio, in seconds, or a share of what is said
   * in one go, drawn by a seed. All else is as it would be.
   */
  kind("drop", {
    which: z.discriminatedUnion("by", [
      z.strictObject({ by: z.literal("time"), from: z.number().nonnegative(), to: z.number() }),
      z.strictObject({ by: z.literal("chance"), share, seed: z.int() }),
    ]),
  }),
  /** The answer covers the first share of the audio alone, and ends as if that were all. */
  kind("early", { share }),
  /** What is said within so many seconds of the audio's beginning and end comes twice. */
  kind("double", { seconds: z.number().positive() }),
  /**
   * Words within so many seconds of the audio's beginning and end are spelled a little differently: in capitals,
   * with a comma or stop, or with another letter; by each audio in its own way.
   */
  kind("spell", { seconds: z.number().positive() }),
  /** Two voices, drawn by a seed for each audio, are taken for one. */
  kind("merge", { seed: z.int() }),
  /** One voice, drawn by a seed for each audio, is taken for another from the middle on, which nobody else has. */
  kind("split", { seed: z.int() }),
  /** Two voices, drawn by a seed for each audio, are taken for each other from the middle on. */
  kind("swap", { seed: z.int() }),
  /** A share, drawn by a seed, of the turns that are shorter is taken for another voice's that is heard. */
  kind("mislabel", { share, seed: z.int(), shorterThan: z.number().positive() }),
]);
export type Fault = Readonly<z.infer<typeof faultSchema>>;

function kind<Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) {
  return z.strictObject({ kind: z.literal(name), ...shape });
}
