import type { Reader } from "../../world.ts";
import { ByteWindow } from "./byte-window.ts";
import { type FlacStream, isWholeFrame, readFlacFrame, readFlacStream } from "./flac-frame.ts";
import { skipBackTags, skipFrontTags } from "./tags.ts";
import { type Flaw, type Follower, type Frame, unknownWalk, type Walk } from "./walk.ts";

/** A marker, the header of the STREAMINFO block, and the block. */
const streamBytes = 42;

/** A frame's header is at most 16 bytes. */
const lookahead = 64;

/** The longest frames that encoders make are some 100 kB; more than this behind a header is no frame. */
const longestFrameBytes = 1 << 20;

/** Frames that follow on each other, in samples of their stream. */
interface Run {
  readonly first: number;
  end: number;
}

/** A frame that may be none: chance looks like one, unless the next one follows it. */
interface Stray extends Run {
  readonly position: number;
}

/** What was counted so far. */
interface Count {
  stream: FlacStream | null;
  run: Run | null;
  /** A frame that does not follow. */
  stray: Stray | null;
  /** Where the last frame that counts begins. */
  lastFrame: number;
  seconds: number;
  hasGap: boolean;
  /** Told of each frame that counts: where it begins, and when it sounds. */
  readonly onFrame: (position: number, sound: Pick<Frame, "time" | "duration">) => void;
}

/**
 * Counts the frames of a FLAC file. Each frame tells which samples it holds, so that runs of frames are
 * added up, wherever they begin; a jump between them is a gap, unless another stream begins there.
 * What streams say of their own length is not believed.
 */
export async function walkFlac(reader: Reader, { onFrame, onAdvance }: Follower): Promise<Walk> {
  const window = new ByteWindow(reader, onAdvance);
  const end = await skipBackTags(reader);
  const frames = framesUntilNext(onFrame ?? (() => {}));
  const count: Count = {
    stream: null,
    run: null,
    stray: null,
    lastFrame: -1,
    seconds: 0,
    hasGap: false,
    onFrame: frames.add,
  };
  let first: FlacStream | null = null;
  for (let position = await skipFrontTags(reader); position < end; ) {
    await window.move(position);
    const { bytes } = window;
    const isLast = window.safeUntil(0) === Number.POSITIVE_INFINITY;
    const limit = isLast ? bytes.length : bytes.length - lookahead;
    if (limit <= 0) break;
    for (const at of marksIn(bytes, Math.min(limit, end - window.start))) {
      if (bytes[at] === 0xff) countFrame(count, bytes, { at, position: window.start + at });
      else if (beginStream(count, bytes.subarray(at, at + streamBytes))) {
        first ??= count.stream;
        frames.end(window.start + at);
      }
    }
    position = isLast ? end : window.start + limit;
  }
  closeRun(count);
  frames.end(end);
  if (first === null) return unknownWalk;
  const isCut = await dropCutFrame(reader, count, end);
  const flaws: Flaw[] = isCut ? [{ kind: "truncated" }] : [];
  if (count.hasGap) flaws.push({ kind: "gap" });
  return {
    ...unknownWalk,
    codec: "flac",
    channels: first.channels,
    sampleRate: first.sampleRate,
    duration: count.seconds > 0 ? count.seconds : null,
    durationFrom: count.seconds > 0 ? "scan" : "unknown",
    stated: first.statedSamples === null ? null : first.statedSamples / first.sampleRate,
    flaws,
  };
}

/** A frame ends where the next one begins, or another stream: each is told of when that is known. */
function framesUntilNext(onFrame: (frame: Frame) => void) {
  let offset = -1;
  let last = { time: 0, duration: 0 };
  const end = (position: number) => {
    const { time, duration } = last;
    if (offset >= 0) onFrame({ offset, length: position - offset, time, duration });
    offset = -1;
  };
  const add: Count["onFrame"] = (position, sound) => {
    end(position);
    offset = position;
    last = sound;
  };
  return { add, end };
}

/** Where frames and streams may begin, in order. The search for a byte is the machine's own, and fast. */
function* marksIn(window: Uint8Array, limit: number): Generator<number> {
  const bytes = Buffer.from(window.buffer, window.byteOffset, window.byteLength);
  const streamFrom = (from: number) => {
    const found = bytes.indexOf("fLaC", from, "latin1");
    return found < 0 ? limit : found;
  };
  let stream = streamFrom(0);
  for (let at = bytes.indexOf(0xff); at >= 0 && at < limit; at = bytes.indexOf(0xff, at + 1)) {
    for (; stream < at; stream = streamFrom(stream + 4)) yield stream;
    if (((bytes[at + 1] ?? 0) & 0xfe) === 0xf8) yield at;
  }
  for (; stream < limit; stream = streamFrom(stream + 4)) yield stream;
}

function beginStream(count: Count, bytes: Uint8Array): boolean {
  const stream = readFlacStream(bytes);
  if (stream === null) return false;
  closeRun(count);
  count.stream = stream;
  return true;
}

function countFrame(
  count: Count,
  bytes: Uint8Array,
  { at, position }: { readonly at: number; readonly position: number },
): void {
  const frame = count.stream === null ? null : readFlacFrame(bytes, at, count.stream);
  if (frame === null) return;
  const { firstSample } = frame;
  const end = firstSample + frame.samples;
  if (count.run?.end === firstSample) {
    count.run.end = end;
  } else if (count.stray?.end === firstSample) {
    count.hasGap ||= count.run !== null;
    const stray = count.stray;
    closeRun(count);
    count.run = { first: stray.first, end };
    tell(count, { ...stray, end: firstSample });
  } else if (count.run === null && firstSample === 0) {
    count.run = { first: 0, end };
  } else {
    count.stray = { first: firstSample, end, position };
    return;
  }
  count.stray = null;
  count.lastFrame = position;
  tell(count, { first: firstSample, end, position });
}

function tell({ run, stream, seconds, onFrame }: Count, { first, end, position }: Stray): void {
  if (run === null || stream === null) return;
  const { sampleRate } = stream;
  const time = seconds + (first - run.first) / sampleRate;
  onFrame(position, { time, duration: (end - first) / sampleRate });
}

function closeRun(count: Count): void {
  const { run, stream } = count;
  if (run !== null && stream !== null) count.seconds += (run.end - run.first) / stream.sampleRate;
  count.run = null;
  count.stray = null;
}

/** Whether the last frame is cut; its samples, which no decoder plays, are taken off again. */
async function dropCutFrame(reader: Reader, count: Count, end: number): Promise<boolean> {
  const { stream, lastFrame } = count;
  if (stream === null || lastFrame < 0) return true;
  const bytes = await reader.read(lastFrame, Math.min(end - lastFrame, longestFrameBytes));
  const frame = readFlacFrame(bytes, 0, stream);
  if (frame === null || isWholeFrame(bytes)) return false;
  if (frame.firstSample + frame.samples === stream.statedSamples) return false;
  count.seconds -= frame.samples / stream.sampleRate;
  return true;
}
