import { dirname } from "node:path";
import { systemCode } from "../failure.ts";
import type { World } from "../world.ts";
import { type AnswersWorld, answerPath, unfinishedPath } from "./answer-files.ts";
import { type AnswerId, type Entry, type KeptAnswer, readEntry, writeEntry } from "./kept-answer.ts";

/** How long an answer is kept. */
export const answerLifetimeMs = 30 * 24 * 3_600_000;

/** No answer is as long: what is, was not written by gaudio, and does not belong in memory. */
const largestBytes = 1 << 26;

/**
 * Keeps an answer for later runs. It is there whole or not at all, also when another run keeps the same at
 * the same time. One that was cut off is not kept. Where nothing can be kept, nothing is: the answer itself
 * is in hand, and no run fails for want of a journal.
 */
export async function keepAnswer(world: AnswersWorld, id: AnswerId, answer: KeptAnswer): Promise<void> {
  const path = answerPath(world, id);
  if (path === null || answer.collected.end.kind === "cut") return;
  const { files } = world;
  const unfinished = unfinishedPath(world, path);
  try {
    await files.makeDirectory(dirname(path));
    await files.create(unfinished, toBytes(writeEntry(id, answer)), "private");
    await files.replace(unfinished, path);
  } catch (thrown) {
    if (systemCode(thrown) === null) throw thrown;
    // What a full disk took of it is of no use.
    await files.remove(unfinished).catch(() => {});
  }
}

/** The answer that an earlier run has paid for; null when there is none, or none that can be trusted. */
export async function keptAnswer(world: AnswersWorld, id: AnswerId): Promise<KeptAnswer | null> {
  const path = answerPath(world, id);
  const entry = path === null ? null : await readAnswer(world, path);
  if (entry === null) return null;
  const { answer } = entry;
  const isIt = entry.id.contentDigest === id.contentDigest && entry.id.key === id.key;
  return isIt && answer.savedMs + answerLifetimeMs > world.now() ? answer : null;
}

/** Forgets one answer. */
export async function forgetAnswer(world: AnswersWorld, id: AnswerId): Promise<void> {
  const path = answerPath(world, id);
  if (path !== null) await world.files.remove(path).catch(() => {});
}

/** The answer in a file; null for a file that cannot be read, or holds none. */
export async function readAnswer({ files }: Pick<World, "files">, path: string): Promise<Entry | null> {
  const text = await readText(files, path).catch((thrown: unknown) => {
    if (systemCode(thrown) === null) throw thrown;
    return null;
  });
  return text === null ? null : readEntry(text);
}

async function readText(files: World["files"], path: string): Promise<string | null> {
  const reader = await files.open(path);
  try {
    if (reader.sizeBytes > largestBytes) return null;
    return Buffer.from(await reader.read(0, reader.sizeBytes)).toString("utf8");
  } finally {
    await reader.close();
  }
}

async function* toBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
