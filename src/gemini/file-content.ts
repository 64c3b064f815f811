import { createHash, type Hash } from "node:crypto";
import { Failure } from "../failure.ts";
import type { Reader } from "../world.ts";

/** How much is read at once. */
const blockBytes = 1 << 20;

/** One that is being sent, one that waits for that, one that is being read, and one to spare. */
const blocksInTurn = 4;

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

/** The SHA-256 of a file, in hex. */
export function digestOfFile(reader: Reader): Promise<string> {
  return digestOf(new Digester(), reader);
}

/** The whole digest: what was sent and never answered may not have been read to its end. */
export async function digestOf(digester: Digester, reader: Reader): Promise<string> {
  while (digester.position < reader.sizeBytes) {
    const { position } = digester;
    const bytes = await reader.read(position, blockBytes);
    if (bytes.length === 0) throw gotShorter();
    digester.add(position, bytes);
  }
  return digester.digest();
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

function gotShorter(): Failure {
  return new Failure("input", "the recording got shorter while it was being read", {
    hint: "wait until it is written whole, then run the command again",
  });
}
