import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, found from here: the tests run from `test` and the tools from `dist/test`. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The path of a file in fixtures/. */
export function fixturePath(name: string): string {
  return join(projectRoot, "fixtures", name);
}

/** The bytes of a file in fixtures/. */
export function fixture(name: string): Uint8Array {
  return readFileSync(fixturePath(name));
}

/** The recordings in fixtures/ that Gemini takes as they are. */
export const dialogueRecordings: readonly string[] = ["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac"].map(
  (type) => `dialogue.${type}`,
);

/** What is said in fixtures/dialogue.*, a line a turn. */
export const dialogueTurns = readFileSync(fixturePath("dialogue.txt"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.slice(line.indexOf(":") + 2));

function findRoot(directory: string): string {
  return existsSync(join(directory, "package.json")) ? directory : findRoot(dirname(directory));
}
