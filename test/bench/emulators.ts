import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { Pace } from "../emulator/pace.ts";
import { projectRoot } from "../support/fixtures.ts";

/** What an emulator of its own process is asked. */
export type Wish = { readonly kind: "pace"; readonly pace: Pace | null } | { readonly kind: "report" };

const reportSchema = z.object({
  /** How many questions it was asked since its pace was set. */
  questions: z.number(),
  /** How much audio they were about. */
  seconds: z.number(),
  /** How long the longest answer took. */
  slowestSeconds: z.number(),
  /** How many of them had been answered before. */
  again: z.number(),
});
export type Report = z.infer<typeof reportSchema>;

/** An emulator that runs in a process of its own. */
export interface RemoteEmulator {
  readonly url: string;
  /** Answers at a pace from now on, or at once. */
  setPace(pace: Pace | null): Promise<void>;
  /** What it was asked since. */
  report(): Promise<Report>;
}

/** Runs an emulator as a process of its own while it is wanted. */
export async function withEmulator(use: (emulator: RemoteEmulator) => Promise<void>): Promise<void> {
  const child = fork(join(projectRoot, "dist", "test", "bench", "emulator-main.js"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  // `close` does not come where the channel is closed from here.
  const ended = once(child, "exit");
  try {
    const { url } = z.object({ url: z.string() }).parse(await nextMessage(child));
    const ask = async (wish: Wish) => {
      const answered = nextMessage(child);
      child.send(wish);
      return reportSchema.parse(await answered);
    };
    await use({
      url,
      setPace: async (pace) => void (await ask({ kind: "pace", pace })),
      report: () => ask({ kind: "report" }),
    });
  } finally {
    if (child.connected) child.disconnect();
    await ended;
  }
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const gone = async () => {
    await once(child, "exit", { signal: over.signal });
    throw new Error("the emulator ended");
  };
  try {
    const [message] = await Promise.race([once(child, "message", { signal: over.signal }), gone()]);
    return message;
  } finally {
    over.abort();
  }
}
