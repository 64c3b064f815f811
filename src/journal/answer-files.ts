import { join } from "node:path";
import pMap from "p-map";
import { systemCode } from "../failure.ts";
import type { World } from "../world.ts";
import type { AnswerId } from "./kept-answer.ts";
import { stateDirectory } from "./state.ts";

/** What the journal of answers needs of the world. */
export type AnswersWorld = Pick<World, "files" | "env" | "now" | "randomHex">;

/** A file with an answer in it, or one that is about to become one. */
export interface AnswerFile {
  readonly path: string;
  /** The folder's name: the first digits of the recording's digest. */
  readonly digest: string;
  /** False for what is still being written, or was when its run was killed. */
  readonly isWhole: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** So much of the digest is enough to tell recordings apart, and short enough to be typed. */
const digestDigits = 16;

const directoryName = /^[0-9a-f]{16}$/;
const wholeName = /^[0-9a-f]{64}\.json$/;
const unfinishedName = /^[0-9a-f]{64}\.json\.[0-9a-f]{12}$/;

const statusesAtOnce = 16;

/** The folder of all answers; null where nothing can be kept. */
export function answersDirectory({ env }: Pick<World, "env">): string | null {
  const state = stateDirectory(env);
  return state === null ? null : join(state, "answers");
}

/** Where an answer is kept; null where nothing can be. */
export function answerPath(world: Pick<World, "env">, { contentDigest, key }: AnswerId): string | null {
  const directory = answersDirectory(world);
  return directory === null ? null : join(directory, contentDigest.slice(0, digestDigits), `${key}.json`);
}

/** A name under which the file at a path is written before it gets its own. */
export function unfinishedPath({ randomHex }: Pick<World, "randomHex">, path: string): string {
  return `${path}.${randomHex(6)}`;
}

/** All files of the journal, in no order. What others have put there is left out. Errors: the system's. */
export async function answerFiles(world: AnswersWorld): Promise<readonly AnswerFile[]> {
  const directory = answersDirectory(world);
  if (directory === null) return [];
  const digests = (await world.files.list(directory)).filter((name) => directoryName.test(name));
  const found: AnswerFile[] = [];
  for (const digest of digests) found.push(...(await filesIn(world, join(directory, digest), digest)));
  return found;
}

async function filesIn({ files }: AnswersWorld, directory: string, digest: string): Promise<AnswerFile[]> {
  const names = await files.list(directory).catch((thrown: unknown) => {
    // A file, where gaudio makes folders alone.
    if (systemCode(thrown) === "ENOTDIR") return [];
    throw thrown;
  });
  const known = names.filter((name) => wholeName.test(name) || unfinishedName.test(name));
  const read = await pMap(
    known,
    async (name): Promise<AnswerFile | null> => {
      const path = join(directory, name);
      const status = await files.status(path);
      // Another run has just removed it, or given it its name.
      if (status === null) return null;
      const { sizeBytes, modifiedMs } = status;
      return { path, digest, isWhole: wholeName.test(name), sizeBytes, modifiedMs };
    },
    { concurrency: statusesAtOnce },
  );
  return read.filter((file) => file !== null);
}
