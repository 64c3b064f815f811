import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { createRandom } from "../support/damage.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator();
const folder = useFolder();
const interrupted = 50;
const killed = 20;

/** A run takes some 0.8 s: signals strike before it has begun, in each of its steps, and when it is over. */
const longestMs = 1_000;

/** How long a run may clean up. */
const cleanupMs = 2_000;

function start() {
  return spawnGaudio(["transcribe", "fixtures/dialogue.wav", "--delivery", "upload", "-v"], {
    GEMINI_API_KEY: sentinelKey,
    GOOGLE_GEMINI_BASE_URL: service.emulator.url,
    GAUDIO_MODEL: generalModel,
    TMPDIR: folder.path,
    XDG_STATE_HOME: join(folder.path, "state"),
    // Each run is to do all there is to do.
    GAUDIO_NO_JOURNAL: "1",
  });
}

test(`Ctrl-C at ${interrupted} moments: dead in time, by the signal, and nothing is left anywhere`, async () => {
  const random = createRandom(5);
  const ends = { stopped: 0, done: 0, slowestMs: 0 };
  for (let count = 0; count < interrupted; count += 1) {
    const child = start();
    const outcome = outcomeOf(child);
    const moment = random(longestMs);
    await delay(moment);
    const struck = performance.now();
    child.kill("SIGINT");
    const { code, signal, stdout, stderr } = await outcome;
    const took = performance.now() - struck;
    expect(took, `at ${moment} ms`).toBeLessThan(cleanupMs + 300);
    if (signal === null) expect(code, `at ${moment} ms: ${stderr}`).toBe(0);
    else expect(signal).toBe("SIGINT");
    expect(service.emulator.fileNames(), `at ${moment} ms: ${stderr}`).toEqual([]);
    expect(folder.temporaryLeft()).toEqual([]);
    expect(`${stdout}${stderr}`).not.toContain(sentinelKey);
    ends[signal === null ? "done" : "stopped"] += 1;
    ends.slowestMs = Math.max(ends.slowestMs, Math.round(took));
  }
  console.log(ends);
  expect(ends.stopped).toBeGreaterThan(interrupted / 4);
});

test(`kill -9 at ${killed} moments: the next run deletes what was left`, async () => {
  const random = createRandom(6);
  let most = 0;
  const fileOfThisRun = (left: readonly string[]) =>
    service.emulator.fileNames().filter((name) => !left.includes(name));
  for (let count = 0; count < killed; count += 1) {
    const left = service.emulator.fileNames();
    const child = start();
    const outcome = outcomeOf(child);
    // Half of them once its own file is there: however fast this machine is, some leave one behind.
    if (count % 2 === 0) await delay(300 + random(longestMs - 300));
    else
      await vi.waitFor(() => expect(fileOfThisRun(left)).toHaveLength(1), { timeout: 10_000, interval: 5 });
    child.kill("SIGKILL");
    await outcome;
    most = Math.max(most, service.emulator.fileNames().length);
  }
  // Every run has deleted what the one before it left.
  expect(most).toBe(1);
  expect(await outcomeOf(start())).toMatchObject({ code: 0 });
  expect(service.emulator.fileNames()).toEqual([]);
});
