import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/fixtures.ts";

/** No command is waited for longer, if nothing else is said. */
const usualPatience = 60;

/** gaudio as it was built. */
export const gaudio = join(projectRoot, "dist", "bin", "gaudio.js");

export interface Run {
  readonly seconds: number;
  readonly residentMegabytes: number;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly patienceSeconds?: number;
}

/** Runs a command to its end, or to the end of patience; null then, and for one that fails. */
export function run(
  command: string,
  argv: readonly string[],
  { env = {}, patienceSeconds = usualPatience }: RunOptions = {},
): Promise<Run | null> {
  const started = performance.now();
  const child = spawn(command, argv, {
    stdio: "ignore",
    env: { ...process.env, ...env },
    timeout: patienceSeconds * 1_000,
  });
  let residentMegabytes = 0;
  const poll = setInterval(() => {
    const status = readStatus(child.pid);
    residentMegabytes = Math.max(residentMegabytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_000);
  }, 3);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(poll);
      resolve(code === 0 ? { seconds: (performance.now() - started) / 1_000, residentMegabytes } : null);
    });
  });
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

/** A figure in a table; `-` where patience ended. */
export function cell(value: number | undefined, digits = 2): string {
  return (value === undefined ? "-" : value.toFixed(digits)).padStart(9);
}

/** Ends the bench with a failure, and says why, when a figure is over its bound. */
export function bound(what: string, value: number | undefined, most: number): void {
  if (value !== undefined && value <= most) return;
  console.log(`  over the bound: ${what} is ${value?.toFixed(2) ?? "too slow"}, at most ${most}`);
  process.exitCode = 1;
}
