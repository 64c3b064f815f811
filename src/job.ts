import type { ContainerKey } from "./audio/containers.ts";
import type { CopiedPackets } from "./audio/cut/packets.ts";
import type { Conversion } from "./audio/encode/convert.ts";
import type { Heard, Loudness } from "./audio/energy/loudness.ts";
import type { Range } from "./audio/piece.ts";
import type { Walk } from "./audio/walk/walk.ts";
import type { Seconds } from "./units.ts";
import type { Reader, World, Writer } from "./world.ts";

interface CopyJob {
  readonly kind: "copy-packets";
  readonly path: string;
  readonly key: ContainerKey;
  /** Which audio track, from 0. */
  readonly track: number;
  readonly target: string;
  readonly range: Range;
}

/** Work that runs beside the main thread, because it takes long, or may never end by itself. */
export type Job =
  | { readonly kind: "measure-packets"; readonly path: string; readonly track: number }
  | CopyJob
  | { readonly kind: "convert"; readonly target: string; readonly conversion: Conversion }
  | { readonly kind: "listen"; readonly path: string; readonly key: ContainerKey }
  | { readonly kind: "measure-loudness"; readonly path: string; readonly key: ContainerKey };

/** What a job comes to. It can be sent between threads. */
export type JobOutcome =
  | { readonly kind: "measured"; readonly walk: Walk }
  | { readonly kind: "copied"; readonly copied: CopiedPackets | null }
  | { readonly kind: "converted"; readonly duration: Seconds }
  | { readonly kind: "heard"; readonly heard: Heard }
  | { readonly kind: "loudness"; readonly loudness: Loudness };

/** Does a job. */
export async function performJob(files: World["files"], job: Job): Promise<JobOutcome> {
  switch (job.kind) {
    case "measure-packets": {
      const { walkPackets } = await import("./audio/walk/packets.ts");
      const walk = await reading(files, job.path, (reader) => walkPackets(reader, job.track));
      return { kind: "measured", walk };
    }
    case "copy-packets": {
      const { copyPackets } = await import("./audio/cut/packets.ts");
      const copied = await reading(files, job.path, (reader) =>
        writing(files, job.target, (writer) => copyPackets({ reader, writer, ...job })),
      );
      return { kind: "copied", copied };
    }
    case "convert": {
      const { convertToFlac } = await import("./audio/encode/convert.ts");
      const duration = await writing(files, job.target, (writer) =>
        convertToFlac(files, writer, job.conversion),
      );
      return { kind: "converted", duration };
    }
    case "listen": {
      const { listen } = await import("./audio/energy/listen.ts");
      return { kind: "heard", heard: await reading(files, job.path, (reader) => listen(reader, job.key)) };
    }
    case "measure-loudness": {
      const { measureLoudness } = await import("./audio/energy/listen.ts");
      const loudness = await reading(files, job.path, (reader) => measureLoudness(reader, job.key));
      return { kind: "loudness", loudness };
    }
  }
}

async function reading<T>(
  files: World["files"],
  path: string,
  use: (reader: Reader) => Promise<T>,
): Promise<T> {
  const reader = await files.open(path);
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

async function writing<T>(
  files: World["files"],
  path: string,
  use: (writer: Writer) => Promise<T>,
): Promise<T> {
  const writer = await files.openNew(path);
  try {
    return await use(writer);
  } finally {
    await writer.close();
  }
}
