import type { EndReason, ModelEvent } from "../gemini/model.ts";
import { addUsage, type Usage, unknownUsage } from "../plan/usage.ts";
import { cleanText } from "./clean.ts";

/** All that a model said, and how it ended. */
export interface Collected {
  /** Without control characters; not trimmed. */
  readonly text: string;
  readonly usage: Usage;
  readonly end: EndReason;
}

/** Who is given the text as it arrives. */
export interface Listener {
  readonly write: (piece: string) => Promise<void>;
  /** The answer begins anew. */
  readonly restart: () => void;
}

const nobody: Listener = { write: async () => {}, restart: () => {} };

/**
 * Follows an answer to its end. Of one that was given again, the last counts, and what all of them
 * used; only where that broke off too, the longest.
 */
export async function collect(
  events: AsyncIterable<ModelEvent>,
  listener: Listener = nobody,
): Promise<Collected> {
  let text = "";
  let longest = "";
  let usage = unknownUsage;
  let end: EndReason = { kind: "cut", failure: null };
  const earlier: Usage[] = [];
  for await (const event of events) {
    switch (event.kind) {
      case "text": {
        const piece = cleanText(event.text);
        text += piece;
        await listener.write(piece);
        break;
      }
      case "restart":
        earlier.push(usage);
        usage = unknownUsage;
        longest = text.length > longest.length ? text : longest;
        text = "";
        listener.restart();
        break;
      case "usage":
        usage = event.usage;
        break;
      case "end":
        end = event.reason;
        break;
    }
  }
  const isShorter = end.kind === "cut" && text.length < longest.length;
  return { text: isShorter ? longest : text, usage: addUsage([...earlier, usage]), end };
}
