import { nameOf, pathOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { RenderInvocation, TranscriptFormat } from "../invocation.ts";
import { lackingFor } from "../render/needs.ts";
import { movedBy, partOf } from "../transcript/adjust.ts";
import { nameSpeakers } from "../transcript/channels.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { type Milliseconds, type Seconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { withInputs } from "./inputs.ts";
import { checkDestinations } from "./output.ts";
import type { Progress } from "./progress.ts";
import { readTranscriptFile } from "./transcript-file.ts";
import { writeOutputs } from "./write-outputs.ts";

/**
 * Writes a transcript that is there already in other formats. Nothing is sent.
 * Errors: Failure `input` for what is no transcript; `usage` for a format that needs what it lacks; `output`.
 */
export async function render(world: World, invocation: RenderInvocation, progress: Progress): Promise<void> {
  const { source, outputs, fillsAll } = invocation;
  await withInputs(world, { sources: [source], fetching: null, progress }, async (inputs) => {
    const [input] = inputs;
    const path = pathOf(source);
    const file = input?.kind === "local" ? input.file : path;
    const transcript = adjusted(await readTranscriptFile(world, { path, file }), invocation);
    const formats = outputs.map(({ format }) => format);
    if (!fillsAll) for (const format of formats) assertFilled(format, transcript, nameOf(path));
    await checkDestinations(world, outputs, inputs);
    progress.pause();
    await writeOutputs(world, { ...invocation, transcript }, progress);
  });
}

function adjusted(transcript: Transcript, { range, offset, speakerNames }: RenderInvocation): Transcript {
  const toMs = (time: Seconds | null): Milliseconds | null => (time === null ? null : toMilliseconds(time));
  const part = partOf(transcript, { start: toMs(range.start), end: toMs(range.end) });
  return nameSpeakers(movedBy(part, toMilliseconds(offset)), speakerNames);
}

function assertFilled(format: TranscriptFormat, transcript: Transcript, name: string): void {
  const lacking = lackingFor(format, transcript);
  if (lacking.length === 0) return;
  throw new Failure("usage", `${name}: ${format} needs ${lacking.join(" and ")}, which it does not have`, {
    hint: `transcribe the recording with -f ${format}, which asks for what it needs`,
    file: name,
  });
}
