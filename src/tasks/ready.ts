import pMap from "p-map";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { findFile, waitUntilActive } from "../gemini/files.ts";
import type { LinkedVideo, PlannedAudio, UploadedAudio } from "../plan/planned-audio.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { makeReadyPiece, piecesAtOnce, type ReadyPiece, type Tools } from "./pieces.ts";

/** A recording that a model can be asked about: a file to bring to the service, or one that is there. */
export type ReadyAudio = ReadyPiece | ReadyUpload | ReadyVideo;

/** An upload that can be used. */
interface ReadyUpload {
  readonly kind: "uploaded";
  readonly audio: UploadedAudio;
  readonly uri: string;
  readonly mimeType: string;
  /** Null when the service does not tell. */
  readonly sizeBytes: number | null;
  /** It cannot be listened to. */
  readonly isSilent: false;
  readonly notes: readonly [];
}

/** A video that the service fetches by itself. */
interface ReadyVideo {
  readonly kind: "video";
  readonly audio: LinkedVideo;
  readonly isSilent: false;
  readonly notes: readonly [];
}

/**
 * Makes the files that are sent of recordings, and waits for those that are on the service already.
 * Errors: Failure `input` for what cannot be cut or decoded, for an upload that is gone or no audio, or when
 * there is no room; `service`, `key` when an upload cannot be asked about, or the service failed on it.
 */
export function makeReady(
  world: World,
  audios: readonly PlannedAudio[],
  tools: Tools & { readonly client: Client },
): Promise<ReadyAudio[]> {
  return pMap(
    audios,
    async (audio): Promise<ReadyAudio> => {
      if (audio.kind === "video") return { kind: "video", audio, isSilent: false, notes: [] };
      return audio.kind === "uploaded"
        ? findUpload(world, audio, tools)
        : makeReadyPiece(world, audio, tools);
    },
    { concurrency: piecesAtOnce, signal: world.signal },
  );
}

/** Which part of a recording a model is told of; one whose length nobody knows has no end. */
export function heardPart(ready: ReadyAudio): { readonly start: Seconds; readonly duration: Seconds } {
  return ready.kind === "piece" ? ready.piece : { start: 0, duration: ready.audio.range.end };
}

async function findUpload(
  world: World,
  audio: UploadedAudio,
  { client, progress }: Tools & { readonly client: Client },
): Promise<ReadyUpload> {
  const { path } = audio;
  const found = await findFile(client, path, world.signal);
  if (found === null) throw gone(path);
  if (found.state === "PROCESSING") progress.step(`waiting for the service to read ${path}`);
  const { uri, mimeType, sizeBytes } = await waitUntilActive(world, client, found);
  if (mimeType === null || !isAudio(mimeType)) throw notAudio(path, mimeType);
  return {
    kind: "uploaded",
    audio,
    uri,
    mimeType,
    sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
    isSilent: false,
    notes: [],
  };
}

/** Pictures have a price that gaudio does not count, and texts are no recordings. */
function isAudio(mimeType: string): boolean {
  return mimeType.startsWith("audio/") || mimeType === "application/ogg";
}

function notAudio(path: string, mimeType: string | null): Failure {
  const what = mimeType === null ? "the service does not tell what it is" : `it is ${mimeType}, not audio`;
  return new Failure("input", `${path}: ${what}`, {
    hint: "upload it with gaudio files upload, which sends a recording's audio alone",
    file: path,
  });
}

function gone(path: string): Failure {
  return new Failure("input", `${path}: no such file here, and none on the service that is this key's`, {
    hint: "gaudio files list shows what there is; the service deletes files after 48 hours",
    file: path,
  });
}
