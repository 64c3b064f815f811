import pMap from "p-map";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { findFile, waitUntilActive } from "../gemini/files.ts";
import type { LinkedVideo, PlannedAudio, UploadedAudio } from "../plan/planned-audio.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { makeReadyPiece, piecesAtOnce, type ReadyPiece, type SentPiece, type Tools } from "./pieces.ts";

/** A recording that a model can be asked about: a file to bring to the service, or one that is there. */
export type ReadyAudio = ReadyPiece | ReadyUpload | ReadyVideo;

/** What is known of a recording that is sent, wherever the file is that was made of it. */
export type SentAudio = SentPiece | ReadyUpload | ReadyVideo;

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
  tools: ServiceTools,
): Promise<ReadyAudio[]> {
  return pMap(audios, (audio) => makeOneReady(world, audio, tools), {
    concurrency: piecesAtOnce,
    signal: world.signal,
  });
}

/** The same for one recording. */
export async function makeOneReady(
  world: World,
  audio: PlannedAudio,
  tools: ServiceTools,
): Promise<ReadyAudio> {
  switch (audio.kind) {
    case "local":
      return makeReadyPiece(world, audio, tools);
    case "uploaded":
      return findUpload(world, audio, tools);
    case "video":
      return { kind: "video", audio, isSilent: false, notes: [] };
  }
}

interface ServiceTools extends Tools {
  readonly client: Client;
}

/** Which part of a recording a model is told of; one whose length nobody knows has no end. */
export function heardPart(sent: SentAudio): { readonly start: Seconds; readonly duration: Seconds } {
  return sent.kind === "piece" ? sent.piece : { start: 0, duration: sent.audio.range.end };
}

async function findUpload(
  world: World,
  audio: UploadedAudio,
  { client, progress }: ServiceTools,
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
