import { describe, expect, test } from "vitest";
import { cut } from "../../../src/audio/cut/cut.ts";
import { probe } from "../../../src/audio/probe.ts";
import { hasFfmpeg } from "../../emulator/hearing/ffmpeg.ts";
import { convert, decodedSamples } from "../../support/ffmpeg.ts";
import { fixture } from "../../support/fixtures.ts";
import { memoryWorld } from "../../support/memory-world.ts";
import { levelOf } from "../../support/samples.ts";

/** Where a recording of 21.139 s is cut. */
const times = [0, 3.3333, 5.02, 11.17, 18.004];
const rate = 16_000;

/** How long a decoder of a piece may take until it plays what one of the whole does: 70 ms, and a frame. */
const settling = 0.07;

interface Kind {
  readonly name: string;
  readonly options: readonly string[];
  /** Seconds of a frame; null where samples are exact. */
  readonly frame: number | null;
}

const kinds: readonly Kind[] = [
  { name: "WAV", options: ["-f", "wav"], frame: null },
  { name: "AIFF", options: ["-f", "aiff"], frame: null },
  { name: "RF64", options: ["-rf64", "always", "-f", "wav"], frame: null },
  { name: "FLAC", options: ["-f", "flac"], frame: null },
  { name: "FLAC in Matroska", options: ["-c:a", "flac", "-f", "matroska"], frame: null },
  { name: "PCM in MOV", options: ["-c:a", "pcm_s16le", "-f", "mov"], frame: null },
  { name: "MP3", options: ["-b:a", "64k", "-f", "mp3"], frame: 0.072 },
  { name: "ADTS", options: ["-b:a", "64k", "-f", "adts"], frame: 0.064 },
  { name: "M4A", options: ["-c:a", "aac", "-b:a", "64k", "-f", "mp4"], frame: 0.064 },
  { name: "TS", options: ["-c:a", "aac", "-b:a", "64k", "-f", "mpegts"], frame: 0.064 },
  { name: "Vorbis", options: ["-c:a", "libvorbis", "-f", "ogg"], frame: 0.128 },
  { name: "Opus", options: ["-c:a", "libopus", "-b:a", "64k", "-f", "ogg"], frame: 0.02 },
  { name: "Opus in WebM", options: ["-c:a", "libopus", "-b:a", "64k", "-f", "webm"], frame: 0.02 },
  { name: "MP3 in Matroska", options: ["-c:a", "libmp3lame", "-b:a", "64k", "-f", "matroska"], frame: 0.072 },
];

/** Matroska's times are whole milliseconds: what is in it may be off by one of them. */
function shifts(frame: number | null): number[] {
  return frame === null ? [0] : Array.from({ length: 33 }, (_, index) => index - 16);
}

/** The pieces that tile a recording, decoded. */
async function tile(bytes: Uint8Array) {
  const { world, files } = memoryWorld([], { files: { recording: bytes } });
  const audio = await probe(world, { path: "recording", file: "recording" });
  const pieces = [];
  for (const [index, start] of times.entries()) {
    const end = times[index + 1] ?? audio.duration ?? 0;
    const piece = await cut(world, { audio, range: { start, end }, directory: "/tmp" });
    pieces.push({
      piece,
      start,
      end,
      samples: decodedSamples(files.entries.get(piece.file) as Uint8Array, rate),
    });
  }
  return pieces;
}

describe.skipIf(!hasFfmpeg)("pieces that tile a recording, decoded (needs ffmpeg)", () => {
  test.each(kinds)("$name", async ({ options, frame }) => {
    const bytes = convert(fixture("dialogue.wav"), ["-ar", String(rate), ...options], "made");
    const whole = decodedSamples(bytes, rate);
    for (const { piece, start, end, samples } of await tile(bytes)) {
      // Whole frames, so that a piece begins before its range and ends behind it, but not by much.
      expect(start - piece.start).toBeGreaterThan(-0.001);
      expect(start - piece.start).toBeLessThan(frame === null ? 4_608 / rate : 6 * frame);
      const offset = Math.round(piece.start * rate);
      const from = Math.max(
        Math.round(start * rate),
        frame === null ? 0 : offset + Math.round((settling + frame) * rate),
      );
      const to =
        Math.min(Math.round(end * rate), whole.length) - (frame === null ? 0 : Math.round(frame * rate));
      const original = whole.subarray(from, to);
      expect(samples.length - (from - offset)).toBeGreaterThanOrEqual(original.length);
      const errors = shifts(frame).map((shift) => {
        const copied = samples.subarray(from - offset + shift, to - offset + shift);
        return levelOf(copied.map((sample, index) => sample - (original[index] ?? 0)));
      });
      expect(Math.min(...errors)).toBeLessThanOrEqual(frame === null ? 0 : 0.02 * levelOf(original));
    }
  });
});
