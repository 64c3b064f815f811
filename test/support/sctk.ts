import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian puts NIST's scoring toolkit. */
const directory = "/usr/lib/sctk/bin";

/** Whether NIST's scoring toolkit is installed: it has the judges of RTTM and CTM. */
export const hasSctk = existsSync(directory);

type Judge = "rttmValidator.pl" | "ctmValidator.pl";

/** What a judge of NIST's finds wrong with a text. Its exit code tells nothing: rttmValidator.pl ends with 0. */
export function errorsBySctk(judge: Judge, flags: readonly string[], text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "gaudio-sctk-"));
  try {
    const path = join(folder, "judged");
    writeFileSync(path, `${text}\n`);
    const { status, stdout, stderr } = spawnSync(join(directory, judge), [...flags, "-i", path], {
      encoding: "utf8",
    });
    if (status === null || stdout === "") throw new Error(`${judge} did not run: ${stderr}`);
    return `${stdout}${stderr}`.split("\n").filter((line) => /ERROR|WARNING|FATAL/.test(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
