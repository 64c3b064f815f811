import { dirname } from "node:path";
import pMap from "p-map";
import { systemCode } from "../failure.ts";
import { type AnswerFile, type AnswersWorld, answerFiles } from "./answer-files.ts";
import { answerLifetimeMs } from "./answers.ts";

/** How much all answers together may take. */
const mostBytes = 1e9;

/** Nobody writes one answer for so long: its run was killed. */
const abandonedMs = 3_600_000;

const removalsAtOnce = 16;

/**
 * Drops the answers that are older than 30 days, then the oldest until no more than a gigabyte is left, and what
 * killed runs have left half written. It looks at no file's content, and never fails a run.
 */
export async function pruneAnswers(world: AnswersWorld): Promise<void> {
  try {
    await removeFiles(world, dispensable(await answerFiles(world), world.now()));
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown;
  }
}

/** Removes files of the journal, and the folders that are empty then. Errors: the system's. */
export async function removeFiles({ files }: AnswersWorld, unwanted: readonly AnswerFile[]): Promise<void> {
  await pMap(unwanted, ({ path }) => files.remove(path), { concurrency: removalsAtOnce });
  const directories = new Set(unwanted.map(({ path }) => dirname(path)));
  for (const directory of directories) await files.removeEmptyDirectory(directory);
}

function dispensable(files: readonly AnswerFile[], now: number): AnswerFile[] {
  const newestFirst = files.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  let keptBytes = 0;
  return newestFirst.filter(({ modifiedMs, isWhole, sizeBytes }) => {
    const isOver = now - modifiedMs > (isWhole ? answerLifetimeMs : abandonedMs);
    if (isOver) return true;
    keptBytes += sizeBytes;
    return keptBytes > mostBytes;
  });
}
