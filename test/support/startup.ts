import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "./fixtures.ts";

/**
 * Fails unless `gaudio --version` starts within 1.4 times the time of `node -e 0`:
 * the fastest of 20 runs of each, in turn: whatever else a machine does only slows a run.
 */
const allowedRatio = 1.4;
const runs = 20;
const gaudio = join(projectRoot, "dist", "bin", "gaudio.js");

const times: { readonly bare: number[]; readonly version: number[] } = { bare: [], version: [] };
for (let run = 0; run < runs; run += 1) {
  times.bare.push(timeOf(["-e", "0"]));
  times.version.push(timeOf([gaudio, "--version"]));
}
const ratio = Math.min(...times.version) / Math.min(...times.bare);
console.log(`gaudio --version: ${ratio.toFixed(2)} x node -e 0 (at most ${allowedRatio})`);
if (ratio > allowedRatio) process.exitCode = 1;

function timeOf(argv: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, argv);
  if (status !== 0) throw new Error(`${argv.join(" ")} exited with ${status}`);
  return performance.now() - started;
}
