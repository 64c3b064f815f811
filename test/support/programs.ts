import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrograms } from "../../src/system/programs.ts";
import type { Programs } from "../../src/world.ts";
import type { MemoryFiles } from "./memory-files.ts";

/** A machine without any other program. */
export const noPrograms: Programs = {
  has: async () => false,
  run: async (name) => {
    throw new Error(`${name} was started, though it is not there`);
  },
};

/** The machine's own programs, over files in memory: those named as `file:` are on the disk while they run. */
export function realPrograms(files: MemoryFiles): Programs {
  const programs = createPrograms(process);
  return {
    has: programs.has,
    run: async (name, argv, limits) => {
      const directory = mkdtempSync(join(tmpdir(), "gaudio-programs-"));
      try {
        const named = argv.filter((argument) => argument.startsWith("file:")).map((file) => file.slice(5));
        const onDisk = new Map(named.map((file, index) => [file, join(directory, String(index))]));
        for (const [file, path] of onDisk) {
          const entry = files.entries.get(file);
          if (entry instanceof Uint8Array) writeFileSync(path, entry);
        }
        const end = await programs.run(
          name,
          argv.map((argument) =>
            argument.startsWith("file:") ? `file:${onDisk.get(argument.slice(5))}` : argument,
          ),
          limits,
        );
        for (const [file, path] of onDisk) files.entries.set(file, new Uint8Array(readFileSync(path)));
        return end;
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
  };
}
