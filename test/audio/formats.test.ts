import { expect, test } from "vitest";
import { codecName, containerOf, mimeTypeToSend } from "../../src/audio/formats.ts";

test.each([
  ["PCM", "pcm"],
  ["not compressed	PCM	Apple Computer", "pcm"],
  ["non-PCM (65534)", "pcm"],
  ["IEEE_FLOAT", "float"],
  ["ALAW", "alaw"],
  ["µLaw 2:1	8-bit ITU-T G.711 µ-law	Apple Computer", "mulaw"],
  ["MULAW", "mulaw"],
  ["ADPCM", "adpcm"],
  ["DVI_ADPCM", "adpcm"],
  ["MPEG 1 Layer 3", "mp3"],
  ["MPEG 2.5 Layer 3", "mp3"],
  ["MPEG 1 Layer 2", "mp2"],
  ["MPEG-4/AAC", "aac"],
  ["Vorbis I", "vorbis"],
  ["OPUS", "opus"],
  ["Speex 1.2rc1", "speex"],
  ["GSM610", "gsm610"],
])("music-metadata's codec %j is %s", (reported, name) => {
  expect(codecName(reported)).toBe(name);
});

test.each([
  ["audio/wav", "pcm", "audio/wav"],
  ["audio/wav", "adpcm", null],
  ["audio/mpeg", "mp3", "audio/mp3"],
  ["audio/mpeg", "mp2", "audio/mp3"],
  ["audio/aiff", "pcm", "audio/aiff"],
  ["audio/aac", "aac", "audio/aac"],
  ["audio/ogg", "vorbis", "audio/ogg"],
  ["audio/ogg; codecs=opus", "opus", "audio/ogg"],
  ["audio/ogg", "speex", null],
  ["audio/flac", "flac", "audio/flac"],
  ["audio/flac", null, null],
  ["audio/x-m4a", "aac", null],
  ["video/webm", "opus", null],
])("%s with %s in it is sent as %s", (detected, codec, mimeType) => {
  const container = containerOf(detected);
  if (container === null) throw new Error(`unknown: ${detected}`);
  expect(mimeTypeToSend(container, codec)).toBe(mimeType);
});

test("what is not audio is no container", () => {
  expect(containerOf("image/png")).toBeNull();
});
