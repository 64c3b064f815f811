import { z } from "zod";
import type { Digester } from "../audio/digest.ts";
import { Failure } from "../failure.ts";
import type { Reader, Sent } from "../world.ts";
import { apiVersion, isSafe } from "./address.ts";
import type { Client } from "./client.ts";
import { readAhead } from "./file-content.ts";
import { findFile } from "./files.ts";
import { type RemoteFile, readRemoteFile } from "./remote-file.ts";
import { retry } from "./retry.ts";
import { guarded, type SilenceGuard } from "./silence.ts";

/** What is to be uploaded. */
export interface Upload {
  /**
   * Gives a fresh `files/<id>` for each time that the upload begins, remembered by whoever gives it: so that
   * the file can be deleted even if the answer gets lost, and none is refused because it is taken.
   */
  readonly nextName: () => Promise<string>;
  readonly reader: Reader;
  readonly mimeType: string;
  /** What the service lists it as; null for nothing. */
  readonly displayName: string | null;
  /** Told how many bytes are on their way. */
  readonly onProgress?: (sent: number) => void;
}

/** How long giving up an upload may take: after Ctrl-C, a run has two seconds in all. */
const cancelLimitMs = 600;

/** An upload that has begun. */
export interface Session {
  readonly name: string;
  readonly url: string;
}

/** Begins an upload. */
export async function start(
  client: Client,
  { nextName, reader, mimeType, displayName }: Upload,
  signal: AbortSignal,
): Promise<Session> {
  return retry(client.patience, async () => {
    const name = await nextName();
    const { headers } = await command(client, signal, {
      url: `${client.baseUrl}/upload/${apiVersion}/files`,
      isSession: false,
      headers: {
        "x-goog-api-key": client.key,
        "Content-Type": "application/json",
        "X-Goog-Upload-Protocol": "resumable",
        "X-Goog-Upload-Command": "start",
        "X-Goog-Upload-Header-Content-Length": String(reader.sizeBytes),
        "X-Goog-Upload-Header-Content-Type": mimeType,
      },
      body: JSON.stringify({ file: { name, mimeType, ...(displayName !== null && { displayName }) } }),
    });
    const url = headers.get("x-goog-upload-url") ?? "";
    if (URL.canParse(url) && isSafe(new URL(url))) return { name, url };
    throw new Failure("service", "the service named no place to upload to", {
      hint: "check GOOGLE_GEMINI_BASE_URL if it is set; else run the command again",
      retryable: true,
    });
  });
}

interface Sending extends Upload, Session {
  readonly offset: number;
  readonly digester: Digester;
}

/** What an upload has come to. */
export type Whereabouts =
  | { readonly kind: "done"; readonly file: RemoteFile }
  | { readonly kind: "underway"; readonly received: number }
  /** The service does not know of it any more. */
  | { readonly kind: "gone" };

/** Sends all that is missing, and finishes the upload. */
export async function sendFrom(
  client: Client,
  { reader, url, offset, digester, onProgress = () => {} }: Sending,
  signal: AbortSignal,
): Promise<Whereabouts> {
  async function* content(guard: SilenceGuard): AsyncGenerator<Uint8Array> {
    let position = offset;
    for await (const bytes of readAhead(reader, offset)) {
      digester.add(position, bytes);
      yield bytes;
      position += bytes.length;
      // What was taken has left, or is about to: that is no silence.
      guard.listen();
      onProgress(position);
    }
  }
  const { headers, body } = await command(client, signal, {
    url,
    isSession: true,
    headers: {
      "Content-Length": String(reader.sizeBytes - offset),
      "X-Goog-Upload-Command": "upload, finalize",
      "X-Goog-Upload-Offset": String(offset),
    },
    body: content,
  });
  const status = headers.get("x-goog-upload-status");
  if (status === "final") return { kind: "done", file: readUploaded(body) };
  if (status === "active") return { kind: "underway", received: receivedOf(headers, reader.sizeBytes) };
  throw unexpected(`its status is ${status ?? "not told"}`);
}

/** Asks how much of an upload has arrived. */
export async function whereabouts(
  client: Client,
  { name, url, reader }: Upload & Session,
  signal: AbortSignal,
): Promise<Whereabouts> {
  try {
    const { headers, body } = await retry(client.patience, () =>
      command(client, signal, {
        url,
        isSession: true,
        headers: { "X-Goog-Upload-Command": "query" },
        body: "",
      }),
    );
    const status = headers.get("x-goog-upload-status");
    if (status === "active") return { kind: "underway", received: receivedOf(headers, reader.sizeBytes) };
    if (status === "final" && body !== "") return { kind: "done", file: readUploaded(body) };
  } catch (thrown) {
    // An address that has expired took the whole file with it, or what had arrived of it.
    if (!(thrown instanceof Gone)) throw thrown;
  }
  const file = await findFile(client, name, signal);
  return file === null ? { kind: "gone" } : { kind: "done", file };
}

function receivedOf(headers: Headers, size: number): number {
  const received = Number(headers.get("x-goog-upload-size-received") ?? Number.NaN);
  if (Number.isInteger(received) && received >= 0 && received <= size) return received;
  throw unexpected("it does not tell how much has arrived");
}

interface Command {
  readonly url: string;
  /** Whether the address is that of an upload, which may have been forgotten. */
  readonly isSession: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ((guard: SilenceGuard) => AsyncIterable<Uint8Array>);
}

/** Sends one command of the protocol, within the limit of silence. */
async function command(
  client: Client,
  signal: AbortSignal,
  { url, isSession, headers, body }: Command,
): Promise<Sent> {
  try {
    return await guarded({ signal, timeoutMs: client.timeoutMs }, async (guard) => {
      const content = typeof body === "string" ? body : body(guard);
      const sent = await client.send(url, { method: "POST", headers, body: content, signal: guard.signal });
      if (sent.status < 400 && sent.status >= 200) return sent;
      if (isSession && (sent.status === 404 || sent.status === 410)) throw new Gone();
      throw client.failureOf({ status: sent.status, message: sent.body, headers: sent.headers }, "uploading");
    });
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof Gone ? thrown : client.failureOf(thrown, "uploading");
  }
}

/** The service knows nothing of the address that it named. */
export class Gone extends Error {}

/** Gives an upload up. Whether that worked is of no use to anybody: the file is deleted afterwards. */
export async function cancel(client: Client, url: string): Promise<void> {
  const headers = { "X-Goog-Upload-Command": "cancel" };
  const signal = AbortSignal.timeout(cancelLimitMs);
  // The service forgets what is not finished by itself.
  await client.send(url, { method: "POST", headers, body: "", signal }).catch(() => null);
}

function readUploaded(body: string): RemoteFile {
  return readRemoteFile(uploadedSchema.safeParse(parseJson(body)).data?.file);
}

const uploadedSchema = z.object({ file: z.unknown() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the service answered is nothing that the protocol knows. */
export function unexpected(what: string): Failure {
  return new Failure("service", `the service did not take the upload: ${what}`, {
    hint: "run the command again",
    retryable: false,
  });
}
