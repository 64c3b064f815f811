import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noSuchFile } from "./refusal.ts";

/** How long files live, and sessions of uploads [doc: 48 hours]. */
export const lifetimeMs = 48 * 3_600_000;

/** What was uploaded. */
export interface UploadedFile {
  readonly name: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly path: string;
  /** SHA-256, in hex. */
  readonly digest: string;
}

/** A file that was uploaded whole, as it is now. */
export interface StoredFile extends UploadedFile {
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly state: "PROCESSING" | "ACTIVE" | "FAILED";
}

interface Kept extends Omit<StoredFile, "state"> {
  readonly readyMs: number;
  /** What becomes of it when it is ready. */
  readonly outcome: "ACTIVE" | "FAILED";
}

export interface FileStoreOptions {
  readonly now: () => number;
  /** How long a file is PROCESSING. */
  readonly processingMs: number;
}

/** The Files API: what was uploaded, on the disk until the emulator ends. */
export class FileStore {
  /** Where uploads are written. */
  readonly directory = mkdtempSync(join(tmpdir(), "gaudio-emulator-"));
  readonly now: () => number;
  private readonly processingMs: number;
  private readonly files = new Map<string, Kept>();

  constructor({ now, processingMs }: FileStoreOptions) {
    this.now = now;
    this.processingMs = processingMs;
  }

  /** Takes a file in. It is PROCESSING for some time: `processingMs`, if it is not to be as for all. */
  add(uploaded: UploadedFile, processingMs: number = this.processingMs): StoredFile {
    const createdMs = this.now();
    const readyMs = createdMs + processingMs;
    const expiresMs = createdMs + lifetimeMs;
    this.files.set(uploaded.name, { ...uploaded, createdMs, readyMs, expiresMs, outcome: "ACTIVE" });
    return this.get(uploaded.name);
  }

  /** Whether a name is in use, or was. */
  has(name: string): boolean {
    return this.files.has(name);
  }

  /** Errors: Refusal 403 for one that is not there, or was there more than 48 hours ago. */
  get(name: string): StoredFile {
    const { readyMs, outcome, ...file } = this.find(name);
    return { ...file, state: this.now() < readyMs ? "PROCESSING" : outcome };
  }

  list(): StoredFile[] {
    const names = [...this.files.values()].filter((file) => !this.isExpired(file)).map(({ name }) => name);
    return names.map((name) => this.get(name));
  }

  /** A file is PROCESSING, from now on for some time. Errors: as for `get`. */
  hold(name: string, ms: number): void {
    this.files.set(name, { ...this.find(name), readyMs: this.now() + ms });
  }

  /** A file turns out FAILED. Errors: as for `get`. */
  fail(name: string): void {
    this.files.set(name, { ...this.find(name), outcome: "FAILED" });
  }

  /** A file's time is over. Errors: as for `get`. */
  expire(name: string): void {
    this.files.set(name, { ...this.find(name), expiresMs: this.now() });
  }

  /** Errors: as for `get`. */
  delete(name: string): void {
    rmSync(this.find(name).path);
    this.files.delete(name);
  }

  /** Drops everything. */
  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private find(name: string): Kept {
    const file = this.files.get(name);
    if (file === undefined || this.isExpired(file)) throw noSuchFile(name);
    return file;
  }

  private isExpired({ expiresMs }: Kept): boolean {
    return this.now() >= expiresMs;
  }
}

/** A file as the service describes it. */
export function describeFile(file: StoredFile, origin: string): object {
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    name: file.name,
    ...(file.displayName === null ? {} : { displayName: file.displayName }),
    mimeType: file.mimeType,
    sizeBytes: String(file.sizeBytes),
    createTime: time(file.createdMs),
    updateTime: time(file.createdMs),
    expirationTime: time(file.expiresMs),
    // Of the hex text, not of the bytes [report: github.com/googleapis/js-genai/issues/381].
    sha256Hash: Buffer.from(file.digest, "latin1").toString("base64"),
    uri: `${origin}/v1beta/${file.name}`,
    state: file.state,
    source: "UPLOADED",
    ...(file.state === "FAILED" ? { error: { code: 13, message: "The file could not be processed." } } : {}),
  };
}
