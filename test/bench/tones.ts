import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { makeConversation } from "../emulator/tone/conversation.ts";
import { wavOf } from "../emulator/tone/wav.ts";
import { textsOf } from "../support/tone.ts";

/** A recording of tone speech, its words, and who says each. */
export interface ToneRecording {
  readonly path: string;
  readonly seconds: number;
  readonly words: readonly string[];
  readonly voices: readonly number[];
}

interface Tones {
  readonly name: string;
  readonly seconds: number;
  /** Two when absent. */
  readonly speakers?: number;
}

/** Speaks for so long into a file, whose name chooses the encoding: nothing of it is kept in memory. */
export async function toneRecording(
  directory: string,
  { name, seconds, speakers = 2 }: Tones,
): Promise<ToneRecording> {
  const path = join(directory, name);
  const words = makeConversation({ seconds, speakers, seed: 8 });
  const speech = Readable.from(wavOf({ words, seconds, sampleRate: 16_000 }));
  if (name.endsWith(".wav")) await pipeline(speech, createWriteStream(path));
  else await encode(speech, path);
  return { path, seconds, words: textsOf(words), voices: words.map(({ speaker }) => speaker) };
}

async function encode(speech: Readable, path: string): Promise<void> {
  // The encoder's fastest: what counts are the words, and there are hours of them.
  const encoding = ["-b:a", "32k", "-compression_level", "9", path];
  const ffmpeg = spawn("ffmpeg", ["-v", "error", "-f", "wav", "-i", "pipe:0", ...encoding], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(ffmpeg, "close");
  await pipeline(speech, ffmpeg.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg made no ${path}`);
}
