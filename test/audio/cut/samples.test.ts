import { expect, test } from "vitest";
import { cut } from "../../../src/audio/cut/cut.ts";
import { probe } from "../../../src/audio/probe.ts";
import { fixture } from "../../support/fixtures.ts";
import { memoryWorld } from "../../support/memory-world.ts";

/** Cuts a file at times, and gives the pieces as they were probed again, with their bytes. */
async function tile(name: string, times: readonly number[]) {
  const { world, files } = memoryWorld([], { files: { recording: fixture(name) } });
  const audio = await probe(world, { path: "recording", file: "recording" });
  const pieces = [];
  for (const [index, start] of times.entries()) {
    const end = times[index + 1] ?? audio.duration ?? 0;
    const piece = await cut(world, { audio, range: { start, end }, directory: "/tmp" });
    const probed = await probe(world, { path: piece.file, file: piece.file });
    pieces.push({ piece, probed, bytes: files.entries.get(piece.file) as Uint8Array });
  }
  return pieces;
}

const times = [0, 3.3333, 3.4, 11.17, 20];

test.each([
  ["dialogue.wav", 44],
  ["dialogue.aiff", 54],
])("pieces of %s, laid end to end, are the whole, sample by sample", async (name, headerBytes) => {
  const pieces = await tile(name, times);
  const samples = Buffer.concat(
    pieces.map(({ bytes }) => bytes.subarray(bytes.length - bodyOf(bytes, headerBytes))),
  );
  const whole = Buffer.from(fixture(name)).subarray(headerBytes);
  // A boundary between two samples belongs to both pieces.
  expect(samples.length - whole.length).toBeLessThanOrEqual(times.length);
  let at = 0;
  for (const { piece, probed } of pieces) {
    expect(probed.flaws).toEqual([]);
    expect(probed.duration).toBeCloseTo(piece.duration, 6);
    const from = Math.round(piece.start * 8_000);
    const count = Math.round(piece.duration * 8_000);
    expect(samples.subarray(at, at + count)).toEqual(whole.subarray(from, from + count));
    at += count;
  }
});

function bodyOf(bytes: Uint8Array, headerBytes: number): number {
  return bytes.length - headerBytes;
}

test.each(["dialogue.mp3", "dialogue.aac"])(
  "pieces of %s are frames of it, in their order, and know their time",
  async (name) => {
    const whole = Buffer.from(fixture(name));
    for (const { piece, probed, bytes } of await tile(name, times)) {
      expect(whole.includes(Buffer.from(bytes))).toBe(true);
      expect(probed.duration).toBeCloseTo(piece.duration, 6);
      expect(probed.flaws).toEqual([]);
    }
  },
);

test("a range without sound in it is refused, not sent as nothing", async () => {
  const { world } = memoryWorld([], { files: { recording: fixture("dialogue.mp3") } });
  const audio = await probe(world, { path: "recording", file: "recording" });
  await expect(cut(world, { audio, range: { start: 90, end: 95 }, directory: "/tmp" })).rejects.toMatchObject(
    {
      kind: "input",
    },
  );
});
