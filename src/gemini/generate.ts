import type { Content, Part as SdkPart } from "@google/genai/web";
import type { Piece } from "./attempt.ts";
import type { Client } from "./client.ts";
import { configOf, transcriptionConfigOf } from "./generate-config.ts";
import { chunkPiece, transcriptionPiece } from "./generated-content.ts";
import { audioName, fetchWithAudio } from "./inline.ts";
import type { ModelRequest, Part } from "./model.ts";

/**
 * Asks a model once with generateContent: one that follows instructions answers bit by bit, one that
 * transcribes at once, for it does not stream [doc].
 */
export async function* generate(
  { sdk, fetch }: Client,
  request: ModelRequest,
  abortSignal: AbortSignal,
): AsyncGenerator<Piece> {
  const { model, parts } = request;
  const contents = contentsOf({ ...request, parts: uncached(parts) });
  const sending = { abortSignal, httpOptions: { fetch: fetchWithAudio(fetch, parts) } };
  switch (request.kind) {
    case "general": {
      const config = { ...(await configOf(request)), ...sending };
      const stream = await sdk.models.generateContentStream({ model, contents, config });
      for await (const chunk of stream) yield chunkPiece(chunk);
      return;
    }
    case "transcription": {
      const config = { ...(await transcriptionConfigOf(request)), ...sending };
      yield transcriptionPiece(await sdk.models.generateContent({ model, contents, config }));
    }
  }
}

function contentsOf(request: ModelRequest): Content[] {
  const turns = request.kind === "general" ? request.turns : [];
  return [firstContent(request.parts), ...turns.map(({ role, text }) => ({ role, parts: [{ text }] }))];
}

/** What stands behind all that is in a cache. */
function uncached(parts: readonly Part[]): readonly Part[] {
  return parts.slice(parts.findLastIndex(({ kind }) => kind === "cached") + 1);
}

/** The parts of a prompt as the SDK takes them; audio within it is named, to be put there as it is sent. */
export function firstContent(parts: readonly Part[]): Content {
  let audios = 0;
  return { role: "user", parts: parts.map((part) => toSdkPart(part, () => audioName(audios++))) };
}

function toSdkPart(part: Part, nextAudio: () => string): SdkPart {
  switch (part.kind) {
    case "text":
      return { text: part.text };
    case "inline":
      return { inlineData: { data: nextAudio(), mimeType: part.mimeType } };
    case "file":
      return { fileData: { fileUri: part.uri, mimeType: part.mimeType } };
    case "video":
      return { fileData: { fileUri: part.uri } };
    case "cached":
      throw new Error("what is in a cache is not sent");
  }
}
