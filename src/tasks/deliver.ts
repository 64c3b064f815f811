import { Failure } from "../failure.ts";
import { deleteCache, isCacheName } from "../gemini/caches.ts";
import type { Client } from "../gemini/client.ts";
import { deleteFile } from "../gemini/files.ts";
import type { Part } from "../gemini/model.ts";
import type { RemoteFile } from "../gemini/remote-file.ts";
import { forgetUpload, leftUploads } from "../journal/uploads.ts";
import { once } from "../once.ts";
import type { Reader, World } from "../world.ts";
import type { ReadyPiece } from "./pieces.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import { changed, openUnchanged, uploadPiece } from "./upload-piece.ts";

interface Delivery {
  readonly client: Client;
  readonly keepUpload: boolean;
  readonly progress: Progress;
}

/** What is delivered, and whether within the request or before it. */
export interface Deliverable {
  readonly ready: readonly ReadyAudio[];
  readonly how: "inline" | "upload";
}

/** Brings recordings to the service, the first time: answers the parts of a request that stand for them, in their order. */
export type Deliver = () => Promise<readonly Part[]>;

/** Recordings on their way to the service. */
interface Transport<T> {
  /** Brings them there. */
  readonly send: () => Promise<readonly T[]>;
  /** Leaves nothing behind that is not to be kept. */
  readonly end: () => Promise<void>;
}

/**
 * Gives `use` a way to bring recordings to the service, which is gone once, when it is first needed. What is there
 * already is left alone; what was uploaded is deleted when `use` ends, however it ends, unless it is to be kept.
 */
export async function withDelivery<T>(
  world: World,
  { make, ...delivery }: Delivery & { readonly make: () => Promise<Deliverable> },
  use: (deliver: Deliver) => Promise<T>,
): Promise<T> {
  const transports: Transport<Part>[] = [];
  const deliver = once(async () => {
    const { ready, how } = await make();
    const pieces = ready.filter((one) => one.kind === "piece");
    const transport = how === "inline" ? within(world, pieces) : before(world, delivery, pieces);
    transports.push(transport);
    const sent = await transport.send();
    return ready.flatMap((one) => {
      if (one.kind !== "piece") return [remotePart(one)];
      const index = pieces.indexOf(one);
      return sent.slice(index, index + 1);
    });
  });
  try {
    return await use(deliver);
  } finally {
    await Promise.all(transports.map(({ end }) => end()));
  }
}

/** What the service has already, or fetches by itself. */
function remotePart(ready: Exclude<ReadyAudio, ReadyPiece>): Part {
  return ready.kind === "video" ? { kind: "video", uri: ready.audio.url } : filePart(ready, ready.mimeType);
}

function filePart({ uri }: { readonly uri: string }, mimeType: string): Part {
  return { kind: "file", uri, mimeType };
}

/** What is uploaded, under a display name if one is given. */
interface Uploading extends Delivery {
  readonly ready: readonly ReadyPiece[];
  readonly displayName: string | null;
}

/** Uploads files and gives them to `use`; when it ends, they are deleted, unless they are to be kept. */
export async function withUploaded<T>(
  world: World,
  uploading: Uploading,
  use: (files: readonly RemoteFile[]) => Promise<T>,
): Promise<T> {
  const { send, end } = uploads(world, uploading);
  try {
    return await use(await send());
  } finally {
    await end();
  }
}

function uploads(world: World, uploading: Uploading): Transport<RemoteFile> {
  const { ready, progress } = uploading;
  const names: string[] = [];
  const kept: string[] = [];
  return {
    send: async () => {
      const files: RemoteFile[] = [];
      for (const one of ready) {
        files.push(
          await uploadPiece(world, {
            ...uploading,
            ready: one,
            onStart: (name) => names.push(name),
            onKept: (name) => kept.push(name),
          }),
        );
      }
      return files;
    },
    end: async () => {
      if (kept.length > 0) progress.detail(`kept on the service: ${kept.join(", ")}`);
      const left = names.filter((name) => !kept.includes(name));
      await Promise.all(left.map((name) => dropUpload(world, uploading, name)));
    },
  };
}

function before(world: World, delivery: Delivery, ready: readonly ReadyPiece[]): Transport<Part> {
  const { send, end } = uploads(world, { ...delivery, ready, displayName: null });
  return {
    send: async () => {
      const files = await send();
      return ready.flatMap(({ piece }, index) =>
        files.slice(index, index + 1).map((file) => filePart(file, piece.mimeType)),
      );
    },
    end,
  };
}

function within(world: World, pieces: readonly ReadyPiece[]): Transport<Part> {
  const readers: Reader[] = [];
  return {
    send: async () => {
      const parts: Part[] = [];
      for (const piece of pieces) {
        const reader = await openUnchanged(world, piece);
        readers.push(reader);
        parts.push(inlinePart(reader, piece));
      }
      return parts;
    },
    end: async () => {
      await Promise.all(readers.map((reader) => reader.close()));
    },
  };
}

function inlinePart(reader: Reader, { audio, piece }: ReadyPiece): Part {
  const { sizeBytes, mimeType } = piece;
  const read = async (position: number, length: number) => {
    const bytes = await reader.read(position, length);
    if (bytes.length < length) throw changed(audio);
    return bytes;
  };
  return { kind: "inline", content: { sizeBytes, read }, mimeType };
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
