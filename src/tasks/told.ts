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
  return (await readText(world, textFile(told.path))).trim() || null;
}

/**
 * The terms of a vocabulary, each once: those that were named, then those of the file, one a line.
 * Errors: Failure `input` for a file that cannot be read as text.
 */
export async function readTerms(
  world: Pick<World, "files">,
  { terms, file }: Vocabulary,
): Promise<readonly string[]> {
  const lines = file === null ? [] : (await readText(world, textFile(file))).split(/\r\n|\r|\n/);
  const inFile = lines.map((line) => line.replace(/(^|\s)#.*$/, "").trim()).filter((line) => line !== "");
  return [...new Set([...terms, ...inFile])];
}

function textFile(path: string): TextFile {
  return { path, name: path, longestBytes };
}

interface TextFile {
  readonly path: string;
  /** How it is called in messages. */
  readonly name: string;
  readonly longestBytes: number;
}

/** A file's text, without a byte order mark. Errors: Failure `input` for a file that cannot be read as UTF-8. */
export async function readText(
  { files }: Pick<World, "files">,
  { path, name, longestBytes }: TextFile,
): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    new Failure("input", `${name}: ${reason}`, { hint: "name a text file in UTF-8", file: name, cause });
  try {
    const status = await files.status(path);
    if (status === null) throw refuse("no such file");
    if (status.kind !== "file") throw refuse("it is no regular file");
    if (status.sizeBytes > longestBytes) throw refuse(`${status.sizeBytes} bytes are too much`);
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
