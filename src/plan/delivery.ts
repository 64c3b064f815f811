import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Delivery } from "../invocation.ts";
import { inlineLimitBytes, uploadLimitBytes } from "./limits.ts";
import { fileOf, namesOf, type PlannedAudio, type SendableAudio } from "./planned-audio.ts";

/** What a request's JSON holds beside the audio and the prompt: names, braces, settings. */
const envelopeBytes = 4_000;

/** The size of a request that carries files of these sizes in itself. `prompt` is its text and schema. */
function inlineRequestBytes(sizes: readonly number[], prompt: string): number {
  const base64 = sizes.reduce((sum, sizeBytes) => sum + 4 * Math.ceil(sizeBytes / 3), 0);
  return base64 + Buffer.byteLength(JSON.stringify(prompt)) + envelopeBytes;
}

/** Whether recordings travel within the request or are uploaded first. */
export function deliveryFor(sizes: readonly number[], prompt: string): "inline" | "upload" {
  return inlineRequestBytes(sizes, prompt) < inlineLimitBytes ? "inline" : "upload";
}

interface Planned {
  readonly audios: readonly PlannedAudio[];
  readonly delivery: Delivery;
  /** All text that goes with them. */
  readonly prompt: string;
}

/**
 * How recordings will travel; what is not made yet may turn out another size.
 * Errors: Failure `limit` for what is sent as it is, if it is too large for that.
 */
export function planDelivery({ audios, delivery, prompt }: Planned) {
  if (audios.every(({ kind }) => kind === "video")) return "link";
  const local = audios.filter((audio) => audio.kind === "local");
  if (local.length === 0) return "upload";
  const sizes = local.map(({ sending }) => sending.bytes);
  const isExact = local.every(({ sending }) => sending.kind === "as-is");
  if (isExact) return chooseDelivery({ audios: local, sizes, delivery, prompt });
  return delivery === "auto" ? deliveryFor(sizes, prompt) : delivery;
}

interface Travelling {
  readonly delivery: Delivery;
  readonly prompt: string;
  readonly audios: readonly SendableAudio[];
  /** In bytes, one for each recording. */
  readonly sizes: readonly number[];
}

/**
 * Chooses how files travel whose sizes are known.
 * Errors: Failure `limit` when they are too large for it.
 */
export function chooseDelivery({ audios, sizes, delivery, prompt }: Travelling): "inline" | "upload" {
  const chosen = delivery === "auto" ? deliveryFor(sizes, prompt) : delivery;
  if (chosen === "inline") assertInline(audios, inlineRequestBytes(sizes, prompt));
  else for (const [index, audio] of audios.entries()) assertUploadable(audio, sizes[index] ?? 0);
  return chosen;
}

function assertInline(audios: readonly SendableAudio[], bytes: number): void {
  if (bytes < inlineLimitBytes) return;
  throw new Failure(
    "limit",
    `${namesOf(audios)}: the request would be ${bytes} bytes; inline it must be under ${inlineLimitBytes}`,
    { hint: "leave --delivery out, or use --delivery upload", ...fileOf(audios) },
  );
}

function assertUploadable({ path }: SendableAudio, bytes: number): void {
  if (bytes <= uploadLimitBytes) return;
  const name = nameOf(path);
  throw new Failure("limit", `${name}: ${bytes} bytes; the Files API takes ${uploadLimitBytes}`, {
    hint: "send parts of it one by one with --start and --end, or make it smaller with --compress always",
    file: name,
  });
}
