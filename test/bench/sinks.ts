import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../support/fixtures.ts";

/** Runs a sink as a process of its own while it is wanted; it answers so much later. */
export async function withSink(
  { latencyMs }: { readonly latencyMs: number },
  use: (url: string) => Promise<void>,
): Promise<void> {
  const script = join(projectRoot, "dist", "test", "bench", "sink.js");
  const child = spawn(process.execPath, [script, String(latencyMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await use(`http://127.0.0.1:${await portOf(child)}`);
  } finally {
    child.kill();
  }
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error("the sink has no stdout");
  const [printed] = await once(stdout, "data");
  return Number(String(printed));
}
