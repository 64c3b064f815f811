import type { EndReason, ModelEvent } from "../gemini/model.ts";
import { type Usage, unknownUsage } from "../plan/usage.ts";
import { cleanText } from "./clean.ts";

/** All that a model said, and how it ended. */
export interface Collected {
  /** Without control characters; not trimmed. */
  readonly text: string;
  readonly usage: Usage;
  readonly end: EndReason;
}

/** Follows an answer to its end. `onText` is given each piece of text as it arrives. */
export async function collect(
  events: AsyncIterable<ModelEvent>,
  onText: (text: string) => Promise<void> = async () => {},
): Promise<Collected> {
  let text = "";
  let usage = unknownUsage;
  let end: EndReason = { kind: "cut", failure: null };
  for await (const event of events) {
    switch (event.kind) {
      case "text": {
        const piece = cleanText(event.text);
        text += piece;
        await onText(piece);
        break;
      }
      case "usage":
        usage = event.usage;
        break;
      case "end":
        end = event.reason;
        break;
    }
  }
  return { text, usage, end };
}
