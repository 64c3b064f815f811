import { type Generated, type Said, textOf } from "./generated.ts";
import { usageMetadataOf } from "./tokens.ts";
import { textOfTurn } from "./turns.ts";

/** A piece of a streamed answer. */
const pieceCharacters = 60;

/** A text in the pieces of a stream; the last may be empty. */
export function* piecesOf(text: string): Generator<string> {
  let at = 0;
  for (; at + pieceCharacters < text.length; at += pieceCharacters)
    yield text.slice(at, at + pieceCharacters);
  yield text.slice(at);
}

/** An answer as the chunks of a stream; the last one tells how it ends and what it used. */
export function* streamOf(generated: Generated): Generator<object> {
  const pieces = [...piecesOf(textOf(generated.said))];
  for (const piece of pieces.slice(0, -1)) {
    yield { candidates: [{ ...contentOf({ kind: "text", text: piece }), index: 0 }] };
  }
  const text = pieces.at(-1) ?? "";
  yield lastChunk({
    ...generated,
    said: generated.said.kind === "nothing" ? generated.said : { kind: "text", text },
  });
}

/** The rest of an answer, or all of it. */
export function lastChunk({ said, finishReason, blockReason, spent }: Generated): object {
  const usage = { usageMetadata: usageMetadataOf(spent) };
  if (blockReason !== null) return { promptFeedback: { blockReason }, ...usage };
  if (finishReason === null) return { candidates: [{ ...contentOf(said), index: 0 }] };
  return { candidates: [{ ...contentOf(said), finishReason, index: 0 }], ...usage };
}

/** Nothing is no content at all; of a transcription model, it is `content: {}` [report]. */
function contentOf(said: Said): object {
  switch (said.kind) {
    case "nothing":
      return {};
    case "text":
      return { content: { role: "model", parts: [{ text: said.text }] } };
    case "transcription":
      return { content: said.turns.length === 0 ? {} : { role: "model", parts: partsOf(said) } };
  }
}

function partsOf({ turns, hasWords }: Extract<Said, { kind: "transcription" }>): object[] {
  return turns.map((turn) => ({
    audioTranscription: {
      text: textOfTurn(turn),
      ...(turn.speaker === null ? {} : { speakerLabel: turn.speaker }),
      ...(hasWords
        ? {
            words: turn.words.map(({ text, start, end }) => ({
              word: text,
              startOffset: start,
              endOffset: end,
            })),
          }
        : {}),
    },
  }));
}
