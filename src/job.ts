import type { Walk } from "./audio/walk/walk.ts";
import type { World } from "./world.ts";

/** Work that runs beside the main thread, because it may never end by itself. */
export type Job = { readonly kind: "measure-packets"; readonly path: string };

/** What a job comes to. It can be sent between threads. */
export type JobOutcome = Walk;

/** Does a job. */
export async function performJob(files: World["files"], job: Job): Promise<JobOutcome> {
  switch (job.kind) {
    case "measure-packets": {
      const { walkPackets } = await import("./audio/walk/packets.ts");
      const reader = await files.open(job.path);
      try {
        return await walkPackets(reader);
      } finally {
        await reader.close();
      }
    }
  }
}
