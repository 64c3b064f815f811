import { containerOfType } from "../audio/containers.ts";
import { loudnessOf } from "../audio/energy/energy.ts";
import { type Loudness, soundsIn } from "../audio/energy/loudness.ts";
import type { Model } from "../plan/models.ts";
import { type Stretch, stretchesWithoutWords, toStretch } from "../transcript/coverage.ts";
import type { Spoken } from "../transcript/transcript.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Lanes } from "./lanes.ts";
import type { ReadyAudio } from "./ready.ts";

/** How exact a model's times are, and how long a pause it may leave before anybody looks whether it is one. */
const exactness = {
  transcription: { longestPause: 1_000, tolerance: 200 },
  general: { longestPause: 5_000, tolerance: 1_500 },
} as const satisfies Record<Model["kind"], object>;

/** Where a recording cannot be decoded here, only a longer silence of the model is held against it. */
const longestUnproven = 10_000;

/** How loud what was sent is, in the time of the recording. */
export interface HeardLoudness {
  readonly loudness: Loudness;
  readonly start: Seconds;
}

/** Listens to what was sent; null when that cannot be done here. */
export async function loudnessIn(
  world: World,
  lanes: Lanes,
  file: () => Promise<ReadyAudio>,
): Promise<HeardLoudness | null> {
  const sent = await file();
  if (sent.kind !== "piece") return null;
  const { audio, piece } = sent;
  const key = containerOfType(piece.mimeType) ?? audio.key;
  const loudness = await lanes.listen(() => loudnessOf(world, { ...piece, key }));
  return loudness === null ? null : { loudness, start: piece.start };
}

/** Whether it is known that there is nothing to hear. */
export function holdsNoSound(heard: HeardLoudness | null): boolean {
  if (heard === null) return false;
  const { loudness } = heard;
  return soundsIn(loudness, [{ start: 0, end: loudness.duration }]).length === 0;
}

interface Listening {
  readonly model: Model;
  readonly loudness: () => Promise<HeardLoudness | null>;
}

/** The stretches of a part in which something sounds, and of which an answer tells nothing. */
export function unheardIn(
  spoken: Pick<Spoken, "segments" | "events">,
  part: Stretch,
  listening: Listening,
): Promise<readonly Stretch[]> {
  return soundsAmong(stretchesWithoutWords(spoken, part, exactness[listening.model.kind]), listening);
}

/** Whether something sounds between two segments that an answer tells of one after the other. */
export async function isUnheard({ start, end }: Stretch, listening: Listening): Promise<boolean> {
  const { longestPause, tolerance } = exactness[listening.model.kind];
  if (end - start <= longestPause) return false;
  const sounds = await soundsAmong([{ start: start + tolerance, end: end - tolerance }], listening);
  return sounds.length > 0;
}

async function soundsAmong(
  stretches: readonly Stretch[],
  { loudness }: Listening,
): Promise<readonly Stretch[]> {
  if (stretches.length === 0) return [];
  const heard = await loudness();
  if (heard === null) return stretches.filter(({ start, end }) => end - start > longestUnproven);
  const inPiece = stretches.map(({ start, end }) => ({
    start: start / 1_000 - heard.start,
    end: end / 1_000 - heard.start,
  }));
  return soundsIn(heard.loudness, inPiece).map(({ start, end }) =>
    toStretch({ start: start + heard.start, end: end + heard.start }),
  );
}
