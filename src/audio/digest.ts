import { createHash, type Hash } from "node:crypto";
import { Failure, systemCode, systemReason } from "../failure.ts";
import type { Reader, World } from "../world.ts";
import { openFile } from "./open.ts";

/** How much is read at once. */
const blockBytes = 1 << 20;

/** The SHA-256 of a file that is read from its start, parts of it perhaps more than once. */
export class Digester {
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

/**
 * The SHA-256 of a recording's bytes, in hex. `name` is what messages call it.
 * Errors: Failure `input` when it cannot be read, or gets shorter meanwhile; the signal's reason.
 */
export async function digestOfRecording(
  { files, signal }: Pick<World, "files" | "signal">,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<string> {
  const reader = await openFile(files, path, name);
  try {
    return await digestOf(new Digester(), reader, signal);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown.about(name);
    if (systemCode(thrown) === null) throw thrown;
    throw new Failure("input", `${name}: cannot be read: ${systemReason(thrown)}`, {
      hint: "copy it to another disk, then run the command again on the copy",
      file: name,
      cause: thrown,
    });
  } finally {
    await reader.close();
  }
}

/**
 * The digest of a whole file, of which a part was counted already. No more than one block of it is in memory.
 * Errors: Failure `input` when it got shorter; the signal's reason.
 */
export async function digestOf(digester: Digester, reader: Reader, signal: AbortSignal): Promise<string> {
  const block = new Uint8Array(Math.min(blockBytes, reader.sizeBytes - digester.position));
  while (digester.position < reader.sizeBytes) {
    signal.throwIfAborted();
    const { position } = digester;
    const target = block.subarray(0, reader.sizeBytes - position);
    const filled = await reader.readInto(target, position);
    if (filled === 0) throw gotShorter();
    digester.add(position, target.subarray(0, filled));
  }
  return digester.digest();
}

/** Told of a recording of which less can be read than there was. */
export function gotShorter(): Failure {
  return new Failure("input", "the recording got shorter while it was being read", {
    hint: "wait until it is written whole, then run the command again",
  });
}
