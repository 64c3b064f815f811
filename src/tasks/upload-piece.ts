import { Digester, digestOf } from "../audio/digest.ts";
import { openFile } from "../audio/open.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { findFile, waitUntilActive } from "../gemini/files.ts";
import type { RemoteFile } from "../gemini/remote-file.ts";
import { chooseFileName, type Uploaded, upload } from "../gemini/upload.ts";
import { forgetUpload, keptUploads, noteUpload, type UploadNote } from "../journal/uploads.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import type { FileStatus, Reader, World } from "../world.ts";
import type { ReadyPiece } from "./pieces.ts";
import type { Progress } from "./progress.ts";

interface Uploading {
  readonly client: Client;
  readonly progress: Progress;
  readonly ready: ReadyPiece;
  readonly keepUpload: boolean;
  /** What the service lists it as; null for nothing. */
  readonly displayName: string | null;
  /** Told of a file that is to be deleted afterwards. */
  readonly onStart: (name: string) => void;
  /** Told of a file that stays. */
  readonly onKept: (name: string) => void;
}

/**
 * Uploads what is sent of a recording, or finds it where an earlier run has kept it, and waits until
 * it can be used.
 * Errors: Failure `input` when the file changes meanwhile; `key`, `service`, `limit` as the service refuses.
 */
export async function uploadPiece(world: World, uploading: Uploading): Promise<RemoteFile> {
  const { client, progress, ready, keepUpload, onKept } = uploading;
  const { audio, piece } = ready;
  const before = await world.files.status(piece.file);
  const reader = await openUnchanged(world, ready);
  try {
    const again = await findKept(world, uploading, reader);
    if (again !== null) {
      progress.detail(`${nameOf(audio.path)} is on the service already: ${again.name}`);
      onKept(again.name);
      return again;
    }
    const { uploaded, note } = await uploadNew(world, uploading, reader);
    await assertUnchanged(world, ready, before);
    progress.step(`waiting for the service to read ${nameOf(audio.path)}`);
    const file = await waitUntilActive(world, client, uploaded.file);
    if (keepUpload) {
      onKept(note.name);
      await noteUpload(world, { ...note, keptDigest: uploaded.digest });
    }
    return file;
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown.about(nameOf(audio.path)) : thrown;
  } finally {
    await reader.close();
  }
}

/** Uploads a file under a name that is remembered before the service hears of it. */
async function uploadNew(
  world: World,
  { client, progress, ready, displayName, onStart }: Uploading,
  reader: Reader,
): Promise<{ readonly uploaded: Uploaded; readonly note: UploadNote }> {
  const { mimeType } = ready.piece;
  const { baseUrl, owner } = client;
  const { processId, host } = world.identity;
  const noteOf = (name: string): UploadNote => ({
    name,
    baseUrl,
    owner,
    sizeBytes: reader.sizeBytes,
    createdMs: world.now(),
    processId,
    host,
    keptDigest: null,
  });
  const nextName = async () => {
    const name = chooseFileName(world);
    await noteUpload(world, noteOf(name));
    onStart(name);
    return name;
  };
  const onProgress = progress.transfer(`uploading ${nameOf(ready.audio.path)}`, reader.sizeBytes);
  const wanted = { nextName, reader, mimeType, displayName, onProgress };
  const uploaded = await upload(client, wanted, world.signal);
  return { uploaded, note: noteOf(uploaded.file.name) };
}

/** A kept upload of the same bytes that is still there; one that is gone is forgotten. */
async function findKept(
  world: World,
  { client, displayName }: Uploading,
  reader: Reader,
): Promise<RemoteFile | null> {
  const { sizeBytes } = reader;
  const kept = await keptUploads(world, { ...client, sizeBytes });
  if (kept.length === 0) return null;
  const digest = await digestOf(new Digester(), reader, world.signal);
  for (const { name } of kept.filter(({ keptDigest }) => keptDigest === digest)) {
    const file = await findFile(client, name, world.signal);
    if (file?.state !== "ACTIVE") await forgetUpload(world, name);
    // Nothing can be renamed there: another name takes another upload.
    else if (displayName === null || file.displayName === displayName) return file;
  }
  return null;
}

/** Opens a recording that was probed before; it must still have the size it had. */
export async function openUnchanged(world: World, { audio, piece }: ReadyPiece): Promise<Reader> {
  const reader = await openFile(world.files, piece.file, nameOf(audio.path));
  if (reader.sizeBytes === piece.sizeBytes) return reader;
  await reader.close();
  throw changed(audio);
}

/** A recording that was written to while it was read is neither what it was nor what it is. */
async function assertUnchanged(
  world: World,
  { audio, piece }: ReadyPiece,
  before: FileStatus | null,
): Promise<void> {
  const status = await world.files.status(piece.file);
  if (status?.sizeBytes !== piece.sizeBytes || status.modifiedMs !== before?.modifiedMs) throw changed(audio);
}

/** Told of a recording that is not what it was when it was probed. */
export function changed({ path }: SendableAudio): Failure {
  const name = nameOf(path);
  return new Failure("input", `${name}: the file changed while it was being read`, {
    hint: "wait until it is written whole, then run the command again",
    file: name,
  });
}
