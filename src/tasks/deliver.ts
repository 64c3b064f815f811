import { openFile } from "../audio/open.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Client } from "../gemini/client.ts";
import { deleteFile, waitUntilActive } from "../gemini/files.ts";
import type { Part } from "../gemini/model.ts";
import { chooseFileName, upload } from "../gemini/upload.ts";
import type { Plan, SendableAudio } from "../plan/plan.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";

interface Delivery {
  readonly client: Client;
  readonly plan: Plan;
  readonly keepUpload: boolean;
  readonly progress: Progress;
}

/**
 * Brings a plan's recordings to the service and gives `use` the parts of a request that stand
 * for them, in their order. What was uploaded is deleted when `use` ends, however it ends,
 * unless it is to be kept.
 */
export async function withDelivered<T>(
  world: World,
  delivery: Delivery,
  use: (parts: readonly Part[]) => Promise<T>,
): Promise<T> {
  const { plan } = delivery;
  if (plan.delivery === "inline") {
    return use(await Promise.all(plan.audios.map((audio) => inlinePart(world, audio))));
  }
  const names: string[] = [];
  try {
    const parts: Part[] = [];
    for (const audio of plan.audios) {
      const name = chooseFileName(world);
      names.push(name);
      parts.push(await uploadPart(world, delivery, { audio, name }));
    }
    return await use(parts);
  } finally {
    if (delivery.keepUpload) delivery.progress.detail(`kept on the service: ${names.join(", ")}`);
    else await Promise.all(names.map((name) => dropUpload(delivery, name)));
  }
}

async function inlinePart(world: World, audio: SendableAudio): Promise<Part> {
  const reader = await openUnchanged(world, audio);
  try {
    const { sizeBytes, mimeType } = audio.piece;
    const bytes = await reader.read(0, sizeBytes);
    if (bytes.length < sizeBytes) throw changed(audio);
    return { kind: "inline", base64: Buffer.from(bytes).toString("base64"), mimeType };
  } finally {
    await reader.close();
  }
}

async function uploadPart(
  world: World,
  { client, progress }: Delivery,
  { audio, name }: { readonly audio: SendableAudio; readonly name: string },
): Promise<Part> {
  const { mimeType } = audio.piece;
  progress.step(`uploading ${nameOf(audio.path)}`);
  const reader = await openUnchanged(world, audio);
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
async function openUnchanged(world: World, audio: SendableAudio) {
  const reader = await openFile(world.files, audio.piece.file, nameOf(audio.path));
  if (reader.sizeBytes === audio.piece.sizeBytes) return reader;
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
