import type { Reader } from "../../world.ts";
import { isText } from "./tags.ts";

/** A table of contents is some megabytes for ten hours. */
const largestTable = 64 << 20;

const mostBoxes = 100_000;

/**
 * Whether an MP4 file has samples both in its table of contents and in fragments behind it, as a
 * recorder leaves it that changes over: mediabunny reads the table alone, and would be short.
 */
export async function isPartlyFragmented(reader: Reader): Promise<boolean> {
  let table: Uint8Array | null = null;
  let position = 0;
  for (let count = 0; count < mostBoxes && position + 8 <= reader.sizeBytes; count += 1) {
    const head = await reader.read(position, 16);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const short = view.getUint32(0);
    const size = short === 1 && head.length === 16 ? Number(view.getBigUint64(8)) : short;
    if (isText(head, 4, "moof") && table !== null) return hasSamples(table);
    if (isText(head, 4, "moov") && size <= largestTable) table = await reader.read(position, size);
    // A size of 0 reaches to the end of the file; less than a header is damage.
    if (size < 8) return false;
    position += size;
  }
  return false;
}

/** Whether any track's table of sample sizes has an entry. */
function hasSamples(table: Uint8Array): boolean {
  const bytes = Buffer.from(table.buffer, table.byteOffset, table.byteLength);
  for (
    let at = bytes.indexOf("stsz");
    at >= 0 && at + 16 <= bytes.length;
    at = bytes.indexOf("stsz", at + 4)
  ) {
    if (bytes.readUInt32BE(at + 12) > 0) return true;
  }
  return false;
}
