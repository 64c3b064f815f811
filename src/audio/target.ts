import { StreamTarget } from "mediabunny";
import type { Writer } from "../world.ts";

/** How much is written at once: a packet at a time would take longer than all else. */
const chunkSize = 1 << 20;

/** A Writer in the shape that mediabunny writes to. */
export function targetOn(writer: Writer): StreamTarget {
  const stream = new WritableStream<{ readonly position: number; readonly data: Uint8Array }>({
    write: ({ position, data }) => writer.write(position, data),
  });
  return new StreamTarget(stream, { chunked: true, chunkSize });
}
