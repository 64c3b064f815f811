import { Failure } from "../failure.ts";
import { deleteCache, isCacheName } from "../gemini/caches.ts";
import type { Client } from "../gemini/client.ts";
import { deleteFile } from "../gemini/files.ts";
import type { Part } from "../gemini/model.ts";
import type { RemoteFile } from "../gemini/remote-file.ts";
import { forgetUpload, leftUploads } from "../journal/uploads.ts";
import type { World } from "../world.ts";
import type { ReadyPiece } from "./pieces.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import { changed, openUnchanged, uploadPiece } from "./upload-piece.ts";

interface Delivery extends Omit<UploadDelivery, "ready"> {
  readonly ready: readonly ReadyAudio[];
  readonly how: "inline" | "upload";
}

interface UploadDelivery {
  readonly client: Client;
  readonly ready: readonly ReadyPiece[];
  readonly keepUpload: boolean;
  readonly progress: Progress;
}

/**
 * Brings recordings to the service and gives `use` the parts of a request that stand
 * for them, in their order. What is there already is left alone; what was uploaded is deleted
 * when `use` ends, however it ends, unless it is to be kept.
 */
export async function withDelivered<T>(
  world: World,
  delivery: Delivery,
  use: (parts: readonly Part[]) => Promise<T>,
): Promise<T> {
  const { ready } = delivery;
  if (delivery.how === "inline") {
    return use(
      await Promise.all(
        ready.map((one) => (one.kind === "piece" ? inlinePart(world, one) : remotePart(one))),
      ),
    );
  }
  const pieces = ready.filter((one) => one.kind === "piece");
  return withUploaded(world, { ...delivery, ready: pieces, displayName: null }, (files) =>
    use(
      ready.flatMap((one) => {
        if (one.kind !== "piece") return [remotePart(one)];
        const index = pieces.indexOf(one);
        return files.slice(index, index + 1).map((file) => filePart(file, one.piece.mimeType));
      }),
    ),
  );
}

/** What the service has already, or fetches by itself. */
function remotePart(ready: Exclude<ReadyAudio, ReadyPiece>): Part {
  return ready.kind === "video" ? { kind: "video", uri: ready.audio.url } : filePart(ready, ready.mimeType);
}

function filePart({ uri }: { readonly uri: string }, mimeType: string): Part {
  return { kind: "file", uri, mimeType };
}

/** The same with the files themselves, all of them uploaded, under a display name if one is given. */
export async function withUploaded<T>(
  world: World,
  delivery: UploadDelivery & { readonly displayName: string | null },
  use: (files: readonly RemoteFile[]) => Promise<T>,
): Promise<T> {
  const { ready, progress } = delivery;
  const names: string[] = [];
  const kept: string[] = [];
  try {
    const files: RemoteFile[] = [];
    for (const one of ready) {
      files.push(
        await uploadPiece(world, {
          ...delivery,
          ready: one,
          onStart: (name) => names.push(name),
          onKept: (name) => kept.push(name),
        }),
      );
    }
    return await use(files);
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
        await (isCacheName(name) ? deleteCache(client, name) : deleteFile(client, name));
        await forgetUpload(world, name);
        progress.detail(`deleted ${name}, which an earlier run had left on the service`);
      } catch (thrown) {
        progress.detail(`${name} of an earlier run is still there: ${messageOf(thrown)}`);
      }
    }),
  );
}

async function inlinePart(world: World, ready: ReadyPiece): Promise<Part> {
  const reader = await openUnchanged(world, ready);
  try {
    const { sizeBytes, mimeType } = ready.piece;
    const bytes = await reader.read(0, sizeBytes);
    if (bytes.length < sizeBytes) throw changed(ready.audio);
    return { kind: "inline", bytes, mimeType };
  } finally {
    await reader.close();
  }
}

async function dropUpload(world: World, { client, progress }: UploadDelivery, name: string): Promise<void> {
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
