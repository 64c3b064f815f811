import type { Reader } from "../../world.ts";
import type { Range } from "../piece.ts";
import { walkFlac } from "../walk/flac.ts";
import { type FlacStream, readFlacFrame, readFlacStream, renumberedFrame } from "../walk/flac-frame.ts";
import { skipFrontTags } from "../walk/tags.ts";
import type { Frame } from "../walk/walk.ts";

/** A piece of FLAC: when it begins and ends in the recording, and its bytes. */
export interface FlacPiece {
  readonly start: number;
  readonly end: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** The marker and the STREAMINFO block. */
const streamBytes = 42;

/** How much is written at once. */
const chunkBytes = 1 << 20;

/**
 * Finds the frames of a range and makes a FLAC file of them, their numbers beginning anew: decoders
 * seek by them, and of files that were joined they begin anew in the middle. Null when there are none.
 */
export async function findFlacFrames(reader: Reader, range: Range): Promise<FlacPiece | null> {
  const frames: Frame[] = [];
  await walkFlac(reader, {
    onFrame: (frame) => {
      if (frame.time + frame.duration > range.start && frame.time < range.end) frames.push(frame);
    },
  });
  const head = await reader.read(await skipFrontTags(reader), streamBytes);
  const stream = readFlacStream(head);
  const [first] = frames;
  const last = frames.at(-1);
  if (stream === null || first === undefined || last === undefined) return null;
  return {
    start: first.time,
    end: last.time + last.duration,
    content: chunked(contentOf(reader, { head, stream, frames })),
  };
}

interface Found {
  readonly head: Uint8Array;
  readonly stream: FlacStream;
  readonly frames: readonly Frame[];
}

async function* contentOf(reader: Reader, { head, stream, frames }: Found): AsyncGenerator<Uint8Array> {
  yield renewedHead(head);
  // Blocks of one size are numbered, others tell their first sample.
  const isVariable = frames
    .slice(0, -1)
    .some(({ duration }) => Math.round(duration * stream.sampleRate) !== stream.blockSamples);
  let number = 0;
  for await (const bytes of bytesOf(reader, frames)) {
    const frame = readFlacFrame(bytes, 0, stream);
    // Of another stream that was joined to this one: no FLAC file holds both.
    if (frame === null) throw new Error("it is made of several streams that differ");
    yield renumberedFrame(bytes, frame, { number, isVariable });
    number += isVariable ? frame.samples : 1;
  }
}

/** The frames' bytes; many of them are read at once. */
async function* bytesOf(reader: Reader, frames: readonly Frame[]): AsyncGenerator<Uint8Array> {
  let window: Uint8Array = new Uint8Array(0);
  let start = 0;
  for (const { offset, length } of frames) {
    if (offset < start || offset + length > start + window.length) {
      window = await reader.read(offset, Math.max(length, chunkBytes));
      start = offset;
    }
    yield window.subarray(offset - start, offset - start + length);
  }
}

/** The beginning of a file that is nothing but this one block; its length and its checksum are open. */
function renewedHead(head: Uint8Array): Uint8Array {
  const renewed = Uint8Array.from(head);
  renewed[4] = 0x80;
  renewed[21] = (renewed[21] ?? 0) & 0xf0;
  renewed.fill(0, 22, streamBytes);
  // Frames whose numbers take fewer bytes than they did may be smaller than any before.
  renewed.fill(0, 12, 18);
  return renewed;
}

async function* chunked(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of parts) {
    held.push(part);
    bytes += part.length;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
