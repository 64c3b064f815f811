import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./fixtures.ts";
import { runInMemory } from "./memory-world.ts";

const path = join(projectRoot, "README.md");

/** README.md with the help of each command as `--help` prints it, between its marks. */
export async function readmeWithHelp(): Promise<{ readonly written: string; readonly wanted: string }> {
  const written = readFileSync(path, "utf8");
  const marks = [...written.matchAll(/<!-- help: ([\w ]+) -->\n(?:\n```text\n.*?\n```\n)?/gs)];
  let wanted = written;
  for (const [block, command = ""] of marks) {
    const { stdout } = await runInMemory([...command.split(" "), "--help"]);
    wanted = wanted.replace(
      block,
      () => `<!-- help: ${command} -->\n\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`,
    );
  }
  return { written, wanted };
}

/** Writes the help of each command into README.md. */
if (process.argv[1]?.endsWith("write-readme.js")) writeFileSync(path, (await readmeWithHelp()).wanted);
