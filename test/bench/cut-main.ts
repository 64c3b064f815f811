import { extname } from "node:path";
import type { Audio } from "../../src/audio/audio.ts";
import { cut } from "../../src/audio/cut/cut.ts";
import { encode } from "../../src/audio/encode/encode.ts";
import { createSystemWorld } from "../../src/system/world.ts";

/**
 * Cuts a recording from one second to another into so many pieces, or encodes it, and does nothing else,
 * not even find out what it is: `node cut-main.js cut|encode FILE FROM TO PIECES`.
 */
const [how, path = "", from, to, count] = process.argv.slice(2);
const world = createSystemWorld(process, new AbortController());
const kinds: Readonly<Record<string, Pick<Audio, "key" | "codec">>> = {
  ".mp3": { key: "mp3", codec: "mp3" },
  ".m4a": { key: "m4a", codec: "aac" },
  ".opus": { key: "ogg", codec: "opus" },
  ".ogg": { key: "ogg", codec: "vorbis" },
  ".flac": { key: "flac", codec: "flac" },
  ".wav": { key: "wav", codec: "pcm" },
};
const kind = kinds[extname(path)];
if (kind === undefined) throw new Error(`${path} is of no kind that is cut here`);
const audio: Audio = {
  path,
  file: path,
  track: 0,
  container: kind.key,
  mimeType: null,
  sizeBytes: 0,
  bytesPerSecond: null,
  duration: Number(to),
  durationFrom: "scan",
  channels: null,
  sampleRate: 44_100,
  flaws: [],
  ...kind,
};
const directory = await world.files.makeTemporaryDirectory();
try {
  const start = Number(from);
  const length = (Number(to) - start) / Number(count);
  for (let piece = 0; piece < Number(count); piece += 1) {
    const range = { start: start + piece * length, end: start + (piece + 1) * length };
    if (how === "encode") await encode(world, { audio, range, channel: null, directory });
    else await cut(world, { audio, range, directory });
  }
} finally {
  await world.files.removeDirectory(directory);
}
