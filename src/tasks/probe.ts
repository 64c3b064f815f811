import type { Audio } from "../audio/audio.ts";
import { Failure } from "../failure.ts";
import type { Preparing, ProbeInvocation } from "../invocation.ts";
import { makeReport, type ProbedFile, probedFile } from "../plan/report.ts";
import type { Sending } from "../plan/sending.ts";
import { probeRenderers } from "../render/probe.ts";
import type { World } from "../world.ts";
import { localInputs, type Probed, probeAll, withInputs } from "./inputs.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { planSending } from "./sendable.ts";

/**
 * Prints what recordings are and how they would be sent. Nothing is sent.
 * Errors: Failure `input` when every file is broken, `partial` when some are; all are printed.
 * `usage` for an upload, which cannot be read.
 */
export async function probe(
  world: World,
  { sources, preparing, access, format }: ProbeInvocation,
  progress: Progress,
): Promise<void> {
  await withInputs(world, { sources, fetching: { ...access, ...preparing }, progress }, async (inputs) => {
    const local = localInputs(inputs, "probe reads local files");
    const probed = await probeAll(world, { inputs: local, track: preparing.track }, progress);
    const files = probed.map((one) =>
      one.kind === "probed"
        ? fileOf(world, one.audio, preparing)
        : ({ kind: "broken", path: one.path, error: one.failure.message } as const),
    );
    const report = makeReport(await Promise.all(files));
    progress.pause();
    await print(world, `${probeRenderers[format](report)}\n`);
    const failure = failureOf(probed);
    if (failure !== null) throw failure;
  });
}

/** A file that may be of unknown length, or not to be sent without ffmpeg, is told of all the same. */
async function fileOf(world: World, audio: Audio, preparing: Preparing): Promise<ProbedFile> {
  const { range } = preparing;
  if ((audio.duration ?? preparing.assumedDuration) === null) {
    const sending = audio.mimeType === null ? null : asItIs(audio, audio.mimeType);
    return probedFile(audio, { range: null, sending });
  }
  const isPart = range.start !== null || range.end !== null;
  const planned = await planSending(world, audio, preparing);
  return probedFile(audio, { range: isPart ? planned.range : null, sending: planned.sending });
}

function asItIs({ sizeBytes }: Audio, mimeType: string): Sending {
  return { kind: "as-is", mimeType, bytes: sizeBytes };
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
