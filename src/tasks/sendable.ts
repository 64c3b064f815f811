import type { Audio } from "../audio/audio.ts";
import { hasFfmpeg, needsFfmpeg } from "../audio/ffmpeg.ts";
import type { Range } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Preparing, RangeWish } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { durationOf, type SendableAudio } from "../plan/planned-audio.ts";
import { chooseSending, type Sending } from "../plan/sending.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";

/**
 * Decides what is sent of a recording, and how. Nothing is made yet.
 * Errors: Failure `input` for what takes ffmpeg where there is none, or a length that nobody knows;
 * `usage` for a range that is not in the recording.
 */
export async function planSendable(
  world: Pick<World, "programs">,
  audio: Audio,
  preparing: Preparing,
  channel: number | null = null,
): Promise<SendableAudio> {
  const { duration, range, sending } = await planSending(world, audio, preparing, channel);
  if (sending === null) throw needsFfmpeg(nameOf(audio.path), formatOf(audio));
  const notes = notesOn(audio, duration, preparing.range);
  return { ...audio, kind: "local", duration, range, channel, sending, notes };
}

interface PlannedSending {
  readonly duration: Seconds;
  readonly range: Range;
  /** Null when it takes ffmpeg, and there is none. */
  readonly sending: Sending | null;
}

/** Errors: Failure `input` for a length that nobody knows; `usage` for a range that is not in the recording. */
export async function planSending(
  world: Pick<World, "programs">,
  audio: Audio,
  { assumedDuration, range: wish, compress }: Preparing,
  channel: number | null = null,
): Promise<PlannedSending> {
  const duration = durationOf(audio, assumedDuration);
  const range = rangeIn(audio, duration, wish);
  const isWhole = range.start === 0 && range.end === duration;
  const wanted = { audio, range, isWhole, channel, compress, hasFfmpeg: await hasFfmpeg(world) };
  return { duration, range, sending: chooseSending(wanted) };
}

/**
 * The same for each channel of a recording alone.
 * Errors: besides, Failure `usage` for a recording that has only one.
 */
export async function planChannels(
  world: Pick<World, "programs">,
  audio: Audio,
  preparing: Preparing,
): Promise<SendableAudio[]> {
  const channels = audio.channels ?? 1;
  if (channels < 2) {
    const name = nameOf(audio.path);
    throw new Failure("usage", `${name}: it has one channel, there is nothing to split`, {
      hint: "tell the speakers apart by their voices: --diarize",
      file: name,
    });
  }
  const all = Array.from({ length: channels }, (_, channel) =>
    planSendable(world, audio, preparing, channel),
  );
  return Promise.all(all);
}

function formatOf({ container, codec }: Audio): string {
  return codec === null || codec === container ? container : `${codec} in ${container}`;
}

function notesOn({ path }: Audio, duration: Seconds, { end }: RangeWish): string[] {
  if (end === null || end <= duration) return [];
  return [`${nameOf(path)}: --end is past its end, ${formatDuration(duration)}: it was taken to the end`];
}

function rangeIn(audio: Audio, duration: Seconds, wish: RangeWish): Range {
  const start = wish.start ?? 0;
  if (start < duration) return { start, end: Math.min(wish.end ?? duration, duration) };
  const name = nameOf(audio.path);
  throw new Failure("usage", `${name}: --start is past its end, ${formatDuration(duration)}`, {
    hint: "name a time within the recording",
    file: name,
  });
}
