import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, found from here: the tests run from `test` and the tools from `dist/test`. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The path of a file in fixtures/. */
export function fixturePath(name: string): string {
  return join(projectRoot, "fixtures", name);
}

function findRoot(directory: string): string {
  return existsSync(join(directory, "package.json")) ? directory : findRoot(dirname(directory));
}
