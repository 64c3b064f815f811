import { Worker } from "node:worker_threads";
import type { Job, JobOutcome } from "../job.ts";
import type { JobLimits } from "../world.ts";

/** What a job's own heap may come to; its buffers are bounded by what it reads at once. */
const heapMegabytes = 512;

/** What is new in it may come to: buffers that a decoder leaves behind are not freed before that is full. */
const youngMegabytes = 1;

const checkMs = 50;

/** How much longer a job may take than it may compute, on a machine that is busy otherwise. */
const patience = 10;

let running = 0;

/**
 * Runs a job in a thread of its own, which is ended when it has computed for too long or the run is
 * stopped. The time is the process's own, shared by the jobs that run: a busy machine fails nobody.
 */
export async function runJob(
  process: Pick<NodeJS.Process, "cpuUsage">,
  job: Job,
  { timeoutMs, signal }: JobLimits,
): Promise<JobOutcome> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("../worker.js", import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
    // What libraries print there is not meant for the user.
    stdout: true,
    stderr: true,
  });
  const ended = new AbortController();
  running += 1;
  try {
    return await new Promise((resolve, reject) => {
      const expire = () => reject(new Error("it takes too long"));
      watchTime(process, { limitMs: timeoutMs, ended: ended.signal, expire });
      signal.addEventListener("abort", () => reject(signal.reason), { signal: ended.signal });
      worker.on("error", reject);
      worker.on("exit", () => reject(new Error("the thread ended without an answer")));
      worker.on("message", (message: { readonly outcome: JobOutcome } | { readonly error: string }) => {
        if ("outcome" in message) resolve(message.outcome);
        else reject(new Error(message.error));
      });
    });
  } finally {
    running -= 1;
    ended.abort();
    await worker.terminate();
  }
}

interface Watch {
  readonly limitMs: number;
  readonly ended: AbortSignal;
  readonly expire: () => void;
}

/** Calls `expire` when a job's share of what the process computed passes a limit. */
function watchTime(process: Pick<NodeJS.Process, "cpuUsage">, { limitMs, ended, expire }: Watch): void {
  const started = performance.now();
  let last = process.cpuUsage();
  let usedMs = 0;
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    usedMs += (user + system) / 1_000 / running;
    if (usedMs > limitMs || performance.now() - started > limitMs * patience) expire();
  }, checkMs);
  ended.addEventListener("abort", () => clearInterval(timer));
}
