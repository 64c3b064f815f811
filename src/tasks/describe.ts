import type { DescribeInvocation } from "../invocation.ts";
import { textRenderers } from "../render/replies.ts";
import { descriptionInstructions } from "../transcript/inquiry.ts";
import type { World } from "../world.ts";
import { inquire } from "./inquire.ts";
import type { Progress } from "./progress.ts";
import { plainReading } from "./readings.ts";

/** About so long is a description. */
const descriptionTokens = 600;

/**
 * Prints or writes what is heard in recordings, all of them in one prompt.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export function describe(world: World, invocation: DescribeInvocation, progress: Progress): Promise<void> {
  const { asking, sources, language } = invocation;
  const { prompt, format } = asking;
  const instruct = (recordings: number) => descriptionInstructions({ recordings, language, prompt });
  return inquire(
    world,
    {
      asking,
      sources,
      wishes: [{ question: null, instruct }],
      reading: plainReading,
      outputTokens: descriptionTokens,
      cache: null,
      render: textRenderers[format],
    },
    progress,
  );
}
