import type { Audio } from "../audio.ts";
import { containers } from "../containers.ts";
import { isPlainCodec } from "../walk/riff.ts";

/** The MIME types of the files that copies are made as. */
type CopyType = "audio/aac" | "audio/ogg" | "audio/flac" | "audio/mp3" | "audio/wav" | "audio/aiff";

/** The PCM that a WAV file holds, as mediabunny names it. */
const wavCodecs: ReadonlySet<string> = new Set([
  "pcm-s16",
  "pcm-s24",
  "pcm-s32",
  "pcm-f32",
  "pcm-f64",
  "pcm-u8",
  "ulaw",
  "alaw",
]);

/** The type of the file that packets of a codec are copied into; null when Gemini takes none of that codec. */
export function typeOfPackets(codec: string): Exclude<CopyType, "audio/aiff"> | null {
  if (codec === "aac") return "audio/aac";
  if (codec === "opus" || codec === "vorbis") return "audio/ogg";
  if (codec === "flac") return "audio/flac";
  if (codec === "mp3") return "audio/mp3";
  return wavCodecs.has(codec) ? "audio/wav" : null;
}

/** The type that a recording has when it is cut without being encoded again; null when it cannot be. */
export function typeOfCopy({ key, codec }: Pick<Audio, "key" | "codec">): CopyType | null {
  if (codec === null) return null;
  switch (key) {
    case "wav":
    case "rf64":
      return isPlainCodec(codec) ? "audio/wav" : null;
    case "aiff":
      return isPlainCodec(codec) ? "audio/aiff" : null;
    case "mp3":
      return "audio/mp3";
    case "adts":
      return "audio/aac";
    case "ogg":
      // FLAC in Ogg is framed in another way than by itself.
      return codec === "flac" ? null : typeOfPackets(codec);
    default:
      return containers[key].reading === "none" ? null : typeOfPackets(codec);
  }
}

/** Whether nothing of a recording was lost when it was encoded. */
export function isLossless(codec: string): boolean {
  return isPlainCodec(codec) || codec === "flac" || codec === "alac" || codec.startsWith("pcm");
}
