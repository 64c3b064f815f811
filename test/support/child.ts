import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { projectRoot } from "./fixtures.ts";

const gaudio = join(projectRoot, "dist", "bin", "gaudio.js");

export interface ChildOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A private folder for each test of a file: the children's TMPDIR, and a place for their outputs. */
export function useFolder(): { path: string; temporaryLeft: () => string[] } {
  const folder = {
    path: "",
    temporaryLeft: () => readdirSync(folder.path).filter((name) => name.startsWith("gaudio-")),
  };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), "gaudio-test-"));
  });
  afterEach(() => rmSync(folder.path, { recursive: true }));
  return folder;
}

/** Starts the built gaudio as a process of its own. Its environment holds nothing but PATH and what is given. */
export function spawnGaudio(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [gaudio, ...argv], {
    cwd: projectRoot,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

/** Waits for the end of a process and for all that it printed. */
export async function outcomeOf(child: ChildProcess): Promise<ChildOutcome> {
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    texts.stderr += chunk;
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, ...texts })));
}
