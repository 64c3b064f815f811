import { openFile } from "../audio/open.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { digestOfFile } from "../gemini/file-content.ts";
import { deleteFile, findFile, waitUntilActive } from "../gemini/files.ts";
import type { Part } from "../gemini/model.ts";
import { chooseFileName, type Uploaded, upload } from "../gemini/upload.ts";
import { forgetUpload, keptUploads, leftUploads, noteUpload, type UploadNote } from "../journal/uploads.ts";
import type { SendableAudio } from "../plan/plan.ts";
import type { FileStatus, Reader, World } from "../world.ts";
import type { ReadyAudio } from "./pieces.ts";
import type { Progress } from "./progress.ts";

interface Delivery {
  readonly client: Client;
  readonly ready: readonly ReadyAudio[];
  readonly how: "inline" | "upload";
  readonly keepUpload: boolean;
  readonly progress: Progress;
}

/**
 * Brings recordings to the service and gives `use` the parts of a request that stand
 * for them, in their order. What was uploaded is deleted when `use` ends, however it ends,
 * unless it is to be kept.
 */
export async function withDelivered<T>(
  world: World,
  delivery: Delivery,
  use: (parts: readonly Part[]) => Promise<T>,
): Promise<T> {
  const { ready, how, progress } = delivery;
  if (how === "inline") {
    return use(await Promise.all(ready.map((one) => inlinePart(world, one))));
  }
  const names: string[] = [];
  const kept: string[] = [];
  try {
    const parts: Part[] = [];
    for (const one of ready) {
      parts.push(
        await uploadPart(world, delivery, {
          ready: one,
          onStart: (name) => names.push(name),
          onKept: (name) => kept.push(name),
        }),
      );
    }
    return await use(parts);
  } finally {
    if (kept.length > 0) progress.detail(`kept on the service: ${kept.join(", ")}`);
    await Promise.all(
      names.filter((name) => !kept.includes(name)).map((name) => dropUpload(world, delivery, name)),
    );
  }
}

/** Deletes what runs before this one have left on the service. Never fails: the next run tries again. */
export async function deleteLeftovers(world: World, client: Client, progress: Progress): Promise<void> {
  const left = await leftUploads(world, client);
  await Promise.all(
    left.map(async ({ name }) => {
      try {
        await deleteFile(client, name);
        await forgetUpload(world, name);
        progress.detail(`deleted ${name}, which an earlier run had left on the service`);
      } catch (thrown) {
        progress.detail(`${name} of an earlier run is still there: ${messageOf(thrown)}`);
      }
    }),
  );
}

async function inlinePart(world: World, ready: ReadyAudio): Promise<Part> {
  const reader = await openUnchanged(world, ready);
  try {
    const { sizeBytes, mimeType } = ready.piece;
    const bytes = await reader.read(0, sizeBytes);
    if (bytes.length < sizeBytes) throw changed(ready.audio);
    return { kind: "inline", base64: Buffer.from(bytes).toString("base64"), mimeType };
  } finally {
    await reader.close();
  }
}

interface Uploading {
  readonly ready: ReadyAudio;
  /** Told of a file that is to be deleted afterwards. */
  readonly onStart: (name: string) => void;
  /** Told of a file that stays. */
  readonly onKept: (name: string) => void;
}

async function uploadPart(world: World, delivery: Delivery, uploading: Uploading): Promise<Part> {
  const { ready, onKept } = uploading;
  const { client, keepUpload } = delivery;
  const { audio, piece } = ready;
  const before = await world.files.status(piece.file);
  const reader = await openUnchanged(world, ready);
  try {
    const { mimeType } = piece;
    const again = await findKept(world, client, reader);
    if (again !== null) {
      delivery.progress.detail(`${nameOf(audio.path)} is on the service already: ${again.file.name}`);
      onKept(again.file.name);
      return { kind: "file", uri: again.file.uri, mimeType };
    }
    const { uploaded, note } = await uploadNew(world, delivery, { ...uploading, reader });
    await assertUnchanged(world, ready, before);
    delivery.progress.step(`waiting for the service to read ${nameOf(audio.path)}`);
    const { uri } = await waitUntilActive(world, client, uploaded.file);
    if (keepUpload) {
      onKept(note.name);
      await noteUpload(world, { ...note, keptDigest: uploaded.digest });
    }
    return { kind: "file", uri, mimeType };
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown.about(nameOf(audio.path)) : thrown;
  } finally {
    await reader.close();
  }
}

/** Uploads a file under a name that is remembered before the service hears of it. */
async function uploadNew(
  world: World,
  { client, progress }: Delivery,
  { ready, reader, onStart }: Uploading & { readonly reader: Reader },
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
  const uploaded = await upload(client, { nextName, reader, mimeType, onProgress }, world.signal);
  return { uploaded, note: noteOf(uploaded.file.name) };
}

/** A kept upload of the same bytes that is still there; one that is gone is forgotten. */
async function findKept(world: World, client: Client, reader: Reader): Promise<Uploaded | null> {
  const { sizeBytes } = reader;
  const kept = await keptUploads(world, { ...client, sizeBytes });
  if (kept.length === 0) return null;
  const digest = await digestOfFile(reader);
  for (const { name } of kept.filter(({ keptDigest }) => keptDigest === digest)) {
    const file = await findFile(client, name, world.signal);
    if (file?.state === "ACTIVE") return { file, digest };
    await forgetUpload(world, name);
  }
  return null;
}

async function dropUpload(world: World, { client, progress }: Delivery, name: string): Promise<void> {
  try {
    await deleteFile(client, name);
    await forgetUpload(world, name);
  } catch (thrown) {
    progress.warn(
      `${name} is still on the service; the next run deletes it, or the service after 48 hours: ${messageOf(thrown)}`,
    );
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Failure ? thrown.message : String(thrown);
}

/** Opens a recording that was probed before; it must still have the size it had. */
async function openUnchanged(world: World, { audio, piece }: ReadyAudio): Promise<Reader> {
  const reader = await openFile(world.files, piece.file, nameOf(audio.path));
  if (reader.sizeBytes === piece.sizeBytes) return reader;
  await reader.close();
  throw changed(audio);
}

/** A recording that was written to while it was read is neither what it was nor what it is. */
async function assertUnchanged(
  world: World,
  { audio, piece }: ReadyAudio,
  before: FileStatus | null,
): Promise<void> {
  const status = await world.files.status(piece.file);
  if (status?.sizeBytes !== piece.sizeBytes || status.modifiedMs !== before?.modifiedMs) throw changed(audio);
}

function changed({ path }: SendableAudio): Failure {
  const name = nameOf(path);
  return new Failure("input", `${name}: the file changed while it was being read`, {
    hint: "wait until it is written whole, then run the command again",
    file: name,
  });
}
