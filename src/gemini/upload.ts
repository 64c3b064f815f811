import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Reader, World } from "../world.ts";
import { apiVersion, isSafe } from "./address.ts";
import type { Client } from "./client.ts";
import { responseFailure, serviceFailure } from "./errors.ts";
import { type RemoteFile, readRemoteFile } from "./files.ts";
import { guardSilence } from "./silence.ts";

interface Upload {
  /** `files/<id>`, chosen by us, so that the file can be deleted even if the answer gets lost. */
  readonly name: string;
  readonly reader: Reader;
  readonly mimeType: string;
}

/** All chunks but the last must be a multiple of the granularity that the service names: 8 MiB so far [run]. */
const defaultGranularity = 8 * 1024 * 1024;

/** A fresh `files/<id>`: 40 characters at most, lower-case letters, digits and dashes [doc]. Tells nothing. */
export function chooseFileName(world: Pick<World, "randomHex">): string {
  return `files/gaudio-${world.randomHex(16)}`;
}

/**
 * Uploads a recording by the resumable protocol, a chunk at a time: no more than one is in memory.
 * The local file's name is not sent.
 * Errors: Failure `service`, `key` or `limit` as the service refuses; `input` when the file
 * got shorter meanwhile; the signal's reason when the run is stopped.
 */
export async function upload(client: Client, wanted: Upload, signal: AbortSignal): Promise<RemoteFile> {
  const { url, granularity } = await start(client, wanted, signal);
  const size = wanted.reader.sizeBytes;
  for (let offset = 0; ; ) {
    const chunk = await wanted.reader.read(offset, Math.min(granularity, size - offset));
    const isLast = offset + chunk.length === size;
    if (!isLast && chunk.length < granularity) {
      throw new Failure("input", "the recording got shorter while it was being read", {
        hint: "wait until it is written whole, then run the command again",
      });
    }
    const response = await send(
      client,
      signal,
      url,
      {
        "X-Goog-Upload-Command": isLast ? "upload, finalize" : "upload",
        "X-Goog-Upload-Offset": String(offset),
      },
      chunk,
    );
    offset += chunk.length;
    if (isLast) return checked(await response.json(), size);
  }
}

async function start(client: Client, { name, reader, mimeType }: Upload, signal: AbortSignal) {
  const response = await send(
    client,
    signal,
    `${client.baseUrl}/upload/${apiVersion}/files`,
    {
      "x-goog-api-key": client.key,
      "Content-Type": "application/json",
      "X-Goog-Upload-Protocol": "resumable",
      "X-Goog-Upload-Command": "start",
      "X-Goog-Upload-Header-Content-Length": String(reader.sizeBytes),
      "X-Goog-Upload-Header-Content-Type": mimeType,
    },
    JSON.stringify({ file: { name, mimeType } }),
  );
  await response.body?.cancel();
  const url = response.headers.get("x-goog-upload-url") ?? "";
  if (!URL.canParse(url) || !isSafe(new URL(url))) {
    throw new Failure("service", "the service named no place to upload to", { retryable: true });
  }
  const granularity = Number(response.headers.get("x-goog-upload-chunk-granularity"));
  return { url, granularity: granularity > 0 ? granularity : defaultGranularity };
}

async function send(
  client: Client,
  signal: AbortSignal,
  url: string,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Promise<Response> {
  const guard = guardSilence(signal, client.timeoutMs);
  try {
    const response = await client.fetch(url, { method: "POST", headers, body, signal: guard.signal });
    if (!response.ok) throw await responseFailure(response, "uploading");
    return response;
  } catch (thrown) {
    signal.throwIfAborted();
    throw serviceFailure(guard.signal.aborted ? guard.signal.reason : thrown, "uploading");
  } finally {
    guard.end();
  }
}

function checked(answer: unknown, size: number): RemoteFile {
  const parsed = z.object({ file: z.unknown() }).safeParse(answer);
  const file = readRemoteFile(parsed.data?.file);
  const { sizeBytes } = file;
  if (sizeBytes !== null && sizeBytes !== String(size)) {
    throw new Failure("service", `the service received ${sizeBytes} of ${size} bytes`, {
      hint: "run the command again",
      retryable: true,
    });
  }
  return file;
}
