import { dirname } from "node:path";
import type { FileStatus, Files, Reader, Writer } from "../../src/world.ts";

/** A file in memory: its bytes, or of a huge one its first bytes and its size, zeros from there on. */
type MemoryFile = Uint8Array | { readonly head: Uint8Array; readonly sizeBytes: number };

/** What a path names: a file, or something that is none. */
export type MemoryEntry = MemoryFile | "directory" | "special" | "unreadable";

/** A file system made of memory. Relative paths lie in a folder that takes files. */
export class MemoryFiles implements Files {
  readonly entries: Map<string, MemoryEntry>;
  /** What was written to files that are no regular files. */
  readonly appended: string[] = [];
  /** Folders in which no file can be made. */
  readonly readOnly = new Set<string>();
  /** When each file was last written to, in milliseconds since the epoch. */
  readonly modifiedMs = new Map<string, number>();
  private readonly now: () => number;
  private temporary = 0;

  /** What there is at the beginning was written just then. */
  constructor(entries: Readonly<Record<string, MemoryEntry>>, now: () => number = Date.now) {
    this.entries = new Map(Object.entries(entries));
    this.now = now;
    for (const path of this.entries.keys()) this.modifiedMs.set(path, now());
  }

  async status(path: string): Promise<FileStatus | null> {
    const entry = this.entries.get(path);
    if (entry === undefined) return null;
    const facts = { modifiedMs: this.modifiedMs.get(path) ?? 0, identity: path };
    if (entry === "unreadable") return { kind: "file", sizeBytes: 1, ...facts };
    if (typeof entry === "string") return { kind: entry, sizeBytes: 0, ...facts };
    return { kind: "file", sizeBytes: sizeOf(entry), ...facts };
  }

  async resolve(path: string): Promise<string> {
    return path;
  }

  async open(path: string): Promise<Reader> {
    const entry = this.entries.get(path);
    if (entry === undefined) throw systemError("ENOENT");
    if (typeof entry === "string") throw systemError("EACCES");
    return memoryReader(entry);
  }

  async create(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    if (this.entries.has(path)) throw systemError("EEXIST");
    if (this.readOnly.has(dirname(path))) throw systemError("EROFS");
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    this.entries.set(path, Buffer.concat(chunks));
    this.modifiedMs.set(path, this.now());
  }

  async openNew(path: string): Promise<Writer> {
    if (this.entries.has(path)) throw systemError("EEXIST");
    let content = Buffer.alloc(0);
    this.entries.set(path, content);
    return {
      write: async (position, bytes) => {
        const longer = Buffer.alloc(Math.max(content.length, position + bytes.length));
        longer.set(content);
        longer.set(bytes, position);
        content = longer;
        this.entries.set(path, content);
      },
      close: async () => {},
    };
  }

  async append(_path: string, content: string): Promise<void> {
    this.appended.push(content);
  }

  async replace(from: string, to: string): Promise<void> {
    const entry = this.entries.get(from);
    if (entry === undefined) throw systemError("ENOENT");
    this.entries.delete(from);
    this.entries.set(to, entry);
    this.modifiedMs.set(to, this.modifiedMs.get(from) ?? 0);
  }

  async link(from: string, to: string): Promise<void> {
    if (this.entries.has(to)) throw systemError("EEXIST");
    await this.replace(from, to);
  }

  async remove(path: string): Promise<void> {
    if (this.entries.has(path) && this.readOnly.has(dirname(path))) throw systemError("EROFS");
    this.entries.delete(path);
  }

  async makeDirectory(path: string): Promise<void> {
    if (this.readOnly.has(path)) throw systemError("EROFS");
  }

  async removeEmptyDirectory(path: string): Promise<void> {
    if (this.entries.get(path) === "directory" && (await this.list(path)).length === 0) {
      this.entries.delete(path);
    }
  }

  async list(path: string): Promise<readonly string[]> {
    const inside = [...this.entries.keys()].filter((name) => name.startsWith(`${path}/`));
    return [...new Set(inside.map((name) => name.slice(path.length + 1).replace(/\/.*/, "")))];
  }

  async makeTemporaryDirectory(): Promise<string> {
    this.temporary += 1;
    return `/temporary-${this.temporary}`;
  }

  async removeDirectory(path: string): Promise<void> {
    for (const entry of this.entries.keys()) if (entry.startsWith(`${path}/`)) this.entries.delete(entry);
  }

  /** A file's content as text; null when it is not there. */
  text(path: string): string | null {
    const entry = this.entries.get(path);
    return entry instanceof Uint8Array ? Buffer.from(entry).toString("utf8") : null;
  }
}

/** A file in memory, open for reading. */
export function memoryReader(file: MemoryFile): Reader {
  return {
    sizeBytes: sizeOf(file),
    read: async (position, length) => readFrom(file, position, length),
    readInto: async (target, position) => {
      const bytes = readFrom(file, position, target.length);
      target.set(bytes);
      return bytes.length;
    },
    close: async () => {},
  };
}

/** An error as the system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function sizeOf(file: MemoryFile): number {
  return file instanceof Uint8Array ? file.length : file.sizeBytes;
}

function readFrom(file: MemoryFile, position: number, length: number): Uint8Array {
  if (file instanceof Uint8Array) return file.subarray(position, position + length);
  const bytes = new Uint8Array(Math.max(0, Math.min(length, file.sizeBytes - position)));
  bytes.set(file.head.subarray(position, position + length));
  return bytes;
}
