import { Failure } from "../failure.ts";
import type { Preparing } from "../invocation.ts";
import type { PlannedAudio, UploadedAudio } from "../plan/planned-audio.ts";
import type { World } from "../world.ts";
import { type Input, notLocal, probeOrFail, type UploadedInput } from "./inputs.ts";
import type { Progress } from "./progress.ts";
import { planSendable } from "./sendable.ts";

/**
 * Probes inputs and decides what is sent of each; of an upload nothing is, and nothing is asked yet.
 * Errors: Failure `input` for what is not audio, or a length that nobody knows; `usage` for a part or a
 * track that is not there, or is wanted of an upload.
 */
export async function planInputs(
  world: World,
  { inputs, preparing }: { readonly inputs: readonly Input[]; readonly preparing: Preparing },
  progress: Progress,
): Promise<readonly PlannedAudio[]> {
  const remote = inputs.filter((input) => input.kind === "uploaded");
  const local = inputs.filter((input) => input.kind === "local");
  const uploads = remote.map((input) => planUploaded(input, preparing));
  const probed = await probeOrFail(world, { inputs: local, preparing }, progress);
  const sendable = await Promise.all(probed.map((audio) => planSendable(world, audio, preparing)));
  return inputs.flatMap((input): readonly PlannedAudio[] => {
    const index = input.kind === "uploaded" ? remote.indexOf(input) : local.indexOf(input);
    return (input.kind === "uploaded" ? uploads : sendable).slice(index, index + 1);
  });
}

/** Only the whole of an upload can be heard, and only the user knows how long that is. */
function planUploaded({ path }: UploadedInput, { range, track, assumedDuration }: Preparing): UploadedAudio {
  if (range.start !== null || range.end !== null || track !== null) {
    const reason = track === null ? "--start and --end cut a local file" : "--track reads a local file";
    throw notLocal(path, reason);
  }
  if (assumedDuration === null) {
    throw new Failure("input", `${path}: no such file here, and of an upload the length cannot be told`, {
      hint: "say how long it is with --assume-duration <time>; it counts for limits and cost",
      file: path,
    });
  }
  const whole = { start: 0, end: assumedDuration };
  return { kind: "uploaded", path, duration: assumedDuration, range: whole, channel: null };
}
