import { Failure } from "../../failure.ts";
import type { Seconds } from "../../units.ts";
import type { World } from "../../world.ts";
import type { Audio } from "../audio.ts";
import { containerOfType } from "../containers.ts";
import { cut } from "../cut/cut.ts";
import { isDecodable } from "../decode/decodable.ts";
import { encodeWithFfmpeg, hasFfmpeg } from "../ffmpeg.ts";
import { type Piece, pieceName, type Range } from "../piece.ts";
import { nameOf } from "../source.ts";
import type { Clip } from "./convert.ts";
import { convert } from "./encode.ts";
import { rateToSend } from "./rates.ts";

/** Several ranges of a recording in one file. */
export type Joined = Omit<Piece, "start" | "missing">;

interface Joining {
  readonly audio: Audio;
  /** In any order; each may come more than once. */
  readonly ranges: readonly Range[];
  /** The silence between two of them. */
  readonly gap: Seconds;
  readonly directory: string;
}

type JoinWorld = Pick<World, "files" | "runJob" | "programs" | "randomHex" | "signal">;

/**
 * Writes ranges of a recording into one FLAC file, with silence between them. What cannot be decoded
 * here (AAC) takes ffmpeg.
 * Errors: Failure `input` when a range cannot be cut, or cannot be decoded and there is no ffmpeg.
 */
export async function join(world: JoinWorld, joining: Joining): Promise<Joined> {
  const { audio, ranges, gap, directory } = joining;
  const clips: Clip[] = [];
  for (const range of ranges) clips.push(await clipOf(world, { audio, range, directory }));
  const target = pieceName(world, directory);
  const sampleRate = rateToSend(audio.sampleRate);
  const wanted = ranges.reduce((sum, { start, end }) => sum + end - start + gap, -gap);
  const conversion = { clips, channel: "mean", gap, sampleRate } as const;
  const duration = await convert(world, { audio, wanted, target, conversion });
  for (const { path } of clips) await world.files.remove(path);
  const sizeBytes = (await world.files.status(target))?.sizeBytes ?? 0;
  return { file: target, mimeType: "audio/flac", sizeBytes, duration };
}

async function clipOf(
  world: JoinWorld,
  { audio, range, directory }: { readonly audio: Audio; readonly range: Range; readonly directory: string },
): Promise<Clip> {
  const piece = await cut(world, { audio, range, directory });
  const key = containerOfType(piece.mimeType);
  const skip = Math.max(0, range.start - piece.start);
  const length = range.end - range.start;
  if (key !== null && isDecodable(key)) return { path: piece.file, key, skip, length };
  const path = await decodedByFfmpeg(world, { audio, piece, directory });
  await world.files.remove(piece.file);
  return { path, key: "flac", skip, length };
}

async function decodedByFfmpeg(
  world: JoinWorld,
  { audio, piece, directory }: { readonly audio: Audio; readonly piece: Piece; readonly directory: string },
): Promise<string> {
  const target = pieceName(world, directory);
  const input = { file: piece.file, key: containerOfType(piece.mimeType) ?? audio.key, track: 0 };
  const range = { start: 0, end: piece.duration };
  const encoding = { input, range, channel: null, codec: "flac", target } as const;
  const isDone = (await hasFfmpeg(world)) && (await encodeWithFfmpeg(world, encoding));
  if (isDone) return target;
  const name = nameOf(audio.path);
  throw new Failure("input", `${name}: a piece of it cannot be decoded`, {
    hint: "install ffmpeg, which decodes AAC",
    file: name,
  });
}
