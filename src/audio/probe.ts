import type { IFormat } from "music-metadata";
import { Failure } from "../failure.ts";
import type { Seconds } from "../units.ts";
import type { Reader, World } from "../world.ts";
import type { Audio } from "./audio.ts";
import { codecName, containerOf, mimeTypeToSend } from "./formats.ts";
import { openFile } from "./open.ts";
import { nameOf } from "./source.ts";
import { ReaderTokenizer } from "./tokenizer.ts";

/**
 * Reads what a file says of its audio: the container by its content, never by its name.
 * `path` is what the user called it, `file` where its bytes are.
 * Errors: Failure `input` when it cannot be read, is not audio or is damaged.
 */
export async function probe(
  world: Pick<World, "files">,
  { path, file }: { readonly path: string; readonly file: string },
): Promise<Audio> {
  const name = nameOf(path);
  const reader = await openFile(world.files, file, name);
  try {
    const detected = await detect(reader);
    const container = detected === null ? null : containerOf(detected);
    if (detected === null || container === null) throw notAudio(name, detected);
    const format = await readFormat(reader, detected, container.mimeType !== null, name);
    const codec = codecName(format.codec);
    if (codec === null && container.mimeType !== null) throw damaged(name, "its headers end too early");
    return {
      path,
      file,
      container: container.name,
      codec,
      mimeType: mimeTypeToSend(container, codec),
      sizeBytes: reader.sizeBytes,
      duration: knownDuration(format.duration),
      channels: positive(format.numberOfChannels),
      sampleRate: positive(format.sampleRate),
    };
  } finally {
    await reader.close();
  }
}

async function detect(reader: Reader): Promise<string | null> {
  const { fileTypeFromTokenizer } = await import("file-type/core");
  try {
    return (await fileTypeFromTokenizer(new ReaderTokenizer(reader)))?.mime ?? null;
  } catch {
    // file-type throws on files cut short inside their first header: it could not tell.
    return null;
  }
}

/** What music-metadata reads; nothing for a container that it does not know and gaudio cannot send. */
async function readFormat(
  reader: Reader,
  detected: string,
  isSendable: boolean,
  name: string,
): Promise<Partial<IFormat>> {
  const { parseFromTokenizer } = await import("music-metadata");
  const tokenizer = new ReaderTokenizer(reader, detected);
  try {
    const { format } = await parseFromTokenizer(tokenizer, { duration: true, skipCovers: true });
    return format;
  } catch (thrown) {
    if (!isSendable) return {};
    throw damaged(name, reasonOf(thrown), thrown);
  } finally {
    await tokenizer.close();
  }
}

function damaged(name: string, reason: string, cause?: unknown): Failure {
  return new Failure("input", `${name}: damaged or cut short: ${reason}`, {
    hint: "play it to see what is there; `ffmpeg -i IN out.flac` rescues what can be read",
    file: name,
    cause,
  });
}

function notAudio(name: string, detected: string | null): Failure {
  const found = detected === null ? "" : ` (it is ${detected})`;
  return new Failure("input", `${name}: not a recording that gaudio knows${found}`, {
    hint: "gaudio sends WAV, MP3, AIFF, AAC, OGG and FLAC; ffmpeg converts others: ffmpeg -i IN out.flac",
    file: name,
  });
}

/** An undefined, zero, negative or NaN duration means that it is not known, never that it is short. */
function knownDuration(reported: number | undefined): Seconds | null {
  return positive(reported);
}

function positive(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error && thrown.message !== "" ? thrown.message : "its headers make no sense";
}
