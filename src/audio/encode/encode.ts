import { Failure } from "../../failure.ts";
import type { Seconds } from "../../units.ts";
import type { World } from "../../world.ts";
import type { Audio } from "../audio.ts";
import { type ContainerKey, containerOfType } from "../containers.ts";
import { type Cutting, cut } from "../cut/cut.ts";
import { isDecodable } from "../decode/decodable.ts";
import { encodeWithFfmpeg } from "../ffmpeg.ts";
import { type Piece, pieceName } from "../piece.ts";
import { probe } from "../probe.ts";
import { nameOf } from "../source.ts";
import type { Clip, Conversion } from "./convert.ts";
import { rateToSend } from "./rates.ts";

/** How much shorter than its range an encoded piece may be, in seconds: the last frame of a file may be short. */
const tolerance = 1;

type EncodeWorld = Pick<World, "files" | "runJob" | "programs" | "randomHex" | "signal">;

export interface Encoding extends Cutting {
  /** Which channel is wanted, from 0; null for the mean of all. */
  readonly channel: number | null;
}

/**
 * Decodes a range of a recording here and writes it as FLAC, one channel at the rate that the service
 * makes use of. Constant memory.
 * Errors: Failure `input` when less than the range can be decoded.
 */
export async function encode(world: EncodeWorld, encoding: Encoding): Promise<Piece> {
  const { audio, range, channel, directory } = encoding;
  const clip = await clipOf(world, encoding);
  const target = pieceName(world, directory);
  const sampleRate = rateToSend(audio.sampleRate);
  const conversion = { clips: [clip], channel: channel ?? "mean", gap: 0, sampleRate } as const;
  const duration = await convert(world, { audio, wanted: range.end - range.start, target, conversion });
  if (clip.path !== audio.file) await world.files.remove(clip.path);
  const sizeBytes = (await world.files.status(target))?.sizeBytes ?? 0;
  return { file: target, mimeType: "audio/flac", sizeBytes, start: range.start, duration, missing: 0 };
}

/** A range as a clip of a file that can be decoded: of the recording itself, or of a piece copied from it. */
async function clipOf(world: EncodeWorld, cutting: Cutting): Promise<Clip> {
  const { audio, range } = cutting;
  const isWhole = range.start === 0 && range.end === audio.duration;
  if (isWhole && isDecodable(audio.key)) return { path: audio.file, key: audio.key, skip: 0, length: null };
  const piece = await cut(world, cutting);
  const skip = Math.max(0, range.start - piece.start);
  return { path: piece.file, key: keyOf(piece), skip, length: range.end - range.start };
}

function keyOf({ mimeType }: Piece): ContainerKey {
  const key = containerOfType(mimeType);
  if (key === null) throw new Error(`no container of the type ${mimeType}`);
  return key;
}

interface Converting {
  readonly audio: Audio;
  /** How long what comes of it should be. */
  readonly wanted: Seconds;
  readonly target: string;
  readonly conversion: Conversion;
}

/** Has clips of a recording converted, and answers how long they came out. Errors: Failure `input` when shorter. */
export async function convert(
  world: EncodeWorld,
  { audio, wanted, target, conversion }: Converting,
): Promise<Seconds> {
  // It is five times as fast as that on the machine it was measured on.
  const limits = { timeoutMs: 8_000 + 40 * wanted, signal: world.signal };
  const outcome = await world
    .runJob({ kind: "convert", target, conversion }, limits)
    .catch((thrown: unknown) => {
      world.signal.throwIfAborted();
      throw undecodable(audio, thrown instanceof Error ? thrown.message : String(thrown));
    });
  const duration = outcome.kind === "converted" ? outcome.duration : 0;
  if (duration < wanted - tolerance) throw tooShort(audio, duration);
  return duration;
}

/**
 * Has ffmpeg decode a range and encode it.
 * Errors: Failure `input` when it cannot, or less than the range comes of it.
 */
export async function encodeByFfmpeg(
  world: EncodeWorld,
  { audio, range, channel, directory, codec }: Encoding & { readonly codec: "flac" | "opus" },
): Promise<Piece> {
  const target = pieceName(world, directory);
  const { file, key, track } = audio;
  const input = { file, key, track };
  const encoding = { input, range, channel, codec, target };
  const isDone = await encodeWithFfmpeg(world, encoding).catch((thrown: unknown) => {
    world.signal.throwIfAborted();
    throw undecodable(audio, thrown instanceof Error ? thrown.message : String(thrown));
  });
  if (!isDone) throw undecodable(audio, "ffmpeg makes nothing of it");
  const { duration, mimeType, sizeBytes } = await probe(world, { path: audio.path, file: target });
  if (duration === null || mimeType === null || duration < range.end - range.start - tolerance) {
    throw tooShort(audio, duration ?? 0);
  }
  return { file: target, mimeType, sizeBytes, start: range.start, duration, missing: 0 };
}

function tooShort(audio: Audio, duration: Seconds): Failure {
  return undecodable(audio, `only ${duration.toFixed(1)} s of it can be decoded`);
}

function undecodable(audio: Audio, reason: string): Failure {
  const name = nameOf(audio.path);
  return new Failure("input", `${name}: damaged: ${reason}`, {
    hint: "play it to see what is there; `ffmpeg -i IN out.flac` rescues what can be read",
    file: name,
  });
}
