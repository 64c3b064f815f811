import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "./fixtures.ts";

/**
 * Fails unless `gaudio --version` starts within 1.4 times the time of `node -e 0`:
 * the median of 20 runs of each, in turn, so that a busy machine slows both.
 */
const allowedRatio = 1.4;
const runs = 20;
const gaudio = join(projectRoot, "dist", "bin", "gaudio.js");

const times: { readonly bare: number[]; readonly version: number[] } = { bare: [], version: [] };
for (let run = 0; run < runs; run += 1) {
  times.bare.push(timeOf(["-e", "0"]));
  times.version.push(timeOf([gaudio, "--version"]));
}
const ratio = median(times.version) / median(times.bare);
console.log(`gaudio --version: ${ratio.toFixed(2)} x node -e 0 (at most ${allowedRatio})`);
if (ratio > allowedRatio) process.exitCode = 1;

function timeOf(argv: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, argv);
  if (status !== 0) throw new Error(`${argv.join(" ")} exited with ${status}`);
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
