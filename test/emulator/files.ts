import { createHash, type Hash, randomUUID } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { invalid, noSuchFile, Refusal } from "./refusal.ts";

const lifetimeMs = 48 * 3_600_000;
const largestBytes = 2_000_000_000;
const granularity = 8 * 1024 * 1024;

/** A file that was uploaded whole. */
export interface StoredFile {
  readonly name: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly path: string;
  /** SHA-256, in hex. */
  readonly digest: string;
  readonly createdMs: number;
  readonly state: "PROCESSING" | "ACTIVE" | "FAILED";
}

interface Session {
  readonly name: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly length: number;
  readonly path: string;
  readonly hash: Hash;
  readonly descriptor: number;
  received: number;
}

/** What a command to an upload came to. */
export interface Taken {
  readonly status: "active" | "final" | "cancelled";
  readonly file: StoredFile | null;
  /** How many bytes have arrived. */
  readonly received: number;
}

export interface FileStoreOptions {
  readonly now: () => number;
  /** How long a file is PROCESSING. */
  readonly processingMs: number;
  /** What becomes of it then. */
  readonly outcome: () => "ACTIVE" | "FAILED";
}

const startSchema = z.strictObject({
  file: z
    .strictObject({
      name: z.string().optional(),
      displayName: z.string().max(512).optional(),
      mimeType: z.string().optional(),
    })
    .optional(),
});

/** The Files API: resumable uploads, and what came of them, on the disk until the emulator ends. */
export class FileStore {
  private readonly directory = mkdtempSync(join(tmpdir(), "gaudio-emulator-"));
  private readonly sessions = new Map<string, Session>();
  private readonly files = new Map<string, StoredFile>();
  private readonly options: FileStoreOptions;

  constructor(options: FileStoreOptions) {
    this.options = options;
  }

  /** Begins an upload and names its session. */
  start(headers: Headers, body: string): { readonly session: string; readonly granularity: number } {
    if (headers.get("x-goog-upload-protocol") !== "resumable")
      throw invalid("Only the resumable protocol is emulated.");
    if (headers.get("x-goog-upload-command") !== "start")
      throw invalid("X-Goog-Upload-Command must be start.");
    const length = Number(headers.get("x-goog-upload-header-content-length") ?? Number.NaN);
    if (!Number.isInteger(length) || length <= 0)
      throw invalid("The content length must be a positive number.");
    if (length > largestBytes) throw invalid(`Files must not exceed ${largestBytes} bytes.`);
    const parsed = startSchema.safeParse(parseJson(body === "" ? "{}" : body));
    if (!parsed.success) throw invalid(`Invalid JSON payload received. ${parsed.error.message}`);
    const { name, displayName, mimeType } = parsed.data.file ?? {};
    const chosen = name ?? `files/${randomUUID().replaceAll("-", "").slice(0, 12)}`;
    if (!/^files\/(?=.{1,40}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(chosen)) {
      throw invalid("File names are 40 lower-case letters, digits and dashes, no dash at either end.");
    }
    const isBusy = [...this.sessions.values()].some(({ name: other }) => other === chosen);
    if (isBusy || this.files.has(chosen))
      throw new Refusal(409, "ALREADY_EXISTS", `Resource ${chosen} already exists.`);
    const session = randomUUID();
    const path = join(this.directory, session);
    this.sessions.set(session, {
      name: chosen,
      displayName: displayName ?? null,
      mimeType: mimeType ?? headers.get("x-goog-upload-header-content-type") ?? "application/octet-stream",
      length,
      path,
      hash: createHash("sha256"),
      descriptor: openSync(path, "w"),
      received: 0,
    });
    return { session, granularity };
  }

  /** Takes one command of an upload. The file when it is final, else null; and how much has arrived. */
  take(id: string, headers: Headers, body: Buffer): Taken {
    const session = this.sessions.get(id);
    if (session === undefined) throw new Refusal(404, "NOT_FOUND", "The upload is not known or has ended.");
    const commands = (headers.get("x-goog-upload-command") ?? "").split(/\s*,\s*/);
    if (commands.some((command) => !["upload", "finalize", "query", "cancel"].includes(command))) {
      throw invalid("X-Goog-Upload-Command is not known.");
    }
    if (commands.includes("cancel")) {
      this.close(id, session);
      return { status: "cancelled", file: null, received: session.received };
    }
    const isFinal = commands.includes("finalize");
    if (commands.includes("upload")) append(session, headers, { body, isFinal });
    if (!isFinal) return { status: "active", file: null, received: session.received };
    if (session.received !== session.length) {
      throw invalid(`The upload was to be ${session.length} bytes; ${session.received} arrived.`);
    }
    this.close(id, session);
    return { status: "final", file: this.store(session), received: session.received };
  }

  /** Errors: Refusal 403 for one that is not there, or was there more than 48 hours ago. */
  get(name: string): StoredFile {
    const file = this.files.get(name);
    if (file === undefined || this.isExpired(file)) throw noSuchFile(name);
    if (file.state !== "PROCESSING" || this.options.now() < file.createdMs + this.options.processingMs)
      return file;
    const ready = { ...file, state: this.options.outcome() };
    this.files.set(name, ready);
    return ready;
  }

  list(): StoredFile[] {
    return [...this.files.values()].filter((file) => !this.isExpired(file));
  }

  private isExpired({ createdMs }: StoredFile): boolean {
    return this.options.now() > createdMs + lifetimeMs;
  }

  delete(name: string): void {
    rmSync(this.get(name).path);
    this.files.delete(name);
  }

  /** A file as the service describes it. */
  describe(file: StoredFile, origin: string): object {
    const time = (ms: number) => new Date(ms).toISOString();
    return {
      name: file.name,
      ...(file.displayName === null ? {} : { displayName: file.displayName }),
      mimeType: file.mimeType,
      sizeBytes: String(file.sizeBytes),
      createTime: time(file.createdMs),
      updateTime: time(file.createdMs),
      expirationTime: time(file.createdMs + lifetimeMs),
      sha256Hash: Buffer.from(file.digest, "hex").toString("base64"),
      uri: `${origin}/v1beta/${file.name}`,
      state: file.state,
      source: "UPLOADED",
      ...(file.state === "FAILED"
        ? { error: { code: 13, message: "The file could not be processed." } }
        : {}),
    };
  }

  /** Drops everything. */
  close(id?: string, session?: Session): void {
    if (id !== undefined && session !== undefined) {
      closeSync(session.descriptor);
      this.sessions.delete(id);
      return;
    }
    for (const [other, open] of this.sessions) this.close(other, open);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private store({ name, displayName, mimeType, length, path, hash }: Session): StoredFile {
    const file: StoredFile = {
      name,
      displayName,
      mimeType,
      sizeBytes: length,
      path,
      digest: hash.digest("hex"),
      createdMs: this.options.now(),
      state: "PROCESSING",
    };
    this.files.set(name, file);
    return file;
  }
}

function append(
  session: Session,
  headers: Headers,
  { body, isFinal }: { body: Buffer; isFinal: boolean },
): void {
  const offset = Number(headers.get("x-goog-upload-offset") ?? Number.NaN);
  if (offset !== session.received)
    throw invalid(`The offset is ${offset}; ${session.received} bytes have arrived.`);
  if (!isFinal && body.length % granularity !== 0) {
    throw invalid(`All chunks but the last must be multiples of ${granularity} bytes.`);
  }
  if (offset + body.length > session.length) throw invalid("More bytes than were announced.");
  writeSync(session.descriptor, body);
  session.hash.update(body);
  session.received += body.length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("Invalid JSON payload received.");
  }
}
