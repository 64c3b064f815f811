import { inlineLimitBytes } from "./limits.ts";

/** What a request's JSON holds beside the audio and the prompt: names, braces, settings. */
const envelopeBytes = 4_000;

/** The size of a request that carries files of these sizes in itself. `prompt` is its text and schema. */
export function inlineRequestBytes(sizes: readonly number[], prompt: string): number {
  const base64 = sizes.reduce((sum, sizeBytes) => sum + 4 * Math.ceil(sizeBytes / 3), 0);
  return base64 + Buffer.byteLength(JSON.stringify(prompt)) + envelopeBytes;
}

/** Whether recordings travel within the request or are uploaded first. */
export function deliveryFor(sizes: readonly number[], prompt: string): "inline" | "upload" {
  return inlineRequestBytes(sizes, prompt) < inlineLimitBytes ? "inline" : "upload";
}
