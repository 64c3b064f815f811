import { Failure } from "../failure.ts";
import type { Output, RenderOptions } from "../invocation.ts";
import { lackingFor } from "../render/needs.ts";
import { transcriptRenderers } from "../render/renderers.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import { writeResult } from "./output.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

interface Rendered {
  readonly transcript: Transcript;
  readonly outputs: readonly Output[];
  readonly rendering: RenderOptions;
  /** Whether only those are written whose format the transcript can fill. */
  readonly fillsAll: boolean;
}

/**
 * Renders a transcript in each format and brings it where it goes. One that cannot be written takes nothing from the
 * others. Errors: Failure `output`, the first, when all others were written.
 */
export async function writeOutputs(
  world: World,
  { transcript, outputs, rendering, fillsAll }: Rendered,
  progress: Progress,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { format, destination } of outputs) {
    const lacking = lackingFor(format, transcript);
    if (fillsAll && lacking.length > 0) {
      progress.detail(`${format} is left out: the transcript has no ${lacking.join(" and no ")}`);
      continue;
    }
    try {
      if (lacking.length > 0) throw await printedInstead(world, { format, transcript, lacking });
      const render = await transcriptRenderers[format]();
      const { isComplete } = transcript.making;
      await writeResult(world, destination, { text: render(transcript, rendering), isComplete });
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw failures[0];
}

interface Unfillable extends Pick<Rendered, "transcript"> {
  readonly format: Output["format"];
  readonly lacking: readonly string[];
}

/** What was said is not lost because the model told less than a format needs: it is printed as JSON. */
async function printedInstead(world: World, { format, transcript, lacking }: Unfillable): Promise<Failure> {
  const render = await transcriptRenderers.json();
  await print(world, `${render(transcript)}\n`);
  const { path } = transcript.source;
  const message = `${path}: the model told no ${lacking.join(" and no ")}, so that it cannot be written as ${format}; it was printed as json`;
  return new Failure("incomplete", message, { hint: "run the command again", file: path, retryable: true });
}
