import { Failure, systemReason } from "../failure.ts";
import type { Reader, World } from "../world.ts";

/**
 * Opens a recording's file for reading.
 * Errors: Failure `input` when it is missing, not a file, empty or not to be read.
 */
export async function openFile(files: World["files"], path: string, name: string): Promise<Reader> {
  const refuse = (message: string, hint: string, cause?: unknown) =>
    new Failure("input", `${name}: ${message}`, { hint, file: name, cause });
  try {
    const status = await files.status(path);
    if (status === null) throw refuse("no such file", missingHint(name));
    if (status.kind === "directory") {
      throw refuse("this is a directory", "name the recordings in it, one by one or with a pattern");
    }
    if (status.kind === "special") {
      throw refuse("this is not a regular file", "pipe it in instead: gaudio ... - < it");
    }
    if (status.sizeBytes === 0) throw refuse("the file is empty", "record or export it again");
    return await files.open(path);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw refuse(`cannot be read: ${systemReason(thrown)}`, "check the file's permissions", thrown);
  }
}

/** Node turns bytes of a name that are not UTF-8 into this, and cannot open the file then. */
function missingHint(name: string): string {
  return name.includes("\ufffd")
    ? "its name holds bytes that are not UTF-8: redirect it to stdin instead, gaudio ... - < it"
    : "check the name and the folder";
}
