import { Worker } from "node:worker_threads";
import type { Job, JobOutcome } from "../job.ts";
import type { JobLimits } from "../world.ts";

/** Runs a job in a thread of its own, which is ended when its time is up or the run is stopped. */
export async function runJob(job: Job, { timeoutMs, signal }: JobLimits): Promise<JobOutcome> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("../worker.js", import.meta.url), {
    workerData: job,
    // What libraries print there is not meant for the user.
    stdout: true,
    stderr: true,
  });
  const stopped = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`it took longer than ${timeoutMs / 1_000} s`)),
        timeoutMs,
      );
      stopped.signal.addEventListener("abort", () => clearTimeout(timer));
      signal.addEventListener("abort", () => reject(signal.reason), { signal: stopped.signal });
      worker.on("error", reject);
      worker.on("exit", () => reject(new Error("the thread ended without an answer")));
      worker.on("message", (message: { readonly outcome: JobOutcome } | { readonly error: string }) => {
        if ("outcome" in message) resolve(message.outcome);
        else reject(new Error(message.error));
      });
    });
  } finally {
    stopped.abort();
    await worker.terminate();
  }
}
