import type { CopiedPackets } from "./audio/cut/packets.ts";
import type { Range } from "./audio/cut/piece.ts";
import type { Walk } from "./audio/walk/walk.ts";
import type { World } from "./world.ts";

/** Work that runs beside the main thread, because it may never end by itself. */
export type Job =
  | { readonly kind: "measure-packets"; readonly path: string }
  | { readonly kind: "copy-packets"; readonly path: string; readonly target: string; readonly range: Range };

/** What a job comes to. It can be sent between threads. */
export type JobOutcome =
  | { readonly kind: "measured"; readonly walk: Walk }
  | { readonly kind: "copied"; readonly copied: CopiedPackets | null };

/** Does a job. */
export async function performJob(files: World["files"], job: Job): Promise<JobOutcome> {
  const reader = await files.open(job.path);
  try {
    switch (job.kind) {
      case "measure-packets": {
        const { walkPackets } = await import("./audio/walk/packets.ts");
        return { kind: "measured", walk: await walkPackets(reader) };
      }
      case "copy-packets": {
        const { copyPackets } = await import("./audio/cut/packets.ts");
        const writer = await files.openNew(job.target);
        try {
          return { kind: "copied", copied: await copyPackets({ reader, writer, range: job.range }) };
        } finally {
          await writer.close();
        }
      }
    }
  } finally {
    await reader.close();
  }
}
