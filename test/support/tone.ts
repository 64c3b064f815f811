import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ConversationOptions,
  makeConversation,
  type SpokenWord,
} from "../emulator/tone/conversation.ts";
import { wavOf, writeWav } from "../emulator/tone/wav.ts";

const sampleRate = 16_000;

/** How ffmpeg makes each encoding of a tone recording, as fast as it can: hours of it are made. */
export const encodings = {
  wav: ["-c:a", "pcm_s16le"],
  mp3: ["-b:a", "32k", "-compression_level", "9"],
  aiff: ["-c:a", "pcm_s16be"],
  aac: ["-aac_coder", "fast", "-b:a", "48k"],
  ogg: ["-c:a", "libvorbis"],
  // Opus's mode for speech models a voice, not tones: it loses a symbol of one word in a thousand.
  opus: ["-c:a", "libopus", "-b:a", "24k", "-application", "lowdelay", "-compression_level", "0"],
  flac: ["-c:a", "flac"],
} as const;

export type Encoding = keyof typeof encodings;

/** A tone recording as a WAV file in memory, and its truth. */
export function toneWav(options: ConversationOptions): {
  readonly bytes: Uint8Array;
  readonly words: SpokenWord[];
} {
  const words = makeConversation(options);
  return { bytes: Buffer.concat([...wavOf({ words, seconds: options.seconds, sampleRate })]), words };
}

/** A tone recording in several encodings, made by ffmpeg, and its truth. */
export async function toneEncodings(
  options: ConversationOptions,
): Promise<{ readonly bytes: Readonly<Record<Encoding, Uint8Array>>; readonly words: SpokenWord[] }> {
  const words = makeConversation(options);
  const directory = mkdtempSync(join(tmpdir(), "gaudio-tone-"));
  try {
    const source = join(directory, "source.wav");
    await writeWav(source, { words, seconds: options.seconds, sampleRate });
    const encode = (encoding: Encoding) => {
      const path = join(directory, `tone.${encoding}`);
      execFileSync("ffmpeg", ["-v", "error", "-i", source, ...encodings[encoding], path]);
      return readFileSync(path);
    };
    return {
      words,
      bytes: {
        wav: encode("wav"),
        mp3: encode("mp3"),
        aiff: encode("aiff"),
        aac: encode("aac"),
        ogg: encode("ogg"),
        opus: encode("opus"),
        flac: encode("flac"),
      },
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The words of the truth in their order, as a transcript has them. */
export function textsOf(words: readonly SpokenWord[]): string[] {
  return words.map(({ text }) => text);
}
