import type { ContainerKey } from "../containers.ts";

/** The containers of samples as they are. */
export function isPlain(key: ContainerKey): boolean {
  return ["wav", "rf64", "aiff"].includes(key);
}

/** The containers whose samples can be decoded without ffmpeg: all that Gemini takes, but for AAC. */
export function isDecodable(key: ContainerKey): boolean {
  return isPlain(key) || ["mp3", "flac", "ogg"].includes(key);
}
