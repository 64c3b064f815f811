import type { Reader } from "../../world.ts";
import { ByteWindow } from "./byte-window.ts";
import {
  type FlacFrame,
  type FlacStream,
  isWholeFrame,
  readFlacFrame,
  readFlacStream,
} from "./flac-frame.ts";
import { skipBackTags, skipFrontTags } from "./tags.ts";
import { type Flaw, type Follower, unknownWalk, type Walk } from "./walk.ts";

/** A marker, and the header of the STREAMINFO block that has to follow. */
const markerBytes = 8;

/** How much of a stream's end is looked at for its last frames; the longest frames are some 100 kB. */
const tailBytes = 1 << 18;

/** One stream of a file, in bytes from the file's start. */
interface Span {
  readonly info: FlacStream;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/**
 * Measures a FLAC file by the last frame of each stream in it: frames tell which samples they hold.
 * The file is read once, for streams that were appended; their own headers are not believed.
 */
export async function walkFlac(reader: Reader, follower: Follower): Promise<Walk> {
  const spans = await findStreams(reader, follower);
  const [first] = spans;
  if (first === undefined) return unknownWalk;
  let duration = 0;
  let isCut = false;
  for (const span of spans) {
    const measured = await measureStream(reader, span);
    duration += measured.samples / span.info.sampleRate;
    isCut ||= measured.isCut;
  }
  const { channels, sampleRate, statedSamples } = first.info;
  const flaws: Flaw[] = isCut ? [{ kind: "truncated" }] : [];
  return {
    ...unknownWalk,
    codec: "flac",
    channels,
    sampleRate,
    duration: duration > 0 ? duration : null,
    durationFrom: duration > 0 ? "scan" : "unknown",
    stated: statedSamples === null ? null : statedSamples / sampleRate,
    flaws,
  };
}

async function findStreams(reader: Reader, { onAdvance }: Follower): Promise<Span[]> {
  const window = new ByteWindow(reader, onAdvance);
  const end = await skipBackTags(reader);
  const starts: { readonly info: FlacStream; readonly start: number }[] = [];
  for (let position = await skipFrontTags(reader); position + markerBytes <= end; ) {
    await window.move(position);
    const bytes = Buffer.from(window.bytes.buffer, window.bytes.byteOffset, window.bytes.byteLength);
    for (let at = bytes.indexOf("fLaC"); at >= 0; at = bytes.indexOf("fLaC", at + 4)) {
      const start = position + at;
      const info = readFlacStream(await reader.read(start, markerBytes + 34));
      if (info !== null && start > (starts.at(-1)?.start ?? -1)) starts.push({ info, start });
    }
    if (window.end >= end || bytes.length <= markerBytes) break;
    position = window.end - markerBytes;
  }
  return starts.map((stream, index) => ({ ...stream, end: starts[index + 1]?.start ?? end }));
}

/** How many samples a stream holds, by its last frame that is whole. */
async function measureStream(reader: Reader, { info, start, end }: Span) {
  const from = Math.max(start + markerBytes + 34, end - tailBytes);
  const tail = await reader.read(from, end - from);
  const frames = framesIn(tail, info);
  const last = frames.findLast((frame, index) => isFollowing(frames.slice(0, index), frame));
  if (last === undefined) return { samples: 0, isCut: true };
  const whole = last.firstSample + last.samples;
  if (whole === info.statedSamples || isWholeFrame(tail.subarray(last.at)))
    return { samples: whole, isCut: false };
  return { samples: last.firstSample, isCut: true };
}

/** Frames by what looks like their headers; chance may have added some. */
function framesIn(tail: Uint8Array, info: FlacStream): FlacFrame[] {
  const frames: FlacFrame[] = [];
  for (let at = tail.indexOf(0xff); at >= 0; at = tail.indexOf(0xff, at + 1)) {
    const frame = readFlacFrame(tail, at, info);
    if (frame !== null) frames.push(frame);
  }
  return frames;
}

/** Whether a frame begins where one before it ends: chance does not do that. The first needs none before. */
function isFollowing(before: readonly FlacFrame[], frame: FlacFrame): boolean {
  if (frame.firstSample === 0) return true;
  return before.some(({ firstSample, samples }) => firstSample + samples === frame.firstSample);
}
