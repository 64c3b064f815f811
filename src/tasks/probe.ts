import type { Audio } from "../audio/audio.ts";
import { Failure } from "../failure.ts";
import { baseUrl } from "../gemini/address.ts";
import type { Access, Preparing, ProbeInvocation } from "../invocation.ts";
import { makeReport, type ProbedFile, type ProbeReport, probedFile } from "../plan/report.ts";
import { routeInstructions } from "../plan/route.ts";
import type { Sending } from "../plan/sending.ts";
import { probeRenderers } from "../render/probe.ts";
import type { World } from "../world.ts";
import { countAll } from "./count.ts";
import { localInputs, type Probed, probeAll, withInputs } from "./inputs.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { planSendable, planSending } from "./sendable.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Prints what recordings are and how they would be sent. Nothing is sent, but to have tokens counted.
 * Errors: Failure `input` when every file is broken, `partial` when some are; all are printed.
 * `usage` for an upload, which cannot be read; those of `countAll`.
 */
export async function probe(
  world: World,
  { sources, preparing, access, countBy, format }: ProbeInvocation,
  progress: Progress,
): Promise<void> {
  const model = countBy === null ? null : routeInstructions({ model: countBy }).model.name;
  if (model !== null) baseUrl(world.env);
  const wanted = { sources, fetching: { ...access, ...preparing }, progress };
  await withInputs(world, wanted, async (inputs, workspace) => {
    const local = localInputs(inputs, "probe reads local files");
    const probed = await probeAll(world, { inputs: local, track: preparing.track }, progress);
    const files = await Promise.all(
      probed.map((one) =>
        one.kind === "probed"
          ? fileOf(world, one.audio, preparing)
          : ({ kind: "broken", path: one.path, error: one.failure.message } as const),
      ),
    );
    const counted =
      model === null
        ? files
        : await withCounts(world, { files, preparing, access, model, workspace }, progress);
    progress.pause();
    await print(world, `${probeRenderers[format](makeReport(counted, model))}\n`);
    const failure = failureOf(probed);
    if (failure !== null) throw failure;
  });
}

interface Counting {
  readonly files: ProbeReport["files"];
  readonly preparing: Preparing;
  readonly access: Access;
  readonly model: string;
  readonly workspace: Workspace;
}

/** The files with their tokens by the service's count: of all that would be sent. */
async function withCounts(
  world: World,
  { files, preparing, ...counting }: Counting,
  progress: Progress,
): Promise<ProbeReport["files"]> {
  const sendable = files.flatMap((file) => {
    if (file.kind === "broken" || file.sending === null) return [];
    return (file.audio.duration ?? preparing.assumedDuration) === null ? [] : [file];
  });
  const audios = await Promise.all(sendable.map(({ audio }) => planSendable(world, audio, preparing)));
  const counts = await countAll(world, { ...counting, audios }, progress);
  return files.map((file) => {
    if (file.kind === "broken") return file;
    return { ...file, countedTokens: counts[sendable.indexOf(file)] ?? null };
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
