import type { SummarizeInvocation } from "../invocation.ts";
import { textRenderers } from "../render/replies.ts";
import { summaryInstructions } from "../transcript/inquiry.ts";
import type { World } from "../world.ts";
import { inquire } from "./inquire.ts";
import type { Progress } from "./progress.ts";
import { chaptersReading, plainReading } from "./readings.ts";

/** A summary is short, however long the recordings are. */
const summaryTokens = 800;

/** A word of English is some four thirds of a token, and other languages take more. */
const tokensPerWord = 1.5;

/**
 * Prints or writes what recordings are about, all of them in one prompt.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export function summarize(world: World, invocation: SummarizeInvocation, progress: Progress): Promise<void> {
  const { asking, sources, style, words, language } = invocation;
  const { prompt, format } = asking;
  const instruct = (recordings: number) =>
    summaryInstructions({ recordings, style, words, language, prompt });
  return inquire(
    world,
    {
      asking,
      sources,
      wishes: [{ question: null, instruct }],
      reading: style === "chapters" ? chaptersReading(sources.length) : plainReading,
      outputTokens: words === null ? summaryTokens : Math.ceil(words * tokensPerWord),
      cache: null,
      render: textRenderers[format],
    },
    progress,
  );
}
