import { extname } from "node:path";
import { Failure, systemCode, systemReason } from "../failure.ts";
import type { Seconds } from "../units.ts";
import type { Reader, World } from "../world.ts";
import type { Audio } from "./audio.ts";
import { type Container, containers, mimeTypeToSend } from "./containers.ts";
import { identify } from "./identify.ts";
import { measure } from "./measure.ts";
import { openFile } from "./open.ts";
import { nameOf } from "./source.ts";
import type { Flaw, Walk } from "./walk/walk.ts";

/** A header may be off by this much before it is worth a warning. */
const tolerance = 0.01;

interface Recording {
  /** What the user called it. */
  readonly path: string;
  /** Where its bytes are. */
  readonly file: string;
  /** Which audio track counts, from 0; null for the first. */
  readonly track?: number | null;
  /** Told now and then how much of it was read, 0 to 1. */
  readonly onAdvance?: (share: number) => void;
}

/**
 * Tells what a file is and how long its audio really is: by its content, never by its name, and by
 * counting what is there, never by a header alone where counting is possible.
 * Errors: Failure `input` when it cannot be read, is not audio, or changes meanwhile.
 */
export async function probe(
  world: Pick<World, "files" | "runJob" | "programs" | "signal">,
  { path, file, track = null, onAdvance }: Recording,
): Promise<Audio> {
  const name = nameOf(path);
  const reader = await openFile(world.files, file, name);
  try {
    const identity = await identify(reader);
    if (identity.kind === "foreign") throw notAudio(name, identity.mimeType);
    const container = containers[identity.key];
    const measurable = { key: identity.key, reader, path, file, track: track ?? 0, onAdvance };
    const walk = await measure(world, measurable);
    await assertUnchanged(world, { reader, file, name });
    return {
      path,
      file,
      key: identity.key,
      track: track ?? 0,
      container: container.name,
      codec: walk.codec,
      mimeType: walk.hasVideo ? null : mimeTypeToSend(container, walk.codec),
      sizeBytes: reader.sizeBytes,
      bytesPerSecond:
        walk.bytesPerSecond ?? (walk.duration === null ? null : reader.sizeBytes / walk.duration),
      duration: walk.duration === null ? null : toMicroseconds(walk.duration),
      durationFrom: walk.durationFrom,
      channels: walk.channels,
      sampleRate: walk.sampleRate,
      flaws: [
        ...walk.flaws.filter(({ kind }) => kind !== "streams" || track === null),
        ...misstatement(walk),
        ...mislabelling(path, container),
      ],
    };
  } catch (thrown) {
    throw readFailure(thrown, name);
  } finally {
    await reader.close();
  }
}

/** A disk that fails in the middle of a file is the input's fault, not gaudio's. */
function readFailure(thrown: unknown, name: string): unknown {
  if (thrown instanceof Failure || systemCode(thrown) === null) return thrown;
  return new Failure("input", `${name}: cannot be read: ${systemReason(thrown)}`, {
    hint: "copy it to another disk, and try that",
    file: name,
    cause: thrown,
  });
}

/** What is finer comes from adding up fractions. */
function toMicroseconds(duration: Seconds): Seconds {
  return Math.round(duration * 1e6) / 1e6;
}

function misstatement({ stated, duration, durationFrom }: Walk): Flaw[] {
  if (stated === null || duration === null || durationFrom !== "scan") return [];
  const isClose = Math.abs(stated - duration) <= tolerance * duration;
  return isClose ? [] : [{ kind: "misstated", stated, measured: duration }];
}

function mislabelling(path: string, { extensions }: Container): Flaw[] {
  const extension = extname(path).slice(1).toLowerCase();
  const isKnown = Object.values<Container>(containers).some((container) =>
    container.extensions.includes(extension),
  );
  return isKnown && !extensions.includes(extension) ? [{ kind: "mislabelled", extension }] : [];
}

/** A recording that is still being written has no length yet. */
async function assertUnchanged(
  { files }: Pick<World, "files">,
  { reader, file, name }: { readonly reader: Reader; readonly file: string; readonly name: string },
): Promise<void> {
  if ((await files.status(file))?.sizeBytes === reader.sizeBytes) return;
  throw new Failure("input", `${name}: the file changed while it was being read`, {
    hint: "wait until it is written whole, then run the command again",
    file: name,
  });
}

function notAudio(name: string, mimeType: string | null): Failure {
  const found = mimeType === null ? "" : ` (it is ${mimeType})`;
  return new Failure("input", `${name}: not a recording that gaudio knows${found}`, {
    hint: "gaudio reads WAV, MP3, AIFF, AAC, OGG, FLAC, M4A, MP4, MOV, TS, WebM and Matroska, and with ffmpeg many more",
    file: name,
  });
}
