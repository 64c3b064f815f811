import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { createRandom } from "../support/damage.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";

const service = useEmulator();
const folder = useFolder();
const talk = toneWav({ seconds: 600, speakers: 2, seed: 12 });

/** A part of two minutes takes the emulator about half a second. */
const pace = { realTime: 240, latencyMs: 50 };

/** A run of six parts, one after the other, takes some five to nine seconds, as busy as the machine is. */
const [shortestMs, longestMs] = [2_000, 9_000];

function start(state: string) {
  const path = join(folder.path, "talk.wav");
  return spawnGaudio(["transcribe", path, "--chunk", "2:00", "-j", "1", "-f", "json"], {
    GEMINI_API_KEY: sentinelKey,
    GOOGLE_GEMINI_BASE_URL: service.emulator.url,
    TMPDIR: folder.path,
    XDG_STATE_HOME: join(folder.path, state),
  });
}

test("kill -9 at 20 moments: the same command goes on where it was, to the same result", async () => {
  writeFileSync(join(folder.path, "talk.wav"), talk.bytes);
  service.emulator.setPace(pace);
  const whole = await outcomeOf(start("whole"));
  expect(whole.code, whole.stderr).toBe(0);
  const { segments } = JSON.parse(whole.stdout);
  const random = createRandom(9);
  let resumed = 0;
  for (let count = 0; count < 20; count += 1) {
    const before = service.emulator.questions.length;
    const child = start(`state-${count}`);
    const outcome = outcomeOf(child);
    const moment = shortestMs + random(longestMs - shortestMs);
    await delay(moment);
    const killedMs = Date.now();
    child.kill("SIGKILL");
    await outcome;
    const first = service.emulator.questions.slice(before);
    const again = await outcomeOf(start(`state-${count}`));
    expect(again.code, `killed at ${moment} ms: ${again.stderr}`).toBe(0);
    expect(JSON.parse(again.stdout).segments).toEqual(segments);
    const second = service.emulator.questions.slice(before + first.length);
    // What was handed over right before the end may not have been read yet.
    const kept = first.filter(
      ({ outcome, endedMs }) => outcome === "answered" && (endedMs ?? 0) < killedMs - 200,
    );
    const askedAgain = second.filter(({ digest }) => kept.some((one) => one.digest === digest));
    expect(
      askedAgain.map(({ words }) => words[0]),
      `killed at ${moment} ms`,
    ).toEqual([]);
    if (kept.length > 0) resumed += 1;
  }
  console.log({ resumed });
  expect(resumed).toBeGreaterThan(5);
  expect(segments.flatMap(({ text }: { text: string }) => text.split(" "))).toEqual(textsOf(talk.words));
});
