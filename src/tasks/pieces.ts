import pMap from "p-map";
import { containerOfType } from "../audio/containers.ts";
import { cut } from "../audio/cut/cut.ts";
import { typeOfCopy } from "../audio/cut/types.ts";
import { encode, encodeByFfmpeg } from "../audio/encode/encode.ts";
import { isSilent } from "../audio/energy/energy.ts";
import { hasFfmpeg } from "../audio/ffmpeg.ts";
import type { Piece } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import type { Flaw } from "../audio/walk/walk.ts";
import { Failure } from "../failure.ts";
import type { SendableAudio } from "../plan/planned-audio.ts";
import type { Sending } from "../plan/sending.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import { temporaryFailure, type Workspace } from "./workspace.ts";

/** A recording, the file that is sent of it, and whether there is anything to hear in that. */
export interface ReadyPiece extends SentPiece {
  readonly piece: Piece;
}

/** The same without the file itself. */
export interface SentPiece {
  readonly kind: "piece";
  readonly audio: SendableAudio;
  readonly piece: Omit<Piece, "file">;
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
  const ready = { kind: "piece", audio, piece, isSilent: false, notes: notesOn(audio, piece) } as const;
  const key = containerOfType(piece.mimeType) ?? audio.key;
  // What is damaged may have held what cannot be heard any more.
  const isWhole = !audio.flaws.some(({ kind }) => silencing.includes(kind));
  if (!isWhole || (await isSilent(world, { ...piece, key })) !== true) return ready;
  if (!isMixed(audio)) return { ...ready, isSilent: true };
  const source = await isSilent(world, audio);
  if (source !== false) return { ...ready, isSilent: source === true };
  // Sides of which one is the other's inverse cancel each other; each by itself can be heard.
  const first = await makePiece(world, { ...audio, channel: 0 }, tools);
  const note = `${nameOf(audio.path)}: its channels cancel each other out; the first alone is sent`;
  return { ...ready, piece: first, notes: [...ready.notes, note] };
}

/** What may have taken the sound out of a file. */
const silencing: readonly Flaw["kind"][] = ["truncated", "gap", "unmeasured"];

/** Whether a piece is the mean of several channels, made here. */
function isMixed({ channel, channels, sending }: SendableAudio): boolean {
  return channel === null && channels !== 1 && sending.kind !== "as-is" && sending.kind !== "copy";
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
    const other = thrown instanceof Failure ? await otherSending(world, audio) : null;
    if (other === null) throw temporaryFailure(`${name}: cannot be cut into a temporary file`, thrown);
    // What one way cannot make sense of, another may.
    progress.detail(`${thrown instanceof Failure ? thrown.message : name}; it is sent in another way`);
    return makePiece(world, { ...audio, sending: other }, { workspace, progress });
  }
}

/** Another way to send what could not be sent in one; each is tried once, and null when there is none left. */
async function otherSending(world: World, audio: SendableAudio): Promise<Sending | null> {
  const { sending, channel } = audio;
  const byFfmpeg = { ...sending, kind: "ffmpeg-flac", mimeType: "audio/flac" } as const;
  const copied = typeOfCopy(audio);
  switch (sending.kind) {
    case "as-is":
    case "ffmpeg-flac":
      return null;
    case "ffmpeg-opus":
      return byFfmpeg;
    case "copy":
      return (await hasFfmpeg(world)) ? byFfmpeg : null;
    case "encode":
      // What a decoder here cannot make sense of may still be heard by the service.
      if (channel === null && copied !== null) return plainSending(audio, copied);
      return (await hasFfmpeg(world)) ? byFfmpeg : null;
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

function plainSending(
  { mimeType, sizeBytes, range, duration, sending }: SendableAudio,
  copied: string,
): Sending {
  const isWhole = range.start === 0 && range.end === duration;
  return isWhole && mimeType !== null
    ? { kind: "as-is", mimeType, bytes: sizeBytes }
    : { ...sending, kind: "copy", mimeType: copied };
}
