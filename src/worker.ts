import { parentPort, workerData } from "node:worker_threads";
import { performJob } from "./job.ts";
import { SystemFiles } from "./system/files.ts";

/** The other thread: does the one job it was started for, and tells the outcome. */
try {
  parentPort?.postMessage({ outcome: await performJob(new SystemFiles(), workerData) });
} catch (thrown) {
  parentPort?.postMessage({ error: thrown instanceof Error ? thrown.message : String(thrown) });
}
