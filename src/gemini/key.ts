import { Failure, systemReason } from "../failure.ts";
import type { World } from "../world.ts";

/** Far above any key, far below any file named by mistake. */
const longestKeyBytes = 4_096;

const whereFrom =
  "set GEMINI_API_KEY, or name a file that holds the key with --api-key-file; keys come from https://aistudio.google.com/apikey";

/**
 * The API key: from the file if one is named, else GEMINI_API_KEY, else GOOGLE_API_KEY.
 * Errors: Failure `key` when there is none or it cannot be one.
 */
export async function readKey(world: Pick<World, "env" | "files">, keyFile: string | null): Promise<string> {
  if (keyFile !== null) return assertUsable(await readKeyFile(world, keyFile), keyFile);
  for (const variable of ["GEMINI_API_KEY", "GOOGLE_API_KEY"]) {
    const key = world.env[variable]?.trim();
    if (key) return assertUsable(key, variable);
  }
  throw new Failure("key", "no API key", { hint: whereFrom });
}

async function readKeyFile({ files }: Pick<World, "files">, path: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    new Failure("key", `${path}: the API key file ${reason}`, { hint: whereFrom, file: path, cause });
  try {
    const status = await files.status(path);
    if (status?.kind !== "file") throw refuse("is not there or not a file");
    if (status.sizeBytes > longestKeyBytes) throw refuse("is too large to hold only a key");
    const reader = await files.open(path);
    try {
      return new TextDecoder().decode(await reader.read(0, longestKeyBytes)).trim();
    } finally {
      await reader.close();
    }
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw refuse(`cannot be read: ${systemReason(thrown)}`, thrown);
  }
}

/** A key travels in a header, where only visible ASCII may stand. Its look is not judged otherwise. */
function assertUsable(key: string, origin: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const what = key === "" ? "is empty" : "holds spaces or characters that no key has";
  throw new Failure("key", `the API key in ${origin} ${what}`, { hint: whereFrom });
}
