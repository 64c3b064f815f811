import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, expect, test } from "vitest";
import { probe } from "../../src/audio/probe.ts";
import { Failure } from "../../src/failure.ts";
import { createRandom, mutate } from "../support/damage.ts";
import { fixture } from "../support/fixtures.ts";
import { threadedWorld } from "../support/threaded-world.ts";

const names = ["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac", "m4a", "webm"].map(
  (type) => `dialogue.${type}`,
);
const mutations = 10_000;
/** A job may compute for a second and a half or two; on a machine with other work, that takes several times as long. */
const slowestMs = 10_000;

const directory = mkdtempSync(joinPath(tmpdir(), "gaudio-fuzz-"));
afterAll(() => rmSync(directory, { recursive: true }));

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
      const { duration } = await probe(threadedWorld, { path, file: path });
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
