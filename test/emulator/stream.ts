import type { Generated } from "./generate.ts";

/** A piece of a streamed answer. */
const pieceCharacters = 60;

/** An answer as the chunks of a stream; the last one tells how it ends and what it used. */
export function* streamOf(generated: Generated): Generator<object> {
  const { text } = generated;
  let at = 0;
  for (; at + pieceCharacters < text.length; at += pieceCharacters) {
    yield { candidates: [{ content: contentOf(text.slice(at, at + pieceCharacters)), index: 0 }] };
  }
  yield lastChunk(generated, text.slice(at));
}

/** The rest of an answer, or all of it. */
export function lastChunk({ finishReason, blockReason, usage }: Generated, text: string): object {
  if (blockReason !== null) return { promptFeedback: { blockReason }, usageMetadata: usage };
  if (finishReason === null) return { candidates: [{ content: contentOf(text), index: 0 }] };
  return {
    candidates: [{ ...(text === "" ? {} : { content: contentOf(text) }), finishReason, index: 0 }],
    usageMetadata: usage,
  };
}

function contentOf(text: string): object {
  return { role: "model", parts: [{ text }] };
}
