import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, expect, test } from "vitest";
import { probe } from "../../src/audio/probe.ts";
import { Failure } from "../../src/failure.ts";
import { SystemFiles } from "../../src/system/files.ts";
import type { World } from "../../src/world.ts";
import { join, noise } from "../support/bytes.ts";
import { fixture, projectRoot } from "../support/fixtures.ts";
import { memoryWorld } from "../support/memory-world.ts";

const names = ["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac", "m4a", "webm"].map(
  (type) => `dialogue.${type}`,
);
const mutations = 10_000;
const slowestMs = 2_000;

const directory = mkdtempSync(joinPath(tmpdir(), "gaudio-fuzz-"));
afterAll(() => rmSync(directory, { recursive: true }));

// The job runs in a thread, as it does for users: threads need the compiled code.
const { runJob } = await import(joinPath(projectRoot, "dist/src/system/jobs.js"));
const world: World = {
  ...memoryWorld([]).world,
  files: new SystemFiles(),
  runJob: (job, limits) => runJob(process, job, limits),
};

/** Numbers below a limit, the same in every run. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A file with some damage: bits flipped, mostly in its head; pieces cut out, doubled, zeroed, or replaced. */
function mutate(whole: Uint8Array, random: (limit: number) => number): Uint8Array {
  let bytes = Uint8Array.from(whole);
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(random(3) === 0 ? bytes.length : Math.min(2_000, bytes.length));
    const length = 1 + random(random(2) === 0 ? 8 : 5_000);
    const before = bytes.subarray(0, at);
    const hit = bytes.subarray(at, at + length);
    const after = bytes.subarray(at + length);
    const replaced = [
      hit.map((byte) => byte ^ (1 << random(8))),
      new Uint8Array(0),
      join(hit, hit),
      new Uint8Array(hit.length),
      noise(hit.length, random(1_000)),
      new Uint8Array(hit.length).fill(0xff),
    ][random(6)];
    bytes = Uint8Array.from(join(before, replaced ?? hit, after));
    if (bytes.length === 0) return noise(10);
  }
  return bytes;
}

/** A damaged sample rate stretches seconds to minutes; damaged times of packets are not counted but told. */
function longestOf(name: string): number {
  return /m4a|webm/.test(name) ? 20_000 : 600;
}

test(`of ${mutations} damaged files, none crashes gaudio, none takes long, and no length is absurd`, async () => {
  const random = createRandom(7);
  const outcomes = { told: 0, unknown: 0, refused: 0, slowestMs: 0 };
  for (let count = 0; count < mutations; count += 1) {
    const name = names[count % names.length] ?? "";
    const path = joinPath(directory, name);
    writeFileSync(path, mutate(fixture(name), random));
    const started = performance.now();
    try {
      const { duration } = await probe(world, { path, file: path });
      if (duration === null) outcomes.unknown += 1;
      else outcomes.told += 1;
      expect(duration ?? 1, `${name}, mutation ${count}`).toBeGreaterThan(0);
      expect(duration ?? 1, `${name}, mutation ${count}`).toBeLessThan(longestOf(name));
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== "input") throw thrown;
      outcomes.refused += 1;
    }
    const elapsed = performance.now() - started;
    expect(elapsed, `${name}, mutation ${count}`).toBeLessThan(slowestMs);
    outcomes.slowestMs = Math.max(outcomes.slowestMs, Math.round(elapsed));
  }
  console.log(outcomes);
});
