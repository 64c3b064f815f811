import { Failure } from "../failure.ts";
import { baseUrl } from "../gemini/address.ts";
import type { Client } from "../gemini/client.ts";
import { findFile, listFiles } from "../gemini/files.ts";
import { readKey } from "../gemini/key.ts";
import type { RemoteFile } from "../gemini/remote-file.ts";
import type { FilesInvocation } from "../invocation.ts";
import { fileListRenderers, fileRenderers } from "../render/files.ts";
import type { World } from "../world.ts";
import { factsOf, isMadeByGaudio } from "./file-facts.ts";
import { deleteFiles } from "./files-delete.ts";
import { uploadFiles } from "./files-upload.ts";
import { printLines } from "./print.ts";
import type { Progress } from "./progress.ts";
import { reach } from "./reach.ts";

/**
 * Lists, shows, deletes or uploads files on the service.
 * Errors: Failure `usage` for a file that is not there; `key`, `service`, `limit` as the service refuses;
 * `input` for what cannot be uploaded; `partial` when only some could be deleted or uploaded; `output`.
 */
export async function manageFiles(
  world: World,
  { action, access, format }: FilesInvocation,
  progress: Progress,
): Promise<void> {
  baseUrl(world.env);
  const open = async () => reach(world, { key: await readKey(world, access.keyFile), access }, progress);
  switch (action.kind) {
    case "list": {
      const files = await listFiles(await open(), world.signal);
      progress.pause();
      return printLines(world, fileListRenderers[format](files.map(factsOf)));
    }
    case "get": {
      const file = await findOrFail(await open(), action.name, world.signal);
      progress.pause();
      return printLines(world, fileRenderers[format](factsOf(file)));
    }
    case "delete":
      return deleteFiles(world, { client: await open(), format, names: action.names }, progress);
    case "delete-made": {
      const client = await open();
      const names = (await listFiles(client, world.signal)).map(({ name }) => name);
      return deleteFiles(world, { client, format, names: names.filter(isMadeByGaudio) }, progress);
    }
    case "upload":
      return uploadFiles(world, { ...action, access, format }, progress);
  }
}

async function findOrFail(client: Client, name: string, signal: AbortSignal): Promise<RemoteFile> {
  const file = await findFile(client, name, signal);
  if (file !== null) return file;
  throw new Failure("usage", `${name}: there is no such file on the service, or it is not this key's`, {
    hint: "gaudio files list shows what there is; the service deletes files after 48 hours",
    file: name,
  });
}
