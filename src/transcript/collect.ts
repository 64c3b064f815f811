import type { EndReason, ModelEvent, ModelWord } from "../gemini/model.ts";
import { addUsage, type Usage, unknownUsage } from "../plan/usage.ts";
import { TextCleaner } from "./clean.ts";
import { LoopDetector, type Loops } from "./loops.ts";

/** How an answer ended; `looping` when it said the same over and over and was not followed further. */
export type AnswerEnd = EndReason | { readonly kind: "looping" };

/** All that a model said, and how it ended. */
export interface Collected {
  /** Without control characters; not trimmed. */
  readonly text: string;
  /** Empty but for a transcription model. */
  readonly words: readonly ModelWord[];
  /** Of an answer that looped, what was counted until then. */
  readonly usage: Usage;
  readonly end: AnswerEnd;
}

/** Who is given the text as it arrives. */
export interface Listener {
  readonly write: (piece: string) => Promise<void>;
  /** The answer begins anew. */
  readonly restart: () => void;
}

/** Who follows an answer while it arrives. */
export interface Following {
  readonly listener?: Listener;
  /** Who notices that it loops: a LoopDetector for text, AnswerLoops for a structured answer. New for each. */
  readonly loops?: Loops;
  /** Told what was used as far as it is known: the answer, and those that were given before it. */
  readonly onUsage?: (usage: Usage) => void;
}

/** What was said in one go. */
type Said = Pick<Collected, "text" | "words">;

const nobody: Listener = { write: async () => {}, restart: () => {} };
const nothing: Said = { text: "", words: [] };

/**
 * Follows an answer to its end, or until it loops. Of one that was given again, the last counts, and what all
 * of them used; only where that broke off too, the longest.
 */
export async function collect(
  events: AsyncIterable<ModelEvent>,
  { listener = nobody, loops = new LoopDetector(), onUsage }: Following = {},
): Promise<Collected> {
  let said = nothing;
  let longest = nothing;
  let usage = unknownUsage;
  let end: AnswerEnd = { kind: "cut", failure: null };
  let cleaner = new TextCleaner();
  const earlier: Usage[] = [];
  for await (const event of events) {
    switch (event.kind) {
      case "text": {
        const piece = cleaner.add(event.text);
        said = { ...said, text: said.text + piece };
        await listener.write(piece);
        if (loops.add(piece)) end = { kind: "looping" };
        break;
      }
      case "words":
        said = { ...said, words: [...said.words, ...event.words] };
        break;
      case "thought":
        break;
      case "restart":
        earlier.push(usage);
        usage = unknownUsage;
        longest = longerOf(longest, said);
        said = nothing;
        cleaner = new TextCleaner();
        loops.restart();
        listener.restart();
        break;
      case "usage":
        usage = event.usage;
        onUsage?.(addUsage([...earlier, usage]));
        break;
      case "end":
        end = event.reason;
        break;
    }
    // Leaving the loop closes the events, and with them the connection: nothing more is paid for.
    if (end.kind === "looping") break;
  }
  const kept = end.kind === "cut" ? longerOf(said, longest) : said;
  return { ...kept, usage: addUsage([...earlier, usage]), end };
}

/** The longer of two answers; of those alike, the first. */
function longerOf(first: Said, second: Said): Said {
  const more = second.text.length - first.text.length || second.words.length - first.words.length;
  return more > 0 ? second : first;
}
