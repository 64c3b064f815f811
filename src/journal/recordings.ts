import pMap from "p-map";
import { type AnswerFile, type AnswersWorld, answerFiles } from "./answer-files.ts";
import { readAnswer } from "./answers.ts";
import { removeFiles } from "./prune.ts";

/** A recording of which answers are kept. */
export interface KeptRecording {
  /** The first 16 digits of its SHA-256, in hex. */
  readonly digest: string;
  /** Its base name, as its newest answer has it; null when nothing that is kept tells. */
  readonly name: string | null;
  readonly answers: number;
  readonly sizeBytes: number;
  /** When the newest answer was kept, in milliseconds since the epoch. */
  readonly newestMs: number;
}

/** What was removed from the journal. */
export interface Freed {
  readonly answers: number;
  readonly sizeBytes: number;
}

const recordingsAtOnce = 8;

/** The recordings of which answers are kept, the latest first. Errors: the system's. */
export async function listAnswers(world: AnswersWorld): Promise<readonly KeptRecording[]> {
  const files = await answerFiles(world);
  const digests = [...new Set(files.map(({ digest }) => digest))];
  const recordings = await pMap(
    digests,
    (digest) =>
      describe(
        world,
        files.filter((file) => file.digest === digest),
      ),
    { concurrency: recordingsAtOnce },
  );
  return recordings.toSorted((a, b) => b.newestMs - a.newestMs);
}

/** Removes all that is kept of some recordings, what is half written too. Errors: the system's. */
export async function clearAnswers(
  world: AnswersWorld,
  recordings: readonly Pick<KeptRecording, "digest">[],
): Promise<Freed> {
  const digests = new Set(recordings.map(({ digest }) => digest));
  const unwanted = (await answerFiles(world)).filter(({ digest }) => digests.has(digest));
  await removeFiles(world, unwanted);
  return freedBy(unwanted);
}

/** The recording whose files these are: one at least. */
async function describe(world: AnswersWorld, files: readonly AnswerFile[]): Promise<KeptRecording> {
  const newestFirst = files.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  const [newest] = newestFirst;
  return {
    digest: newest?.digest ?? "",
    name: await nameIn(world, newestFirst),
    ...freedBy(files),
    newestMs: newest?.modifiedMs ?? 0,
  };
}

/** The name that the newest answer tells which can be read. */
async function nameIn(world: AnswersWorld, newestFirst: readonly AnswerFile[]): Promise<string | null> {
  for (const { path, digest } of newestFirst) {
    const entry = await readAnswer(world, path);
    if (entry?.id.contentDigest.startsWith(digest)) return entry.answer.recording;
  }
  return null;
}

function freedBy(files: readonly AnswerFile[]): Freed {
  return {
    answers: files.filter(({ isWhole }) => isWhole).length,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  };
}
