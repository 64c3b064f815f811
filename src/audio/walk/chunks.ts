import type { Reader } from "../../world.ts";

/** A chunk of a RIFF or AIFF file: four letters, a size, and a body. */
export interface Chunk {
  readonly id: string;
  /** What its header says of its body. */
  readonly statedBytes: number;
  /** Where its body begins. */
  readonly start: number;
  /** How much of its body the file holds. */
  readonly bytes: number;
}

/** A file has some ten chunks; one with this many is damaged or made to keep us busy. */
const mostChunks = 10_000;

/**
 * The chunks of a file from a place on, in order. Bodies are not read: of a gigabyte, some headers.
 * A body is padded to an even size; one that is larger than the file ends with it.
 */
export async function* chunksOf(
  reader: Reader,
  { from, littleEndian }: { readonly from: number; readonly littleEndian: boolean },
): AsyncGenerator<Chunk> {
  let position = from;
  for (let count = 0; count < mostChunks && position + 8 <= reader.sizeBytes; count += 1) {
    const header = await reader.read(position, 8);
    if (header.length < 8) return;
    const view = new DataView(header.buffer, header.byteOffset, 8);
    const statedBytes = view.getUint32(4, littleEndian);
    const start = position + 8;
    const bytes = Math.min(statedBytes, reader.sizeBytes - start);
    yield { id: Buffer.from(header.subarray(0, 4)).toString("latin1"), statedBytes, start, bytes };
    position = start + statedBytes + (statedBytes % 2);
  }
}

/** Whether another file begins among the chunks from a place on: files that were joined are so. */
export async function hasFileBehind(
  reader: Reader,
  place: { readonly from: number; readonly littleEndian: boolean },
): Promise<boolean> {
  for await (const { id } of chunksOf(reader, place)) {
    if (["RIFF", "RF64", "FORM"].includes(id)) return true;
  }
  return false;
}
