import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Reader, World } from "../world.ts";
import { apiVersion, isSafe } from "./address.ts";
import type { Client } from "./client.ts";
import { type RemoteFile, readRemoteFile } from "./files.ts";
import { guarded } from "./silence.ts";

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

/** How long giving up an upload may take: after Ctrl-C, a run has two seconds in all. */
const cancelLimitMs = 600;

/**
 * Uploads a recording by the resumable protocol, a chunk at a time: no more than one is in memory.
 * The local file's name is not sent. An upload that fails is cancelled, so that what is still on
 * its way does not become a file afterwards.
 * Errors: Failure `service`, `key` or `limit` as the service refuses; `input` when the file
 * got shorter meanwhile; the signal's reason when the run is stopped.
 */
export async function upload(client: Client, wanted: Upload, signal: AbortSignal): Promise<RemoteFile> {
  const { url, granularity } = await start(client, wanted, signal);
  try {
    return await sendAll(client, { ...wanted, url, granularity }, signal);
  } catch (thrown) {
    await cancel(client, url);
    throw thrown;
  }
}

interface Session {
  readonly url: string;
  readonly granularity: number;
}

async function start(
  client: Client,
  { name, reader, mimeType }: Upload,
  signal: AbortSignal,
): Promise<Session> {
  const { headers } = await send(client, signal, {
    url: `${client.baseUrl}/upload/${apiVersion}/files`,
    headers: {
      "x-goog-api-key": client.key,
      "Content-Type": "application/json",
      "X-Goog-Upload-Protocol": "resumable",
      "X-Goog-Upload-Command": "start",
      "X-Goog-Upload-Header-Content-Length": String(reader.sizeBytes),
      "X-Goog-Upload-Header-Content-Type": mimeType,
    },
    body: JSON.stringify({ file: { name, mimeType } }),
  });
  const url = headers.get("x-goog-upload-url") ?? "";
  if (!URL.canParse(url) || !isSafe(new URL(url))) {
    throw new Failure("service", "the service named no place to upload to", {
      hint: "check GOOGLE_GEMINI_BASE_URL if it is set; else run the command again",
      retryable: true,
    });
  }
  const granularity = Number(headers.get("x-goog-upload-chunk-granularity"));
  return { url, granularity: granularity > 0 ? granularity : defaultGranularity };
}

async function sendAll(
  client: Client,
  { reader, url, granularity }: Upload & Session,
  signal: AbortSignal,
): Promise<RemoteFile> {
  const size = reader.sizeBytes;
  for (let offset = 0; ; ) {
    const chunk = await reader.read(offset, Math.min(granularity, size - offset));
    const isLast = offset + chunk.length === size;
    if (!isLast && chunk.length < granularity) throw gotShorter();
    const { headers, body } = await send(client, signal, {
      url,
      headers: {
        "X-Goog-Upload-Command": isLast ? "upload, finalize" : "upload",
        "X-Goog-Upload-Offset": String(offset),
      },
      body: chunk,
    });
    offset += chunk.length;
    const status = headers.get("x-goog-upload-status");
    if (status !== (isLast ? "final" : "active")) throw unexpected(`its status is ${status ?? "not told"}`);
    if (isLast) return readUploaded(body, size);
  }
}

interface Sending {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Sends one request and reads its answer to the end, all within the limit of silence. */
async function send(client: Client, signal: AbortSignal, { url, headers, body }: Sending) {
  try {
    return await guarded({ signal, timeoutMs: client.timeoutMs }, async (guard) => {
      const response = await client.fetch(url, { method: "POST", headers, body, signal: guard.signal });
      const text = await response.text();
      if (!response.ok) throw client.failureOf({ status: response.status, message: text }, "uploading");
      return { headers: response.headers, body: text };
    });
  } catch (thrown) {
    signal.throwIfAborted();
    throw client.failureOf(thrown, "uploading");
  }
}

/** Gives an upload up. Whether that worked is of no use to anybody: the file is deleted afterwards. */
async function cancel(client: Client, url: string): Promise<void> {
  try {
    const headers = { "X-Goog-Upload-Command": "cancel" };
    const response = await client.fetch(url, {
      method: "POST",
      headers,
      signal: AbortSignal.timeout(cancelLimitMs),
    });
    await response.body?.cancel();
  } catch {
    // The service forgets what is not finished by itself.
  }
}

function readUploaded(body: string, size: number): RemoteFile {
  const file = readRemoteFile(uploadedSchema.safeParse(parseJson(body)).data?.file);
  const { sizeBytes } = file;
  if (sizeBytes === null || sizeBytes === String(size)) return file;
  throw unexpected(`it received ${sizeBytes} of ${size} bytes`);
}

const uploadedSchema = z.object({ file: z.unknown() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unexpected(what: string): Failure {
  return new Failure("service", `the service did not take the upload: ${what}`, {
    hint: "run the command again",
    retryable: true,
  });
}

function gotShorter(): Failure {
  return new Failure("input", "the recording got shorter while it was being read", {
    hint: "wait until it is written whole, then run the command again",
  });
}
