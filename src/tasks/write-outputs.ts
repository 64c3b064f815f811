import { nameOf } from "../audio/source.ts";
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
 * others. Errors: Failure `output`, the first, when all others were written; `incomplete` for a format that the
 * transcript cannot fill.
 */
export async function writeOutputs(
  world: World,
  { transcript, outputs, rendering, fillsAll }: Rendered,
  progress: Progress,
): Promise<void> {
  const failures: unknown[] = [];
  const unfilled: Unfilled[] = [];
  for (const { format, destination } of outputs) {
    const lacking = lackingFor(format, transcript);
    if (lacking.length > 0) {
      unfilled.push({ format, lacking });
      continue;
    }
    try {
      const render = await transcriptRenderers[format]();
      const { isComplete } = transcript.making;
      await writeResult(world, destination, { text: render(transcript, rendering), isComplete });
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  for (const { format, lacking } of fillsAll ? unfilled : [])
    progress.detail(`${format} is left out: the transcript has no ${lacking.join(" and no ")}`);
  if (failures.length > 0) throw failures[0];
  const [first] = unfilled;
  if (first === undefined || fillsAll) return;
  // What was said is not lost because the model told less than a format needs.
  const isSaved = unfilled.length < outputs.length;
  if (!isSaved) await print(world, `${(await transcriptRenderers.json())(transcript)}\n`);
  throw unfillable(transcript, first, isSaved);
}

/** A format, and what the transcript lacks for it. */
interface Unfilled {
  readonly format: Output["format"];
  readonly lacking: readonly string[];
}

function unfillable({ source }: Transcript, { format, lacking }: Unfilled, isSaved: boolean): Failure {
  const name = nameOf(source.path);
  const rest = isSaved ? "the other formats were written" : "it was printed as json";
  const message = `${name}: the model told no ${lacking.join(" and no ")}, so that it cannot be written as ${format}; ${rest}`;
  return new Failure("incomplete", message, { hint: "run the command again", file: name, retryable: true });
}
