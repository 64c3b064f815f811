import { gotShorter } from "../audio/digest.ts";
import type { Reader } from "../world.ts";

/** How much is read at once. */
const blockBytes = 1 << 20;

/** One that is being sent, one that waits for that, one that is being read, and one to spare. */
const blocksInTurn = 4;

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
