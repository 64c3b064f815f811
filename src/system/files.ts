import { constants, rmSync } from "node:fs";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { systemCode } from "../failure.ts";
import type { FileStatus, Files, Reader, Writer } from "../world.ts";

/** What systems answer where hard links cannot be made. */
const withoutHardLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** As many symbolic links as Linux follows. */
const mostLinks = 40;

/** The machine's file system as Files. */
export class SystemFiles implements Files {
  private readonly temporary = new Set<string>();

  async status(path: string): Promise<FileStatus | null> {
    try {
      const stats = await fs.stat(path);
      return {
        kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "special",
        sizeBytes: stats.size,
        modifiedMs: stats.mtimeMs,
        identity: `${stats.dev}:${stats.ino}`,
      };
    } catch (thrown) {
      if (systemCode(thrown) === "ENOENT") return null;
      throw thrown;
    }
  }

  async resolve(path: string): Promise<string> {
    let target = path;
    for (let links = 0; links < mostLinks; links += 1) {
      const next = await fs.readlink(target).catch(() => null);
      if (next === null) return target;
      target = resolve(dirname(target), next);
    }
    return target;
  }

  async open(path: string): Promise<Reader> {
    const handle = await fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat();
      return {
        sizeBytes: size,
        read: async (position, length) => {
          const target = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
          return target.subarray(0, await fill(handle, target, position));
        },
        readInto: (target, position) => fill(handle, target, position),
        close: () => handle.close(),
      };
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  async create(
    path: string,
    content: AsyncIterable<Uint8Array>,
    access: "private" | "shared",
  ): Promise<void> {
    const handle = await fs.open(path, "wx", access === "private" ? 0o600 : 0o666);
    try {
      for await (const chunk of content) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async openNew(path: string): Promise<Writer> {
    const handle = await fs.open(path, "wx", 0o600);
    return {
      write: async (position, bytes) => {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
          done += bytesWritten;
        }
      },
      close: () => handle.close(),
    };
  }

  async append(path: string, content: string): Promise<void> {
    await fs.appendFile(path, content);
  }

  async replace(from: string, to: string): Promise<void> {
    const replaced = await fs.stat(to).catch(() => null);
    if (replaced !== null) await fs.chmod(from, replaced.mode & 0o7777);
    await fs.rename(from, to);
  }

  async link(from: string, to: string): Promise<void> {
    try {
      await fs.link(from, to);
    } catch (thrown) {
      if (!withoutHardLinks.has(systemCode(thrown) ?? "")) throw thrown;
      // exFAT and some network file systems: the name is taken by an empty file first.
      await (await fs.open(to, "wx")).close();
      await fs.rename(from, to);
      return;
    }
    await fs.unlink(from);
  }

  async remove(path: string): Promise<void> {
    await fs.rm(path, { force: true });
  }

  async makeDirectory(path: string): Promise<void> {
    await fs.mkdir(path, { recursive: true, mode: 0o700 });
  }

  async removeEmptyDirectory(path: string): Promise<void> {
    try {
      await fs.rmdir(path);
    } catch (thrown) {
      // POSIX leaves it to the system by which of the last two it says that there is something in it.
      if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(systemCode(thrown) ?? "")) throw thrown;
    }
  }

  async list(path: string): Promise<readonly string[]> {
    try {
      return await fs.readdir(path);
    } catch (thrown) {
      if (systemCode(thrown) === "ENOENT") return [];
      throw thrown;
    }
  }

  async makeTemporaryDirectory(): Promise<string> {
    const path = await fs.mkdtemp(join(tmpdir(), "gaudio-"));
    this.temporary.add(path);
    return path;
  }

  async removeDirectory(path: string): Promise<void> {
    await fs.rm(path, { recursive: true, force: true });
    this.temporary.delete(path);
  }

  /** Removes what the run has left, without waiting: for the end by a signal. */
  removeTemporaryNow(): void {
    for (const path of this.temporary) rmSync(path, { recursive: true, force: true });
    this.temporary.clear();
  }
}

/** Repeats short reads, which network file systems give, until the target is full or the file ends. */
async function fill(handle: fs.FileHandle, target: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
