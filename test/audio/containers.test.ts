import { expect, test } from "vitest";
import { codecName } from "../../src/audio/codecs.ts";
import { type ContainerKey, containers, mimeTypeToSend } from "../../src/audio/containers.ts";

test.each([
  ["MPEG-4/AAC", "aac"],
  ["OPUS", "opus"],
  ["VORBIS", "vorbis"],
  ["ALAC", "alac"],
  ["MPEG/L3", "mp3"],
  ["PCM/INT/LIT", "pcm"],
  ["AC3", "ac3"],
  [" ", null],
])("music-metadata's codec %j is %s", (reported, name) => {
  expect(codecName(reported)).toBe(name);
});

test.each<readonly [ContainerKey, string | null, string | null]>([
  ["wav", "pcm", "audio/wav"],
  ["wav", "adpcm", null],
  ["rf64", "pcm", null],
  ["mp3", "mp3", "audio/mp3"],
  ["mp3", "mp2", "audio/mp3"],
  ["aiff", "pcm", "audio/aiff"],
  ["adts", "aac", "audio/aac"],
  ["ogg", "vorbis", "audio/ogg"],
  ["ogg", "opus", "audio/ogg"],
  ["ogg", "speex", null],
  ["flac", "flac", "audio/flac"],
  ["flac", null, null],
  ["m4a", "aac", null],
  ["webm", "opus", null],
])("%s with %s in it is sent as %s", (key, codec, mimeType) => {
  expect(mimeTypeToSend(containers[key], codec)).toBe(mimeType);
});
