import type { Job, JobOutcome } from "../../job.ts";
import type { Seconds } from "../../units.ts";
import type { World } from "../../world.ts";
import type { ContainerKey } from "../containers.ts";
import { isDecodable, isPlain } from "../decode/decodable.ts";
import { decodePlain } from "../decode/plain.ts";
import type { Sound } from "../decode/sound.ts";
import { decodeWithFfmpeg, hasFfmpeg } from "../ffmpeg.ts";
import { firstSound, type Heard, isHeard, type Loudness, LoudnessMeter, lengthOf } from "./loudness.ts";

/** A file that can be sent, and how long it is. */
export interface Listening {
  readonly file: string;
  readonly key: ContainerKey;
  readonly duration: Seconds;
}

type EnergyWorld = Pick<World, "runJob" | "programs" | "files" | "signal">;

/** How much of a file may be missing from what was decoded of it before it counts as unheard: a second, or a tenth. */
const tolerance = 1;
const toleratedShare = 0.1;

/** The slowest decoder, Opus', takes a second for two minutes or more [measured]; slower machines get ten times that. */
function limitMs(duration: Seconds): number {
  return 5_000 + 80 * duration;
}

/**
 * Whether all of a file is digital silence. It is read as far as the first sound. Null when that cannot be
 * told: it cannot be decoded here, or not to its end.
 */
export async function isSilent(world: EnergyWorld, listening: Listening): Promise<boolean | null> {
  const heard = await hear(world, listening);
  if (heard === null) return null;
  if (heard.hasSound) return false;
  const missing = listening.duration - heard.duration;
  return missing <= Math.min(tolerance, listening.duration * toleratedShare) ? true : null;
}

async function hear(world: EnergyWorld, listening: Listening): Promise<Heard | null> {
  if (isPlain(listening.key)) return hearPlain(world, listening);
  if (isDecodable(listening.key)) {
    const outcome = await runQuietly(
      world,
      { kind: "listen", path: listening.file, key: listening.key },
      listening,
    );
    return outcome?.kind === "heard" ? outcome.heard : null;
  }
  const heard = { hasSound: false, duration: 0 };
  const isWhole = await followFfmpeg(world, listening, (sound) => {
    heard.duration += lengthOf(sound);
    heard.hasSound ||= isHeard(sound, true);
    return !heard.hasSound;
  });
  return isWhole || heard.hasSound ? heard : null;
}

/** Samples as they are need no thread of their own, which takes longer to start than to find the first sound. */
async function hearPlain(world: EnergyWorld, { file, key }: Listening): Promise<Heard> {
  const reader = await world.files.open(file);
  try {
    return await firstSound(decodePlain(reader, key === "aiff" ? "aiff" : "wav", "all"), {
      isLossy: false,
      signal: world.signal,
    });
  } finally {
    await reader.close();
  }
}

/** How loud a file is over time; null when that cannot be told. All of it is decoded. */
export async function loudnessOf(world: EnergyWorld, listening: Listening): Promise<Loudness | null> {
  if (isDecodable(listening.key)) {
    const job = { kind: "measure-loudness", path: listening.file, key: listening.key } as const;
    const outcome = await runQuietly(world, job, listening);
    return outcome?.kind === "loudness" ? outcome.loudness : null;
  }
  const meter = new LoudnessMeter();
  const isWhole = await followFfmpeg(world, listening, (sound) => {
    meter.add(sound);
    return true;
  });
  return isWhole ? meter.result() : null;
}

/** A decoder that fails or takes too long is no reason to stop: then it is not known what there is to hear. */
async function runQuietly(world: EnergyWorld, job: Job, { duration }: Listening): Promise<JobOutcome | null> {
  const limits = { timeoutMs: limitMs(duration), signal: world.signal };
  const outcome = await world.runJob(job, limits).catch(() => null);
  world.signal.throwIfAborted();
  return outcome;
}

/** Whether ffmpeg is there and came to the end of a file; `onSound` ends it by answering false. */
async function followFfmpeg(
  world: EnergyWorld,
  { file, key, duration }: Listening,
  onSound: (sound: Sound) => boolean,
): Promise<boolean> {
  if (!(await hasFfmpeg(world))) return false;
  const ended = await decodeWithFfmpeg(
    world,
    { file, key, track: 0 },
    { onSound, timeoutMs: limitMs(duration) },
  ).catch(() => null);
  world.signal.throwIfAborted();
  return ended?.exitCode === 0;
}
