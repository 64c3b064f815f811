import { Failure } from "../failure.ts";
import type { Reader, World } from "../world.ts";
import { codecName } from "./codecs.ts";
import { type ContainerKey, containers } from "./containers.ts";
import { type FfmpegInput, hasFfmpeg, measureByDecoding, needsFfmpeg } from "./ffmpeg.ts";
import { nameOf } from "./source.ts";
import { ReaderTokenizer } from "./tokenizer.ts";
import { walkAdts } from "./walk/adts.ts";
import { walkAiff } from "./walk/aiff.ts";
import { walkFlac } from "./walk/flac.ts";
import { walkMpeg } from "./walk/mpeg.ts";
import { walkOgg } from "./walk/ogg.ts";
import { walkRiff } from "./walk/riff.ts";
import { unknownWalk, type Walk, type Walker } from "./walk/walk.ts";

/** How long mediabunny may compute: a healthy file of 80 MB and ten hours takes it half a second. */
function packetsLimitMs(sizeBytes: number): number {
  return Math.min(1_500 + sizeBytes / 20_000, 20_000);
}

const walkers: Partial<Record<ContainerKey, Walker>> = {
  wav: walkRiff,
  rf64: walkRiff,
  aiff: walkAiff,
  mp3: walkMpeg,
  adts: walkAdts,
  ogg: walkOgg,
  flac: walkFlac,
};

interface Measurable {
  readonly key: ContainerKey;
  readonly reader: Reader;
  /** What the user called it. */
  readonly path: string;
  /** Where its bytes are. */
  readonly file: string;
  /** Which audio track, from 0. */
  readonly track: number;
  readonly onAdvance?: ((share: number) => void) | undefined;
}

type MeasureWorld = Pick<World, "runJob" | "programs" | "files" | "signal">;

/**
 * Measures a file's audio: by its own walker where there is one; else by its packets' times, and where
 * those cannot be read, by what its header states; what only ffmpeg reads, by decoding it.
 * Errors: Failure `input` for a file too damaged for all of them, or that takes ffmpeg where there is none;
 * `usage` for a track that is not there.
 */
export async function measure(world: MeasureWorld, measurable: Measurable): Promise<Walk> {
  const { key, reader, path, track, onAdvance } = measurable;
  if (containers[key].reading === "none") return measureDecoded(world, measurable);
  const walker = walkers[key];
  if (walker !== undefined && track > 0) throw noTrack(measurable, 1);
  if (walker !== undefined) {
    const advance = (position: number) => {
      world.signal.throwIfAborted();
      onAdvance?.(position / reader.sizeBytes);
    };
    const walk = await walker(reader, { onAdvance: advance });
    if (walk.codec === null) throw damaged(path, `it begins as ${containers[key].name}, but holds no audio`);
    return walk;
  }
  return measurePackets(world, measurable);
}

/** Measures what gaudio cannot read itself. */
async function measureDecoded(world: MeasureWorld, { key, path, file, track }: Measurable): Promise<Walk> {
  const { name } = containers[key];
  if (!(await hasFfmpeg(world))) throw needsFfmpeg(nameOf(path), name);
  const walk = await decoded(world, { key, file, track }, path);
  const what = track === 0 ? "nothing of it" : `no audio track ${track + 1} of it`;
  if (walk === null) throw damaged(path, `it begins as ${name}, but ${what} can be decoded`);
  return walk;
}

async function decoded(world: MeasureWorld, input: FfmpegInput, path: string): Promise<Walk | null> {
  return measureByDecoding(world, input).catch((thrown: unknown) => {
    world.signal.throwIfAborted();
    throw damaged(path, `ffmpeg: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
}

/** Measures by the times of packets, and where those cannot be read, by what the header states. */
async function measurePackets(world: MeasureWorld, measurable: Measurable): Promise<Walk> {
  const { reader, path, file, key, track } = measurable;
  const limits = { timeoutMs: packetsLimitMs(reader.sizeBytes), signal: world.signal };
  try {
    const outcome = await world.runJob({ kind: "measure-packets", path: file, track }, limits);
    const walk = outcome.kind === "measured" ? outcome.walk : unknownWalk;
    if (track > 0 && walk.codec === null && walk.tracks <= track) throw noTrack(measurable, walk.tracks);
    const isTold = walk.duration !== null || walk.flaws.length > 0;
    if (isTold && walk.codec !== null) return walk;
    // mediabunny measures codecs that it has no name for, ALAC among them.
    if (isTold) return { ...walk, codec: (await readHeader(reader)).codec };
  } catch (thrown) {
    world.signal.throwIfAborted();
    if (thrown instanceof Failure) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const walk = await readHeader(reader).catch(() => unknownWalk);
    if (walk.codec !== null) return { ...walk, flaws: [{ kind: "unmeasured", reason }] };
    throw damaged(path, reason);
  }
  const walk = (await hasFfmpeg(world)) ? await decoded(world, { key, file, track }, path) : null;
  if (walk !== null) return walk;
  throw damaged(path, "no audio in it that gaudio can read");
}

/** What music-metadata reads from a file's header, without reading on. */
async function readHeader(reader: Reader): Promise<Walk> {
  const { parseFromTokenizer } = await import("music-metadata");
  const tokenizer = new ReaderTokenizer(reader);
  try {
    const { format } = await parseFromTokenizer(tokenizer, { skipCovers: true });
    const duration = positive(format.duration);
    return {
      ...unknownWalk,
      codec: codecName(format.codec),
      channels: positive(format.numberOfChannels),
      sampleRate: positive(format.sampleRate),
      duration,
      durationFrom: duration === null ? "unknown" : "header",
    };
  } finally {
    await tokenizer.close();
  }
}

/** An undefined, zero, negative or NaN figure means that it is not known. */
function positive(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

function noTrack({ path }: Measurable, tracks: number): Failure {
  const name = nameOf(path);
  const found = tracks === 1 ? "one audio track" : `${tracks} audio tracks`;
  return new Failure("usage", `${name}: it has ${found} to choose from`, {
    hint: tracks === 1 ? "leave --track out" : `--track takes 1 to ${tracks}`,
    file: name,
  });
}

function damaged(path: string, reason: string): Failure {
  const name = nameOf(path);
  return new Failure("input", `${name}: damaged or cut short: ${reason}`, {
    hint: "play it to see what is there; `ffmpeg -i IN out.flac` rescues what can be read",
    file: name,
  });
}
