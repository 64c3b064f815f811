import { expect, test } from "vitest";
import { probe } from "../../src/audio/probe.ts";
import { moveIntoPauses } from "../../src/tasks/pauses.ts";
import { planSendable } from "../../src/tasks/sendable.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { toneOf, wavOfSamples } from "../support/samples.ts";

const sampleRate = 8_000;
const sound = (seconds: number) => [...toneOf(440, { seconds, sampleRate })];
const quiet = (seconds: number) => new Array<number>(seconds * sampleRate).fill(0);
/** A pause from 47 to 48 s, and one from 56 to 57 s. */
const talk = wavOfSamples([[...sound(47), ...quiet(1), ...sound(8), ...quiet(1), ...sound(43)]], sampleRate);

async function moved(bytes: Uint8Array, name: string) {
  const { world } = memoryWorld([], { files: { [name]: bytes } });
  const found = await probe(world, { path: name, file: name, track: null });
  const preparing = {
    range: { start: null, end: null },
    track: null,
    compress: "auto",
    assumedDuration: null,
    allowPrivate: false,
  } as const;
  const audio = await planSendable(world, found, preparing);
  const ranges = [
    { start: 0, end: 60 },
    { start: 45, end: 100 },
  ];
  const workspace = { directory: () => world.files.makeTemporaryDirectory() };
  return moveIntoPauses(world, audio, { ranges, overlap: 15 }, workspace);
}

test("windows begin and end in pauses, and none gets longer", async () => {
  const [first, last] = await moved(talk, "talk.wav");
  expect(first).toEqual({ start: 0, end: expect.closeTo(56.5, 0) });
  expect(last).toEqual({ start: expect.closeTo(47.5, 0), end: 100 });
});

test("where there is no pause, they stay as they are", async () => {
  const ranges = await moved(wavOfSamples([sound(100)], sampleRate), "talk.wav");
  expect(ranges).toEqual([
    { start: 0, end: 60 },
    { start: 45, end: 100 },
  ]);
});
