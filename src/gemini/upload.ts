import { createHash, type Hash } from "node:crypto";
import { z } from "zod";
import { Failure } from "../failure.ts";
import type { Reader, Sent, World } from "../world.ts";
import { apiVersion, isSafe } from "./address.ts";
import type { Client } from "./client.ts";
import { findFile, isSameHash, type RemoteFile, readRemoteFile } from "./files.ts";
import { retry, triedOften } from "./retry.ts";
import { guarded, type SilenceGuard } from "./silence.ts";

interface Upload {
  /**
   * Gives a fresh `files/<id>` for each time that the upload begins, remembered by whoever gives it: so that
   * the file can be deleted even if the answer gets lost, and none is refused because it is taken.
   */
  readonly nextName: () => Promise<string>;
  readonly reader: Reader;
  readonly mimeType: string;
  /** Told how many bytes are on their way. */
  readonly onProgress?: (sent: number) => void;
}

/** A file that was uploaded, and the SHA-256 of its bytes, in hex. */
export interface Uploaded {
  readonly file: RemoteFile;
  readonly digest: string;
}

/** A fresh `files/<id>`: 40 characters at most, lower-case letters, digits and dashes [doc]. Tells nothing. */
export function chooseFileName(world: Pick<World, "randomHex">): string {
  return `files/gaudio-${world.randomHex(16)}`;
}

/** How much is read at once. */
const blockBytes = 1 << 20;

/** One that is being sent, one that waits for that, one that is being read, and one to spare. */
const blocksInTurn = 4;

/** How long giving up an upload may take: after Ctrl-C, a run has two seconds in all. */
const cancelLimitMs = 600;

/**
 * Uploads a recording by the resumable protocol, in one request as long as nothing breaks. After a break
 * the service is asked how much has arrived, and the upload goes on from there; one that the service
 * does not know any more begins anew. Whatever arrives counts against giving up: only tries in
 * a row that bring nothing use up the retries. The local file's name is not sent.
 * Errors: Failure `service`, `key` or `limit` as the service refuses; `input` when the file got shorter
 * meanwhile; the signal's reason when the run is stopped.
 */
export async function upload(client: Client, wanted: Upload, signal: AbortSignal): Promise<Uploaded> {
  const { patience } = client;
  const digester = new Digester();
  let session = await start(client, wanted, signal);
  let offset = 0;
  let fruitless = 0;
  try {
    for (;;) {
      const state = await sendFrom(client, { ...wanted, ...session, offset, digester }, signal).catch(
        async (thrown: unknown): Promise<Whereabouts> => {
          const failure = thrown instanceof Gone ? expired() : thrown;
          if (!(failure instanceof Failure) || !failure.retryable) throw failure;
          if (fruitless >= patience.retries) throw triedOften(failure, fruitless);
          await patience.backOff(fruitless, failure);
          return whereabouts(client, { ...wanted, ...session }, signal);
        },
      );
      if (state.kind === "done") {
        return verified(state.file, wanted.reader.sizeBytes, await digestOf(digester, wanted.reader));
      }
      if (state.kind === "gone") session = await start(client, wanted, signal);
      const received = state.kind === "gone" ? 0 : state.received;
      fruitless = received > offset ? 0 : fruitless + 1;
      if (fruitless > patience.retries) throw unfinished(received, wanted.reader.sizeBytes);
      offset = received;
    }
  } catch (thrown) {
    await cancel(client, session.url);
    throw thrown;
  }
}

/** The SHA-256 of a file that is read from its start, parts of it perhaps more than once. */
class Digester {
  private readonly hash: Hash = createHash("sha256");
  private done = 0;

  /** Where the next byte is that was not counted yet. */
  get position(): number {
    return this.done;
  }

  add(position: number, bytes: Uint8Array): void {
    if (position + bytes.length <= this.done) return;
    this.hash.update(bytes.subarray(this.done - position));
    this.done = position + bytes.length;
  }

  digest(): string {
    return this.hash.copy().digest("hex");
  }
}

/** The SHA-256 of a file, in hex. */
export function digestOfFile(reader: Reader): Promise<string> {
  return digestOf(new Digester(), reader);
}

/** What was sent and never answered may not have been read to its end here. */
async function digestOf(digester: Digester, reader: Reader): Promise<string> {
  while (digester.position < reader.sizeBytes) {
    const { position } = digester;
    const bytes = await reader.read(position, blockBytes);
    if (bytes.length === 0) throw gotShorter();
    digester.add(position, bytes);
  }
  return digester.digest();
}

/** An upload that has begun. */
interface Session {
  readonly name: string;
  readonly url: string;
}

async function start(
  client: Client,
  { nextName, reader, mimeType }: Upload,
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
      body: JSON.stringify({ file: { name, mimeType } }),
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
type Whereabouts =
  | { readonly kind: "done"; readonly file: RemoteFile }
  | { readonly kind: "underway"; readonly received: number }
  /** The service does not know of it any more. */
  | { readonly kind: "gone" };

/** Sends all that is missing, and finishes the upload. */
async function sendFrom(
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

/**
 * A file's bytes from an offset on, block by block, each read while the one before is on its way. The blocks
 * take turns in the same memory, which makes a long upload faster and a third smaller than new
 * memory for each: when one is asked for, the one before the last must have been sent, as World.send has it.
 */
export async function* readAhead(reader: Reader, offset: number): AsyncGenerator<Uint8Array> {
  const length = Math.min(blockBytes, reader.sizeBytes - offset);
  const blocks = Array.from({ length: blocksInTurn }, () => new Uint8Array(length));
  const begin = (position: number) => {
    const [block = new Uint8Array(length)] = blocks.splice(0, 1);
    blocks.push(block);
    const target = block.subarray(0, reader.sizeBytes - position);
    const filled = reader.readInto(target, position);
    // Nobody may be waiting for it any more when it fails.
    filled.catch(() => {});
    return { target, filled };
  };
  let next = begin(offset);
  for (let position = offset; position < reader.sizeBytes; ) {
    const { target, filled } = next;
    const bytes = target.subarray(0, await filled);
    if (bytes.length === 0) throw gotShorter();
    position += bytes.length;
    if (position < reader.sizeBytes) next = begin(position);
    yield bytes;
  }
}

/** Asks how much of an upload has arrived. */
async function whereabouts(
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
class Gone extends Error {}

function expired(): Failure {
  return new Failure("service", "uploading: the service has forgotten the upload", {
    hint: "run the command again",
    retryable: true,
  });
}

/** Gives an upload up. Whether that worked is of no use to anybody: the file is deleted afterwards. */
async function cancel(client: Client, url: string): Promise<void> {
  const headers = { "X-Goog-Upload-Command": "cancel" };
  const signal = AbortSignal.timeout(cancelLimitMs);
  // The service forgets what is not finished by itself.
  await client.send(url, { method: "POST", headers, body: "", signal }).catch(() => null);
}

/** Errors: Failure `service` when what the service holds is not what was sent. */
function verified(file: RemoteFile, size: number, digest: string): Uploaded {
  const { sizeBytes, sha256Hash } = file;
  if (sizeBytes !== null && sizeBytes !== String(size)) {
    throw unexpected(`it received ${sizeBytes} of ${size} bytes`);
  }
  if (sha256Hash !== null && !isSameHash(sha256Hash, digest)) {
    throw unexpected("what it received is not what was sent");
  }
  return { file, digest };
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

function unfinished(received: number, size: number): Failure {
  return unexpected(`${received} of ${size} bytes arrived`);
}

function unexpected(what: string): Failure {
  return new Failure("service", `the service did not take the upload: ${what}`, {
    hint: "run the command again",
    retryable: false,
  });
}

function gotShorter(): Failure {
  return new Failure("input", "the recording got shorter while it was being read", {
    hint: "wait until it is written whole, then run the command again",
  });
}
