import { spawn, spawnSync } from "node:child_process";
import { listeningRate } from "../tone/analyse.ts";

/** Whether ffmpeg is installed: without it, only WAV is heard. */
export const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

/** ffmpeg's demuxer for each MIME type: a file that is not what its type says cannot be heard. */
const demuxers: Readonly<Record<string, string>> = {
  "audio/wav": "wav",
  "audio/mp3": "mp3",
  "audio/aiff": "aiff",
  "audio/aac": "aac",
  "audio/ogg": "ogg",
  "audio/flac": "flac",
};

/**
 * The samples of a recording as one channel at the listening rate, decoded by ffmpeg and streamed.
 * Throws when ffmpeg makes nothing of it.
 */
export async function* decode(path: string, mimeType: string): AsyncGenerator<Float32Array> {
  const input = ["-f", demuxers[mimeType] ?? "wav", "-i", path];
  const output = ["-vn", "-ac", "1", "-ar", String(listeningRate), "-f", "f32le", "pipe:1"];
  const ffmpeg = spawn("ffmpeg", ["-v", "error", "-nostdin", ...input, ...output], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = new Promise<number | null>((resolve) => ffmpeg.on("close", resolve));
  let rest: Buffer = Buffer.alloc(0);
  let samples = 0;
  for await (const chunk of ffmpeg.stdout) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 4);
    // A copy, because the samples must begin at a multiple of four bytes.
    yield new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole));
    samples += whole / 4;
    rest = bytes.subarray(whole);
  }
  if ((await exited) !== 0 && samples === 0) throw new Error(`not to be decoded as ${mimeType}`);
}
