import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixturePath } from "./fixtures.ts";

/**
 * Makes fixtures/dialogue.* from fixtures/dialogue.txt: each line spoken by its speaker's
 * espeak-ng voice, 0.6 s of silence between turns, in every encoding, by ffmpeg.
 * Two runs with the same versions of both programs give the same bytes.
 */
const voices: Readonly<Record<string, readonly string[]>> = {
  Anna: ["-v", "en-gb+f2", "-s", "155", "-p", "65"],
  Ben: ["-v", "en-us+m3", "-s", "150", "-p", "40"],
};
const pauseSeconds = 0.6;
const sampleRate = 8_000;

const encodings: Readonly<Record<string, readonly string[]>> = {
  "dialogue.wav": ["-c:a", "pcm_u8"],
  "dialogue.aiff": ["-c:a", "pcm_s8"],
  "dialogue.flac": ["-c:a", "flac", "-compression_level", "12"],
  "dialogue.mp3": ["-c:a", "libmp3lame", "-b:a", "16k"],
  "dialogue.aac": ["-c:a", "aac", "-b:a", "12k", "-f", "adts"],
  "dialogue.ogg": ["-c:a", "libvorbis", "-q:a", "0"],
  "dialogue.opus": ["-c:a", "libopus", "-b:a", "16k"],
  "dialogue.m4a": ["-c:a", "aac", "-b:a", "12k"],
  "dialogue.webm": ["-c:a", "libopus", "-b:a", "16k"],
};

interface Turn {
  readonly speaker: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function makeFixtures(directory: string): void {
  const lines = readFileSync(fixturePath("dialogue.txt"), "utf8").trim().split("\n");
  const turns: Turn[] = [];
  const pieces: Buffer[] = [];
  let time = 0;
  for (const [index, line] of lines.entries()) {
    const [speaker = "", text = ""] = line.split(": ", 2);
    if (index > 0) {
      pieces.push(Buffer.alloc(pauseSeconds * sampleRate * 2));
      time += pauseSeconds;
    }
    const samples = speak(directory, speaker, text);
    const end = time + samples.length / 2 / sampleRate;
    turns.push({ speaker, start: round(time), end: round(end), text });
    pieces.push(samples);
    time = end;
  }
  const raw = join(directory, "dialogue.s8");
  writeFileSync(raw, toEightBits(Buffer.concat(pieces)));
  for (const [name, encoding] of Object.entries(encodings)) encode(raw, encoding, fixturePath(name));
  writeFileSync(fixturePath("dialogue.script.json"), `${JSON.stringify(turns, null, 2)}\n`);
}

function speak(directory: string, speaker: string, text: string): Buffer {
  const voice = voices[speaker];
  if (voice === undefined) throw new Error(`no voice for ${speaker}`);
  const spoken = join(directory, "turn.wav");
  execFileSync("espeak-ng", [...voice, "-w", spoken, text]);
  const toSamples = ["-i", spoken, "-ar", String(sampleRate), "-ac", "1", "-f", "s16le", "-"];
  return execFileSync("ffmpeg", ["-v", "error", ...toSamples], { maxBuffer: 1 << 26 });
}

/** Eight bits a sample are enough for these voices, and halve what the repository carries. */
function toEightBits(samples: Buffer): Int8Array {
  return Int8Array.from({ length: samples.length / 2 }, (_, index) =>
    Math.round(samples.readInt16LE(index * 2) / 258),
  );
}

function encode(raw: string, encoding: readonly string[], path: string): void {
  const input = ["-f", "s8", "-ar", String(sampleRate), "-ac", "1", "-i", raw];
  const exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, ...exact, ...encoding, path]);
}

const round = (seconds: number) => Math.round(seconds * 1_000) / 1_000;

const directory = mkdtempSync(join(tmpdir(), "gaudio-fixtures-"));
try {
  makeFixtures(directory);
} finally {
  rmSync(directory, { recursive: true });
}
