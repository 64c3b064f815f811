import { Failure } from "../failure.ts";
import type { ProbeInvocation } from "../invocation.ts";
import { makeReport, probedFile } from "../plan/report.ts";
import { probeRenderers } from "../render/probe.ts";
import type { World } from "../world.ts";
import { type Probed, probeAll, withInputs } from "./inputs.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/**
 * Prints what recordings are and how they would be sent. Nothing is sent.
 * Errors: Failure `input` when every file is broken, `partial` when some are; all are printed.
 */
export async function probe(
  world: World,
  { sources, format }: ProbeInvocation,
  progress: Progress,
): Promise<void> {
  await withInputs(world, sources, async (inputs) => {
    const probed = await probeAll(world, inputs, progress);
    progress.pause();
    const report = makeReport(
      probed.map((one) =>
        one.kind === "probed"
          ? probedFile(one.audio)
          : { kind: "broken", path: one.path, error: one.failure.message },
      ),
    );
    await print(world, `${probeRenderers[format](report)}\n`);
    const failure = failureOf(probed);
    if (failure !== null) throw failure;
  });
}

function failureOf(probed: readonly Probed[]): Failure | null {
  const failures = probed.flatMap((one) => (one.kind === "failed" ? [one.failure] : []));
  const [first] = failures;
  if (first === undefined) return null;
  if (probed.length === 1) return first;
  const kind = failures.length === probed.length ? "input" : "partial";
  return new Failure(kind, `${failures.length} of ${probed.length} files could not be read`, {
    hint: "the output names each with its error",
  });
}
