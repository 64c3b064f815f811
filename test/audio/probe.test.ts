import { expect, test } from "vitest";
import { probe } from "../../src/audio/probe.ts";
import { fixture } from "../support/fixtures.ts";
import type { MemoryEntry } from "../support/memory-files.ts";
import { memoryWorld } from "../support/memory-world.ts";

function probeFile(entry: MemoryEntry, path = "recording") {
  return probe(memoryWorld([], { files: { [path]: entry } }).world, { path, file: path });
}

const trueLength = 21.139;

test.each([
  ["dialogue.wav", "wav", "pcm", "audio/wav"],
  ["dialogue.mp3", "mp3", "mp3", "audio/mp3"],
  ["dialogue.aiff", "aiff", "pcm", "audio/aiff"],
  ["dialogue.aac", "adts", "aac", "audio/aac"],
  ["dialogue.ogg", "ogg", "vorbis", "audio/ogg"],
  ["dialogue.opus", "ogg", "opus", "audio/ogg"],
  ["dialogue.flac", "flac", "flac", "audio/flac"],
  ["dialogue.m4a", "m4a", "aac", null],
  ["dialogue.webm", "webm", "opus", null],
])("%s is %s with %s, sent as %s", async (name, container, codec, mimeType) => {
  const audio = await probeFile(fixture(name));
  expect(audio).toMatchObject({
    container,
    codec,
    mimeType,
    sizeBytes: fixture(name).length,
    sampleRate: codec === "opus" ? 48_000 : 8_000,
  });
  // AAC's encoder adds up to three frames, of which ADTS does not tell.
  expect(Math.abs((audio.duration ?? 0) - trueLength)).toBeLessThan(container === "adts" ? 0.4 : 0.03);
  expect(audio.flaws).toEqual([]);
});

test.each([
  ["dialogue.ogg", "interview.mp3", "audio/ogg"],
  ["dialogue.wav", "interview.flac", "audio/wav"],
  ["dialogue.mp3", "interview", "audio/mp3"],
  ["dialogue.aac", "interview.mp3", "audio/aac"],
])("%s called %s is told by its content", async (name, path, mimeType) => {
  expect(await probeFile(fixture(name), path)).toMatchObject({ path, mimeType });
});

const empty = new Uint8Array(0);
const text = Buffer.from("These are the minutes of the meeting, not its recording.\n".repeat(40));
const picture = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");

test.each<readonly [string, MemoryEntry, string]>([
  ["an empty file", empty, "empty"],
  ["text", text, "not a recording"],
  ["a picture", picture, "image/png"],
  ["a directory", "directory", "directory"],
  ["a FIFO or a device", "special", "not a regular file"],
  ["a file that may not be read", "unreadable", "permission denied"],
  ["a FLAC cut inside its header", fixture("dialogue.flac").subarray(0, 12), "damaged"],
])("%s is refused as input, naming the file", async (_, entry, message) => {
  await expect(probeFile(entry, "interview.mp3")).rejects.toMatchObject({
    kind: "input",
    file: "interview.mp3",
    message: expect.stringMatching(new RegExp(`^interview\\.mp3: .*${message}`)),
    hint: expect.any(String),
  });
});

test("a file that is not there is refused as input", async () => {
  await expect(probe(memoryWorld([]).world, { path: "gone.mp3", file: "gone.mp3" })).rejects.toMatchObject({
    kind: "input",
    message: "gone.mp3: no such file",
  });
});

test("a name whose bytes are not UTF-8 is told the way round", async () => {
  const name = "interview-\ufffd.mp3";
  await expect(probe(memoryWorld([]).world, { path: name, file: name })).rejects.toMatchObject({
    kind: "input",
    hint: expect.stringContaining("stdin"),
  });
});

test("a file cut anywhere is a shorter recording, of unknown length, or refused: never a crash", async () => {
  for (const name of ["dialogue.wav", "dialogue.mp3", "dialogue.ogg", "dialogue.flac", "dialogue.m4a"]) {
    const whole = fixture(name);
    for (const share of [0.001, 0.01, 0.1, 0.5, 0.9, 0.999]) {
      const cut = whole.subarray(0, Math.ceil(whole.length * share));
      const outcome = await probeFile(cut).then(
        ({ duration }) => (duration === null || duration > 0 ? "told" : `a duration of ${duration}`),
        (thrown) => thrown.kind,
      );
      expect(["told", "input"], `${name} cut to ${share}`).toContain(outcome);
    }
  }
});
