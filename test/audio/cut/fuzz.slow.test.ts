import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { cut } from "../../../src/audio/cut/cut.ts";
import { typeOfCopy } from "../../../src/audio/cut/types.ts";
import { encode } from "../../../src/audio/encode/encode.ts";
import { probe } from "../../../src/audio/probe.ts";
import { Failure } from "../../../src/failure.ts";
import { createRandom, mutate } from "../../support/damage.ts";
import { dialogueRecordings, fixture } from "../../support/fixtures.ts";
import { threadedWorld as world } from "../../support/threaded-world.ts";

const names = [...dialogueRecordings, "dialogue.m4a", "dialogue.webm"];
const mutations = 180;
const slowestMs = 25_000;

const directory = mkdtempSync(join(tmpdir(), "gaudio-fuzz-"));
afterAll(() => rmSync(directory, { recursive: true }));

test(`of ${mutations} damaged files, every one is cut and encoded, or refused clearly; none hangs`, async () => {
  const random = createRandom(11);
  const outcomes = { cut: 0, encoded: 0, refused: 0, unknown: 0, slowestMs: 0 };
  for (let count = 0; count < mutations; count += 1) {
    const name = names[count % names.length] ?? "";
    const path = join(directory, name);
    writeFileSync(path, mutate(fixture(name), random));
    const started = performance.now();
    try {
      const audio = await probe(world, { path, file: path });
      if (audio.duration === null || typeOfCopy(audio) === null) {
        outcomes.unknown += 1;
        continue;
      }
      const range = { start: audio.duration * 0.3, end: audio.duration * 0.7 };
      const piece = await cut(world, { audio, range, directory });
      outcomes.cut += 1;
      // What was cut is a recording by itself, of the length that was said.
      const probed = await probe(world, { path: piece.file, file: piece.file });
      expect(
        Math.abs((probed.duration ?? piece.duration) - piece.duration),
        `${name}, ${count}`,
      ).toBeLessThan(1.1);
      if (!/m4a|aac/.test(name)) await encode(world, { audio, range, channel: null, directory });
      outcomes.encoded += 1;
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.kind !== "input")
        throw new Error(`${name}, ${count}`, { cause: thrown });
      outcomes.refused += 1;
    }
    outcomes.slowestMs = Math.max(outcomes.slowestMs, Math.round(performance.now() - started));
    for (const file of readdirSync(directory)) rmSync(join(directory, file));
  }
  console.log(outcomes);
  expect(outcomes.slowestMs).toBeLessThan(slowestMs);
});
