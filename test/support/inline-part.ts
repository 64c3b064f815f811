import type { Part } from "../../src/gemini/model.ts";

/** Bytes that go within a request. */
export function inlinePart(bytes: Uint8Array, mimeType = "audio/wav"): Part {
  const read = async (position: number, length: number) => bytes.subarray(position, position + length);
  return { kind: "inline", content: { sizeBytes: bytes.length, read }, mimeType };
}
