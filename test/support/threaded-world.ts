import { join } from "node:path";
import { SystemFiles } from "../../src/system/files.ts";
import type { runJob as RunJob } from "../../src/system/jobs.ts";
import type { World } from "../../src/world.ts";
import { projectRoot } from "./fixtures.ts";
import { memoryWorld } from "./memory-world.ts";

// Threads are loaded from what was built.
const { runJob }: { runJob: typeof RunJob } = await import(join(projectRoot, "dist/src/system/jobs.js"));

/** A World with the machine's own files, and jobs in threads with their limits, as users have it. */
export const threadedWorld: World = {
  ...memoryWorld([]).world,
  files: new SystemFiles(),
  runJob: (job, limits) => runJob(process, job, limits),
};
