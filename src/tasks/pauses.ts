import pMap from "p-map";
import { cut } from "../audio/cut/cut.ts";
import { isDecodable } from "../audio/decode/decodable.ts";
import { loudnessOf } from "../audio/energy/energy.ts";
import { findPause } from "../audio/energy/loudness.ts";
import type { Range } from "../audio/piece.ts";
import { Failure } from "../failure.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { piecesAtOnce } from "./pieces.ts";
import type { Workspace } from "./workspace.ts";

/** How much of what two windows share each of them may give up for a pause. */
const share = 0.25;

/** How much on either side of where a pause is looked for is listened to. */
const margin: Seconds = 2;

interface Windows {
  readonly ranges: readonly Range[];
  readonly overlap: Seconds;
}

/**
 * Windows that begin and end in pauses, where there are some near their edges: no word is cut in two. None gets
 * longer. Only what can be cut and decoded in no time is listened to.
 */
export function moveIntoPauses(
  world: World,
  audio: SendableAudio,
  { ranges, overlap }: Windows,
  workspace: Workspace,
): Promise<readonly Range[]> {
  const within = overlap * share;
  if (!isDecodable(audio.key) || within === 0) return Promise.resolve(ranges);
  return pMap(
    ranges,
    async ({ start, end }, index) => {
      const [first, last] = [index === 0, index === ranges.length - 1];
      const from = first ? null : await findPauseIn(world, audio, { start, end: start + within }, workspace);
      const to = last ? null : await findPauseIn(world, audio, { start: end - within, end }, workspace);
      return { start: from ?? start, end: to ?? end };
    },
    { concurrency: piecesAtOnce, signal: world.signal },
  );
}

/** The middle of the best pause in a range; null when there is none, or it cannot be told. */
async function findPauseIn(
  world: World,
  audio: SendableAudio,
  { start, end }: Range,
  workspace: Workspace,
): Promise<Seconds | null> {
  const range = { start: Math.max(0, start - margin), end: Math.min(audio.duration, end + margin) };
  try {
    const directory = await workspace.directory();
    const piece = await cut(world, { audio, range, directory });
    const loudness = await loudnessOf(world, { ...piece, key: audio.key });
    await world.files.remove(piece.file);
    const near = (start + end) / 2;
    const wish = { near: near - piece.start, within: (end - start) / 2 };
    const pause = loudness === null ? null : findPause(loudness, wish);
    return pause === null ? null : pause + piece.start;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    // What cannot be cut here may be sent in another way.
    return null;
  }
}
