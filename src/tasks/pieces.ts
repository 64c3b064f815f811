import pMap from "p-map";
import { containerOfType } from "../audio/containers.ts";
import { cut } from "../audio/cut/cut.ts";
import { typeOfCopy } from "../audio/cut/types.ts";
import { encode, encodeByFfmpeg } from "../audio/encode/encode.ts";
import { isSilent } from "../audio/energy/energy.ts";
import type { Piece } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { SendableAudio } from "../plan/plan.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import { temporaryFailure, type Workspace } from "./workspace.ts";

/** A recording, the file that is sent of it, and whether there is anything to hear in that. */
export interface ReadyPiece {
  readonly kind: "piece";
  readonly audio: SendableAudio;
  readonly piece: Piece;
  /** Whether all of it is digital silence; where that cannot be told, it is not. */
  readonly isSilent: boolean;
  /** What the user should know of the piece. */
  readonly notes: readonly string[];
}

/** A hole of less is not worth a word. */
const worthNoting = 0.5;

/** Each keeps a processor busy. */
export const piecesAtOnce = 2;

/** What making a piece takes. */
export interface Tools {
  readonly workspace: Workspace;
  readonly progress: Progress;
}

/**
 * Makes the files that are sent of recordings: the recordings themselves, or pieces in temporary files.
 * Errors: Failure `input` for what cannot be cut or decoded, or when there is no room for it.
 */
export function makePieces(
  world: World,
  audios: readonly SendableAudio[],
  tools: Tools,
): Promise<ReadyPiece[]> {
  return pMap(audios, (audio) => makeReadyPiece(world, audio, tools), {
    concurrency: piecesAtOnce,
    signal: world.signal,
  });
}

/** The same for one recording. */
export async function makeReadyPiece(world: World, audio: SendableAudio, tools: Tools): Promise<ReadyPiece> {
  const piece = await makePiece(world, audio, tools);
  const key = containerOfType(piece.mimeType) ?? audio.key;
  const hears = await isSilent(world, { ...piece, key });
  return { kind: "piece", audio, piece, isSilent: hears === true, notes: notesOn(audio, piece) };
}

function notesOn({ path }: SendableAudio, { missing }: Piece): string[] {
  if (missing < worthNoting) return [];
  const lost = `${nameOf(path)}: ${missing.toFixed(1)} s of it are missing`;
  return [`${lost}: what is said behind that is told too early by as much`];
}

async function makePiece(world: World, audio: SendableAudio, { workspace, progress }: Tools): Promise<Piece> {
  const { sending, file, sizeBytes, duration } = audio;
  const name = nameOf(audio.path);
  if (sending.kind === "as-is") {
    return { file, mimeType: sending.mimeType, sizeBytes, duration, start: 0, missing: 0 };
  }
  progress.step(`${sending.kind === "copy" ? "cutting" : "compressing"} ${name}`);
  try {
    const piece = await makeFile(world, audio, await workspace.directory());
    progress.detail(`${name}: ${sizeBytes} bytes, of which ${piece.sizeBytes} are sent as ${piece.mimeType}`);
    return piece;
  } catch (thrown) {
    world.signal.throwIfAborted();
    const isNeeded = audio.channel !== null || typeOfCopy(audio) === null;
    if (sending.kind === "copy" || isNeeded || !(thrown instanceof Failure)) {
      throw temporaryFailure(`${name}: cannot be cut into a temporary file`, thrown);
    }
    // What a decoder here cannot make sense of may still be heard by the service.
    progress.detail(`${thrown.message}; it is sent without being compressed`);
    return makePiece(world, { ...audio, sending: plainSending(audio) }, { workspace, progress });
  }
}

function makeFile(world: World, audio: SendableAudio, directory: string): Promise<Piece> {
  const { range, channel, sending } = audio;
  switch (sending.kind) {
    case "as-is":
    case "copy":
      return cut(world, { audio, range, directory });
    case "encode":
      return encode(world, { audio, range, channel, directory });
    case "ffmpeg-flac":
      return encodeByFfmpeg(world, { audio, range, channel, directory, codec: "flac" });
    case "ffmpeg-opus":
      return encodeByFfmpeg(world, { audio, range, channel, directory, codec: "opus" });
  }
}

function plainSending({ mimeType, sizeBytes, range, duration, sending }: SendableAudio) {
  const isWhole = range.start === 0 && range.end === duration;
  return isWhole && mimeType !== null
    ? ({ kind: "as-is", mimeType, bytes: sizeBytes } as const)
    : ({ ...sending, kind: "copy" } as const);
}
