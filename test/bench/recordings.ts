import { execFileSync } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fixturePath } from "../support/fixtures.ts";

/** How long the recordings are. */
export const seconds = 34_200;

/** A fixture, repeated for nine and a half hours. */
export function repeated(directory: string, extension: string): string {
  const path = join(directory, `long.${extension}`);
  const input = ["-v", "error", "-stream_loop", "-1", "-i", fixturePath(`dialogue.${extension}`)];
  execFileSync("ffmpeg", [...input, "-t", String(seconds), "-c", "copy", path]);
  return path;
}

/** 500 MB of MP3 at a changing bit rate, without a header that tells its length. */
export async function variable(directory: string): Promise<string> {
  const pieces = ["8", "2"].map((quality) => {
    const path = join(directory, `q${quality}.mp3`);
    const encoding = ["-ar", "44100", "-ac", "2", "-q:a", quality, "-write_xing", "0", "-id3v2_version", "0"];
    execFileSync("ffmpeg", ["-v", "error", "-i", fixturePath("dialogue.wav"), ...encoding, path]);
    return path;
  });
  const path = join(directory, "variable.mp3");
  while (!statSync(path, { throwIfNoEntry: false }) || statSync(path).size < 500_000_000) {
    for (const piece of pieces)
      await pipeline(createReadStream(piece), createWriteStream(path, { flags: "a" }));
  }
  return path;
}

export function huge(directory: string): string {
  const path = join(directory, "huge.wav");
  writeFileSync(path, readFileSync(fixturePath("dialogue.wav")).subarray(0, 44));
  truncateSync(path, 1_000_000_000);
  return path;
}

/** A studio's WAV, a gigabyte if nothing else is said, and how long it is. */
export function studio(
  directory: string,
  length = 6_000,
): { readonly path: string; readonly seconds: number } {
  const path = join(directory, "studio.wav");
  const input = ["-v", "error", "-stream_loop", "-1", "-i", fixturePath("dialogue.wav")];
  const output = ["-t", String(length), "-ar", "44100", "-ac", "2", "-c:a", "pcm_s16le", path];
  execFileSync("ffmpeg", [...input, ...output]);
  return { path, seconds: length };
}
