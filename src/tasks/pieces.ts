import type { Audio } from "../audio/audio.ts";
import { cut } from "../audio/cut/cut.ts";
import type { Piece, Range } from "../audio/cut/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Asking, RangeWish } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import { assertWithinCap, durationOf, type SendableAudio } from "../plan/plan.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import { temporaryFailure, type Workspace } from "./workspace.ts";

interface Wanted extends Pick<Asking, "assumedDuration" | "range"> {
  readonly workspace: Workspace;
}

/**
 * Makes a recording one that can be sent: as it is, where Gemini takes it and all of it is wanted;
 * else a piece of it in a temporary file.
 * Errors: Failure `limit` for a part that is over the cap by itself; `input` for a format that cannot be sent or a length that nobody knows; `usage`
 * for a range that is not in the recording.
 */
export async function makeSendable(
  world: World,
  audio: Audio,
  { assumedDuration, range: wish, workspace }: Wanted,
  progress: Progress,
): Promise<SendableAudio> {
  const duration = durationOf(audio, assumedDuration);
  const range = rangeIn(audio, duration, wish);
  const notes = notesOn(audio, duration, wish);
  const isWhole = range.start === 0 && range.end === duration;
  if (isWhole && audio.mimeType !== null) {
    return { ...audio, duration, piece: wholePiece(audio, audio.mimeType, duration), notes };
  }
  // What no prompt can hold is not worth hours of copying.
  assertWithinCap([audio], range.end - range.start);
  progress.step(`cutting ${nameOf(audio.path)}`);
  const piece = await cut(world, { audio, range, directory: await workspace.directory() }).catch((thrown) => {
    world.signal.throwIfAborted();
    throw temporaryFailure(`${nameOf(audio.path)}: cannot be cut into a temporary file`, thrown);
  });
  return { ...audio, duration, piece, notes };
}

function notesOn({ path }: Audio, duration: Seconds, { end }: RangeWish): string[] {
  if (end === null || end <= duration) return [];
  return [`${nameOf(path)}: --end is past its end, ${formatDuration(duration)}: it was taken to the end`];
}

function wholePiece({ file, sizeBytes }: Audio, mimeType: string, duration: Seconds): Piece {
  return { file, mimeType, sizeBytes, duration, start: 0 };
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
