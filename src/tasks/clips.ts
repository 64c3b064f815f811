import { join } from "node:path";
import type { Audio } from "../audio/audio.ts";
import { containerOfType, containers } from "../audio/containers.ts";
import type { Preparing, SpeakersInvocation } from "../invocation.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import type { SpeakerClip } from "../render/speakers.ts";
import type { Sample } from "../transcript/samples.ts";
import { speakerId } from "../transcript/speakers.ts";
import type { World } from "../world.ts";
import { type Input, warningsOf } from "./inputs.ts";
import { checkDestinations, makeFolder, writeCopy } from "./output.ts";
import { makePieces, type Tools } from "./pieces.ts";
import { planSendable } from "./sendable.ts";

/** A speaker's clip before it is cut. */
interface PlannedClip {
  readonly sample: Sample;
  /** What its file is called, without what tells its format. */
  readonly stem: string;
  /** Null when there is no clip. */
  readonly audio: SendableAudio | null;
}

/**
 * Decides how each clip is made: copied where that can be, else decoded by ffmpeg.
 * Errors: Failure `input` when it takes ffmpeg, and there is none.
 */
export function planClips(
  world: Pick<World, "programs">,
  plan: { readonly audio: Audio; readonly samples: readonly Sample[]; readonly preparing: Preparing },
): Promise<readonly PlannedClip[]> {
  const { audio, samples, preparing } = plan;
  const latest = audio.duration ?? Number.POSITIVE_INFINITY;
  return Promise.all(
    samples.map(async (sample, index) => {
      const { speaker, span } = sample;
      const stem = hasUsualIds(samples) ? speaker.id : speakerId(index);
      if (span === null) return { sample, stem, audio: null };
      const range = { start: span.start / 1_000, end: Math.min(span.end / 1_000, latest) };
      return { sample, stem, audio: await planSendable(world, audio, { ...preparing, range }) };
    }),
  );
}

/** A file's name is made of no id but gaudio's own: a transcript may come from anywhere. */
function hasUsualIds(samples: readonly Sample[]): boolean {
  return samples.every(({ speaker }) => /^SPEAKER_\d{2,9}$/.test(speaker.id));
}

interface Writing extends Pick<SpeakersInvocation, "directory" | "overwrite"> {
  readonly clips: readonly PlannedClip[];
  readonly inputs: readonly Input[];
}

interface WrittenClips {
  readonly clips: readonly SpeakerClip[];
  /** What the user should know of the recording, and who has no clip. */
  readonly warnings: readonly string[];
}

/**
 * Makes the clips, all of them before the first is written.
 * Errors: Failure `input` for what cannot be cut; `output`, before anything is made, for a clip that is there
 * already, or a folder that takes none; `usage` for one that would replace an input.
 */
export async function writeClips(world: World, writing: Writing, tools: Tools): Promise<WrittenClips> {
  const { clips, inputs, directory, overwrite } = writing;
  const placeOf = (stem: string, mimeType: string) =>
    ({ kind: "file", path: join(directory, `${stem}.${extensionOf(mimeType)}`), overwrite }) as const;
  await makeFolder(world, directory);
  const wanted = clips.flatMap(({ stem, audio }) =>
    audio === null ? [] : [{ destination: placeOf(stem, audio.sending.mimeType) }],
  );
  await checkDestinations(world, wanted, inputs);
  const planned = clips.flatMap(({ audio }) => audio ?? []);
  const pieces = await makePieces(world, planned, tools);
  const written: SpeakerClip[] = [];
  const warnings = [...warningsOf(planned.slice(0, 1)), ...new Set(pieces.flatMap(({ notes }) => notes))];
  for (const { sample, stem, audio } of clips) {
    const ready = pieces.find((piece) => piece.audio === audio);
    const place = ready === undefined ? null : placeOf(stem, ready.piece.mimeType);
    if (ready !== undefined && place !== null) await writeCopy(world, place, ready.piece.file);
    written.push({ ...sample, file: place?.path ?? null });
    warnings.push(...lacking(sample, ready?.isSilent ?? null));
  }
  return { clips: written, warnings };
}

function extensionOf(mimeType: string): string {
  const key = containerOfType(mimeType);
  const [extension] = key === null ? [] : containers[key].extensions;
  if (extension === undefined) throw new Error(`no container of the type ${mimeType}`);
  return extension;
}

/** `isSilent` is null without a clip. */
function lacking({ speaker: { id, name } }: Sample, isSilent: boolean | null): string[] {
  const who = name === null ? id : `${id} (${name})`;
  if (isSilent === null) return [`${who} has no clip: nobody hears them alone for a second`];
  return isSilent ? [`${who}: the clip is silent: is this the recording that the transcript is of?`] : [];
}
