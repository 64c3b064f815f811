import { Failure, systemCode } from "../../failure.ts";
import type { Reader, World } from "../../world.ts";
import type { Audio } from "../audio.ts";
import { containers } from "../containers.ts";
import { openFile } from "../open.ts";
import { type Piece, pieceName, type Range } from "../piece.ts";
import { nameOf } from "../source.ts";
import { walkAdts } from "../walk/adts.ts";
import { walkMpeg } from "../walk/mpeg.ts";
import { findFlacFrames } from "./flac.ts";
import { type FoundPiece, findFrames, type Span } from "./frames.ts";
import { findAiffSamples, findWavSamples, type SamplesPiece, sizeOf } from "./samples.ts";

/** An MP3 frame keeps some of its bits in up to nine before it; three settle what can be heard [measured]. */
const mpegLead = 3;
const adtsLead = 1;

/** How much earlier than wanted a piece may end, in seconds: the last packets of a file may be short. */
const tolerance = 1;

/** How much of a file is copied at once. */
const copyBytes = 1 << 20;

export interface Cutting {
  readonly audio: Audio;
  readonly range: Range;
  /** Where the piece is written, under a name of its own. */
  readonly directory: string;
}

type CutWorld = Pick<World, "files" | "runJob" | "randomHex" | "signal">;

/**
 * Writes a range of a recording into a file that Gemini takes, without encoding it again.
 * Errors: Failure `input` for what cannot be copied: see typeOfCopy for what can.
 */
export async function cut(world: CutWorld, cutting: Cutting): Promise<Piece> {
  const { audio } = cutting;
  const reader = await openFile(world.files, audio.file, nameOf(audio.path));
  try {
    if (audio.key === "flac") return await cutFlac(world, cutting, reader);
    const found = await find(reader, cutting);
    if (found === "packets") return await cutPackets(world, cutting);
    if (found === null) throw uncuttable(audio);
    return await writePiece(world, cutting, { reader, found });
  } finally {
    await reader.close();
  }
}

interface Found extends FoundPiece {
  readonly header: Uint8Array;
  readonly mimeType: string;
}

/** Finds the bytes of a range; `packets` for containers that are read packet by packet. */
async function find(reader: Reader, { audio, range }: Cutting): Promise<Found | "packets" | null> {
  switch (audio.key) {
    case "wav":
    case "rf64":
      return withType(await findWavSamples(reader, range), containers.wav.mimeType);
    case "aiff":
      return withType(await findAiffSamples(reader, range), containers.aiff.mimeType);
    case "mp3":
      return withType(
        await findFrames(reader, { walker: walkMpeg, range, lead: mpegLead }),
        containers.mp3.mimeType,
      );
    case "adts":
      return withType(
        await findFrames(reader, { walker: walkAdts, range, lead: adtsLead }),
        containers.adts.mimeType,
      );
    default:
      return "packets";
  }
}

function withType(found: FoundPiece | SamplesPiece | null, mimeType: string | null): Found | null {
  if (found === null || mimeType === null) return null;
  return { header: new Uint8Array(0), ...found, mimeType };
}

async function writePiece(
  world: CutWorld,
  { directory }: Cutting,
  { reader, found }: { readonly reader: Reader; readonly found: Found },
): Promise<Piece> {
  const file = pieceName(world, directory);
  await world.files.create(file, contentOf(reader, found), "private");
  const { header, mimeType, start, end } = found;
  return {
    file,
    mimeType,
    sizeBytes: header.length + sizeOf(found),
    start,
    duration: end - start,
    missing: 0,
  };
}

async function cutFlac(
  world: CutWorld,
  { audio, range, directory }: Cutting,
  reader: Reader,
): Promise<Piece> {
  const found = await findFlacFrames(reader, range);
  if (found === null) throw uncuttable(audio);
  const file = pieceName(world, directory);
  await world.files.create(file, found.content, "private").catch((thrown: unknown) => {
    throw systemCode(thrown) === null && thrown instanceof Error ? uncuttable(audio, thrown.message) : thrown;
  });
  const sizeBytes = (await world.files.status(file))?.sizeBytes ?? 0;
  const { start, end } = found;
  return { file, mimeType: "audio/flac", sizeBytes, start, duration: end - start, missing: 0 };
}

async function* contentOf(reader: Reader, { header, spans }: Found): AsyncGenerator<Uint8Array> {
  if (header.length > 0) yield header;
  for (const span of spans) yield* bytesOf(reader, span);
}

async function* bytesOf(reader: Reader, { from, to }: Span): AsyncGenerator<Uint8Array> {
  for (let position = from; position < to; position += copyBytes) {
    yield await reader.read(position, Math.min(copyBytes, to - position));
  }
}

async function cutPackets(world: CutWorld, { audio, range, directory }: Cutting): Promise<Piece> {
  const target = pieceName(world, directory);
  const job = {
    kind: "copy-packets",
    path: audio.file,
    key: audio.key,
    track: audio.track,
    target,
    range,
  } as const;
  const limits = { timeoutMs: copyLimitMs(range), signal: world.signal };
  const outcome = await world.runJob(job, limits).catch((thrown: unknown) => {
    world.signal.throwIfAborted();
    throw uncuttable(audio, thrown instanceof Error ? thrown.message : String(thrown));
  });
  if (outcome.kind !== "copied" || outcome.copied === null) throw uncuttable(audio);
  const { mimeType, start, end, missing } = outcome.copied;
  if (end < range.end - tolerance) throw uncuttable(audio, `only ${end.toFixed(1)} s of it can be copied`);
  const sizeBytes = (await world.files.status(target))?.sizeBytes ?? 0;
  return { file: target, mimeType, sizeBytes, start, duration: end - start - missing, missing };
}

/** Half an hour takes mediabunny up to three seconds here; slower machines are given ten times as much. */
function copyLimitMs({ start, end }: Range): number {
  return 4_000 + 20 * (end - start);
}

function uncuttable(audio: Audio, reason = "none of it is there"): Failure {
  const name = nameOf(audio.path);
  return new Failure("input", `${name}: damaged: a piece of it cannot be copied: ${reason}`, {
    hint: "play it to see what is there; `ffmpeg -i IN out.flac` rescues what can be read",
    file: name,
  });
}
