import type { Audio } from "../audio/audio.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { SpeakersInvocation } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { lackingFor } from "../render/needs.ts";
import { speakerRenderers } from "../render/speakers.ts";
import { type Sample, samplesOf } from "../transcript/samples.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { planClips, writeClips } from "./clips.ts";
import { type LocalInput, localInputs, probeOrFail, withInputs } from "./inputs.ts";
import { printLines } from "./print.ts";
import type { Progress } from "./progress.ts";
import { readTranscriptFile } from "./transcript-file.ts";

/**
 * Cuts a clip of each speaker of a transcript out of the recording, so that somebody who listens can name them, and
 * prints which is whose. Nothing is sent.
 * Errors: Failure `input` for what is no transcript or no recording, or cannot be cut; `usage` for a transcript
 * without speakers or times, or of another recording; `output` for clips that are there already, or a folder that
 * takes none.
 */
export async function sampleSpeakers(
  world: World,
  invocation: SpeakersInvocation,
  progress: Progress,
): Promise<void> {
  const sources = [invocation.transcript, invocation.audio];
  await withInputs(world, { sources, fetching: null, progress }, async (inputs, workspace) => {
    const [written, recording] = localInputs(inputs, "speakers reads local files");
    if (written === undefined || recording === undefined) throw new RangeError("it takes two inputs");
    const transcript = await readTranscriptFile(world, written);
    const samples = samplesOf(transcript);
    assertSampled(transcript, samples, written);
    const preparing = preparingOf(transcript, invocation);
    const [audio] = await probeOrFail(world, { inputs: [recording], preparing }, progress);
    if (audio === undefined) throw new RangeError("it takes a recording");
    assertWithin(audio, samples, written);
    const clips = await planClips(world, { audio, samples, preparing });
    progress.step(`cutting clips of ${nameOf(audio.path)}`);
    // Pieces tell what is sent of a recording, and nothing is sent here.
    const tools = { workspace, progress: { ...progress, step: () => {}, detail: () => {} } };
    const made = await writeClips(world, { ...invocation, clips, inputs }, tools);
    const warnings = [...misfit(audio, transcript, written), ...made.warnings];
    for (const warning of warnings) progress.warn(warning);
    progress.pause();
    await printLines(world, speakerRenderers[invocation.format]({ clips: made.clips, warnings }));
  });
}

/** Of a recording whose length cannot be told, what the transcript says of it is as good as any. */
function preparingOf({ source }: Transcript, { track }: SpeakersInvocation) {
  const range = { start: null, end: null };
  const assumedDuration = source.duration;
  return { range, track, compress: "never", assumedDuration, allowPrivate: false } as const;
}

function assertSampled(transcript: Transcript, samples: readonly Sample[], { path }: LocalInput): void {
  const lacking = lackingFor("rttm", transcript);
  if (lacking.length === 0 || samples.some(({ span }) => span !== null)) return;
  const name = nameOf(path);
  throw new Failure("usage", `${name}: it has no ${lacking.join(" and no ")}`, {
    hint: "transcribe the recording with --diarize --timestamps segment",
    file: name,
  });
}

/** A clip may end a little late, where the last words are told to; it cannot begin behind the end. */
function assertWithin({ path, duration }: Audio, samples: readonly Sample[], written: LocalInput): void {
  if (duration === null) return;
  const limit = toMilliseconds(duration);
  if (samples.every(({ span }) => span === null || span.start < limit)) return;
  const [name, transcript] = [nameOf(path), nameOf(written.path)];
  const length = formatDuration(duration);
  throw new Failure("usage", `${transcript}: somebody speaks in it after the end of ${name}, ${length}`, {
    hint: "name the recording that the transcript is of",
    file: transcript,
  });
}

/** Copies of a recording in other formats may be that much longer or shorter. */
const tolerance = { share: 0.01, least: 1 } as const;

/** Only gaudio's own transcripts tell how long the recording is, and not the speech in it alone. */
function misfit({ path, duration }: Audio, { source, making }: Transcript, written: LocalInput): string[] {
  if (duration === null || source.duration === null || making.model === null) return [];
  const apart = Math.abs(duration - source.duration);
  if (apart <= Math.max(tolerance.least, tolerance.share * source.duration)) return [];
  const lengths = `${formatDuration(source.duration)}, and ${nameOf(path)} is ${formatDuration(duration)} long`;
  return [`${nameOf(written.path)} is of a recording of ${lengths}: the clips may be of anybody`];
}
