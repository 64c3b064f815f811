import type { Audio } from "../audio/audio.ts";
import { isLossless, typeOfCopy } from "../audio/cut/types.ts";
import { isDecodable } from "../audio/decode/decodable.ts";
import { rateToSend } from "../audio/encode/rates.ts";
import type { Range } from "../audio/piece.ts";
import type { Compress } from "../invocation.ts";

/** How a recording, or a part of it, becomes a file that Gemini takes. */
export interface Sending {
  /**
   * `as-is`: it is one already. `copy`: its packets or samples are copied into one. `encode`: gaudio
   * decodes it and makes a small FLAC. `ffmpeg-flac`, `ffmpeg-opus`: ffmpeg does.
   */
  readonly kind: "as-is" | "copy" | "encode" | "ffmpeg-flac" | "ffmpeg-opus";
  readonly mimeType: string;
  /** What will be sent; exact where the file is sent as it is, else about so much. */
  readonly bytes: number;
}

export interface Wish {
  readonly audio: Audio;
  readonly range: Range;
  readonly isWhole: boolean;
  /** Which channel alone is wanted, from 0; null for all. */
  readonly channel: number | null;
  readonly compress: Compress;
  readonly hasFfmpeg: boolean;
}

/** FLAC of one channel of speech takes some 9 bits a sample. */
const flacBytesPerSample = 1.1;

/** Opus at 24 kbit/s. */
const opusBytesPerSecond = 3_000;

/** Encoding must save this share, and this much, to be worth the time that it takes. */
const worthwhileShare = 0.3;
const worthwhileBytes = 2_000_000;

/** Chooses how a recording is sent; null when it takes ffmpeg, and there is none. */
export function chooseSending(wish: Wish): Sending | null {
  const { audio, channel, compress, hasFfmpeg } = wish;
  const plain = unencoded(wish);
  if (channel !== null) {
    // A channel alone is decoded where that can be done here.
    return plain !== null && isDecodableHere(audio)
      ? encoded(wish)
      : hasFfmpeg
        ? byFfmpeg(wish, "flac")
        : null;
  }
  if (plain === null) return hasFfmpeg ? byFfmpeg(wish, compress === "always" ? "opus" : "flac") : null;
  if (compress === "never") return plain;
  const isPlainlyLossless = audio.codec !== null && isLossless(audio.codec);
  const smallest =
    compress === "always" && hasFfmpeg
      ? byFfmpeg(wish, "opus")
      : isPlainlyLossless && isDecodableHere(audio)
        ? encoded(wish)
        : null;
  if (smallest === null) return plain;
  const saved = plain.bytes - smallest.bytes;
  const isWorthIt =
    compress === "always" ? saved > 0 : saved >= worthwhileBytes && saved >= plain.bytes * worthwhileShare;
  return isWorthIt ? smallest : plain;
}

/** As it is, or copied; null when Gemini does not take its codec. */
function unencoded({ audio, range, isWhole }: Wish): Sending | null {
  if (isWhole && audio.mimeType !== null) {
    return { kind: "as-is", mimeType: audio.mimeType, bytes: audio.sizeBytes };
  }
  const mimeType = typeOfCopy(audio);
  const bytes = Math.round((audio.bytesPerSecond ?? 0) * (range.end - range.start));
  return mimeType === null ? null : { kind: "copy", mimeType, bytes };
}

/** Decoded here, and made a small FLAC. */
export function encoded({ audio, range }: Pick<Wish, "audio" | "range">): Sending {
  const bytesPerSecond = rateToSend(audio.sampleRate) * flacBytesPerSample;
  return {
    kind: "encode",
    mimeType: "audio/flac",
    bytes: Math.round((range.end - range.start) * bytesPerSecond),
  };
}

function byFfmpeg({ audio, range }: Wish, codec: "flac" | "opus"): Sending {
  const length = range.end - range.start;
  return codec === "opus"
    ? { kind: "ffmpeg-opus", mimeType: "audio/ogg", bytes: Math.round(length * opusBytesPerSecond) }
    : {
        kind: "ffmpeg-flac",
        mimeType: "audio/flac",
        bytes: Math.round(length * rateToSend(audio.sampleRate) * flacBytesPerSample),
      };
}

/** Whether it, or what can be copied of it, is of a kind that is decoded without ffmpeg. */
function isDecodableHere(audio: Audio): boolean {
  return isDecodable(audio.key) || (typeOfCopy(audio) ?? "audio/aac") !== "audio/aac";
}
