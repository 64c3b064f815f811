import { Failure, systemReason } from "../failure.ts";
import type { Told, Vocabulary } from "../invocation.ts";
import type { World } from "../world.ts";

/** Far above anything that a model is told, far below a recording that was named by mistake. */
const longestBytes = 1_000_000;

/**
 * What the user tells the model, from a file if one is named; null for nothing.
 * Errors: Failure `input` for a file that cannot be read as text.
 */
export async function readTold(world: Pick<World, "files">, told: Told | null): Promise<string | null> {
  if (told === null || told.kind === "text") return told?.text ?? null;
  return (await readText(world, told.path)).trim() || null;
}

/**
 * The terms of a vocabulary, each once: those that were named, then those of the file, one a line.
 * Errors: Failure `input` for a file that cannot be read as text.
 */
export async function readTerms(
  world: Pick<World, "files">,
  { terms, file }: Vocabulary,
): Promise<readonly string[]> {
  const lines = file === null ? [] : (await readText(world, file)).split(/\r\n|\r|\n/);
  const inFile = lines.map((line) => line.replace(/(^|\s)#.*$/, "").trim()).filter((line) => line !== "");
  return [...new Set([...terms, ...inFile])];
}

async function readText({ files }: Pick<World, "files">, path: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    new Failure("input", `${path}: ${reason}`, { hint: "name a text file in UTF-8", file: path, cause });
  try {
    const status = await files.status(path);
    if (status?.kind !== "file") throw refuse("it is not there, or no file");
    if (status.sizeBytes > longestBytes)
      throw refuse(`${status.sizeBytes} bytes are too much to tell a model`);
    const reader = await files.open(path);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await reader.read(0, status.sizeBytes));
    } finally {
      await reader.close();
    }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    if (thrown instanceof TypeError) throw refuse("it is no text in UTF-8", thrown);
    throw refuse(`it cannot be read: ${systemReason(thrown)}`, thrown);
  }
}
