import type { Reader } from "../world.ts";
import { type ContainerKey, containerDetected } from "./containers.ts";
import { ReaderTokenizer } from "./tokenizer.ts";
import { adtsSyntax } from "./walk/adts.ts";
import { findChain } from "./walk/frames.ts";
import { isFreeFormat, mpegSyntax } from "./walk/mpeg.ts";
import { isText, skipFrontTags } from "./walk/tags.ts";

/** How far junk in front of MPEG audio may go. */
const searchBytes = 1 << 20;

/** What a file is: one of gaudio's containers, or something else by its MIME type, null where nobody knows. */
export type Identity =
  | { readonly kind: "container"; readonly key: ContainerKey }
  | { readonly kind: "foreign"; readonly mimeType: string | null };

/**
 * Tells what a file is by its content, never by its name: first what has a signature, then what
 * file-type knows, last MPEG audio and AAC, which have none, by frames that follow on each other.
 */
export async function identify(reader: Reader): Promise<Identity> {
  const start = await skipFrontTags(reader);
  const head = await reader.read(start, 64);
  const signed = signatures.find(([, matches]) => matches(head));
  if (signed !== undefined) return { kind: "container", key: signed[0] };
  const front = await reader.read(start, 3 * adtsSyntax.longestFrameBytes + 64);
  const framed = framedAt(front, 1);
  if (framed !== null) return { kind: "container", key: framed };
  const mimeType = await detect(reader);
  const key = mimeType === null ? null : containerDetected(mimeType);
  if (key !== null) return { kind: "container", key };
  // file-type believes a single frame's header, which chance can make.
  if (mimeType !== null && !mimeType.startsWith("audio/")) return { kind: "foreign", mimeType };
  const found = framedAt(await reader.read(start, searchBytes), searchBytes);
  if (found !== null) return { kind: "container", key: found };
  if (isFreeFormat(front)) return { kind: "container", key: "freeFormat" };
  return { kind: "foreign", mimeType };
}

const isForm = (head: Uint8Array, form: string, type: string) =>
  isText(head, 0, form) && isText(head, 8, type);

const signatures: readonly (readonly [ContainerKey, (head: Uint8Array) => boolean])[] = [
  ["wav", (head) => isForm(head, "RIFF", "WAVE")],
  ["rf64", (head) => isForm(head, "RF64", "WAVE") || isForm(head, "BW64", "WAVE")],
  ["aiff", (head) => isForm(head, "FORM", "AIFF") || isForm(head, "FORM", "AIFC")],
  ["flac", (head) => isText(head, 0, "fLaC")],
  ["ogg", (head) => isText(head, 0, "OggS")],
  // Sony's identifier of a "riff" chunk begins like this.
  ["w64", (head) => isText(head, 0, "riff\u002e\u0091\u00cf\u0011")],
  ["au", (head) => isText(head, 0, ".snd")],
  ["caf", (head) => isText(head, 0, "caff")],
];

/** MPEG audio or AAC, whichever has frames that follow on each other first, within so many bytes. */
function framedAt(bytes: Uint8Array, within: number): ContainerKey | null {
  const mpeg = findChain(bytes, mpegSyntax, within);
  const adts = findChain(bytes, adtsSyntax, within);
  if (mpeg === -1 && adts === -1) return null;
  return mpeg === -1 || (adts !== -1 && adts < mpeg) ? "adts" : "mp3";
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
