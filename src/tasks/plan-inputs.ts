import { Failure } from "../failure.ts";
import type { Preparing } from "../invocation.ts";
import type { LinkedVideo, PlannedAudio, UploadedAudio } from "../plan/planned-audio.ts";
import type { World } from "../world.ts";
import { type Input, notLocal, probeOrFail, type UploadedInput, type VideoInput } from "./inputs.ts";
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
  assertOneVideo(inputs);
  const remote = inputs.filter((input) => input.kind !== "local");
  const local = inputs.filter((input) => input.kind === "local");
  const elsewhere = remote.map((input) =>
    input.kind === "video" ? planVideo(input, preparing) : planUploaded(input, preparing),
  );
  const probed = await probeOrFail(world, { inputs: local, preparing }, progress);
  const sendable = await Promise.all(probed.map((audio) => planSendable(world, audio, preparing)));
  return inputs.flatMap((input): readonly PlannedAudio[] => {
    const index = input.kind === "local" ? local.indexOf(input) : remote.indexOf(input);
    return (input.kind === "local" ? sendable : elsewhere).slice(index, index + 1);
  });
}

/** Only the whole of an upload can be heard, and only the user knows how long that is. */
function planUploaded(input: UploadedInput, preparing: Preparing): UploadedAudio {
  assertWhole(input, preparing);
  const { path } = input;
  const { assumedDuration } = preparing;
  if (assumedDuration === null) {
    throw new Failure("input", `${path}: no such file here, and of an upload the length cannot be told`, {
      hint: "say how long it is with --assume-duration <time>; it counts for limits and cost",
      file: path,
    });
  }
  const whole = { start: 0, end: assumedDuration };
  return { kind: "uploaded", path, duration: assumedDuration, range: whole, channel: null };
}

/** Of a video, the user may know how long it is; nobody has to. */
function planVideo(input: VideoInput, preparing: Preparing): LinkedVideo {
  assertWhole(input, preparing);
  const { assumedDuration: duration } = preparing;
  return {
    ...input,
    duration,
    range: { start: 0, end: duration ?? Number.POSITIVE_INFINITY },
    channel: null,
  };
}

function assertWhole(input: UploadedInput | VideoInput, { range, track }: Preparing): void {
  if (range.start === null && range.end === null && track === null) return;
  throw notLocal(input, track === null ? "--start and --end cut a local file" : "--track reads a local file");
}

/** Several videos in a prompt are for some models alone [doc: the video page]. */
function assertOneVideo(inputs: readonly Input[]): void {
  const [, second] = inputs.filter(({ kind }) => kind === "video");
  if (second === undefined) return;
  throw new Failure("usage", `${second.path}: one request takes one video on YouTube`, {
    hint: "ask about one after the other",
    file: second.path,
  });
}
