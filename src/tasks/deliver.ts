import { openFile } from "../audio/open.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { deleteFile, waitUntilActive } from "../gemini/files.ts";
import type { Part } from "../gemini/model.ts";
import { chooseFileName, upload } from "../gemini/upload.ts";
import type { SendableAudio } from "../plan/plan.ts";
import type { World } from "../world.ts";
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
  const { ready, how } = delivery;
  if (how === "inline") {
    return use(await Promise.all(ready.map((one) => inlinePart(world, one))));
  }
  const names: string[] = [];
  try {
    const parts: Part[] = [];
    for (const one of ready) {
      const name = chooseFileName(world);
      names.push(name);
      parts.push(await uploadPart(world, delivery, { ready: one, name }));
    }
    return await use(parts);
  } finally {
    if (delivery.keepUpload) delivery.progress.detail(`kept on the service: ${names.join(", ")}`);
    else await Promise.all(names.map((name) => dropUpload(delivery, name)));
  }
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

async function uploadPart(
  world: World,
  { client, progress }: Delivery,
  { ready, name }: { readonly ready: ReadyAudio; readonly name: string },
): Promise<Part> {
  const { audio, piece } = ready;
  const { mimeType } = piece;
  progress.step(`uploading ${nameOf(audio.path)}`);
  const reader = await openUnchanged(world, ready);
  try {
    const uploaded = await upload(client, { name, reader, mimeType }, world.signal);
    progress.step(`waiting for the service to read ${nameOf(audio.path)}`);
    const { uri } = await waitUntilActive(world, client, uploaded);
    return { kind: "file", uri, mimeType };
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown.about(nameOf(audio.path)) : thrown;
  } finally {
    await reader.close();
  }
}

async function dropUpload({ client, progress }: Delivery, name: string): Promise<void> {
  try {
    await deleteFile(client, name);
  } catch (thrown) {
    const reason = thrown instanceof Failure ? thrown.message : String(thrown);
    progress.warn(`${name} is still on the service, which deletes it after 48 hours: ${reason}`);
  }
}

/** Opens a recording that was probed before; it must still have the size it had. */
async function openUnchanged(world: World, { audio, piece }: ReadyAudio) {
  const reader = await openFile(world.files, piece.file, nameOf(audio.path));
  if (reader.sizeBytes === piece.sizeBytes) return reader;
  await reader.close();
  throw changed(audio);
}

function changed({ path }: SendableAudio): Failure {
  const name = nameOf(path);
  return new Failure("input", `${name}: the file changed while it was being read`, {
    hint: "wait until it is written whole, then run the command again",
    file: name,
  });
}
