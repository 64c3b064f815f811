import type { Writer } from "../world.ts";

/** A Writer in the shape that mediabunny writes to. */
export function writableTo(writer: Writer): WritableStream<{ position: number; data: Uint8Array }> {
  return new WritableStream({ write: ({ position, data }) => writer.write(position, data) });
}
