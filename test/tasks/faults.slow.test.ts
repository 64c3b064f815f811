import { describe, expect, test } from "vitest";
import type { Fault, Route } from "../emulator/faults.ts";
import { createRandom } from "../support/damage.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { overloaded, passingFaults } from "../support/passing-faults.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ countsFaults: false, model: generalModel });
const talk = { "talk.wav": fixture("dialogue.wav") };
const spoken = `${dialogueTurns.join("\n")}\n`;
const upload = ["transcribe", "talk.wav", "--delivery", "upload", "--timeout", "1"];
const routes: readonly Route[] = ["upload.start", "upload.send", "files.get", "generate"];

describe.each(routes)("what strikes once at %s is passed by", (route) => {
  test.each(passingFaults)("%j", async (fault) => {
    service.emulator.faults.add(route, fault);
    expect(await service.run(upload, { files: talk })).toMatchObject({ exitCode: 0, stdout: spoken });
  });
});

describe.each(routes)("what strikes for good at %s exits with 6, in time", (route) => {
  test.each([
    { kind: "status", status: 503, body: overloaded },
    { kind: "reset", when: { at: "before" } },
    { kind: "hang" },
  ] satisfies Fault[])("%j", async (fault) => {
    service.emulator.faults.add(route, fault, 3);
    const { exitCode, stdout, stderr } = await service.run([...upload, "--retries", "2"], { files: talk });
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toMatch(/error: talk\.wav: .*; tried 3 times/);
  });
});

const schedules = 200;

/** What can happen at a step, beside what passes by itself. */
const others: Readonly<Partial<Record<Route, readonly Fault[]>>> = {
  "upload.send": [
    { kind: "short-receipt", bytes: 40_000 },
    { kind: "wrong-size" },
    { kind: "wrong-hash" },
    { kind: "expired" },
    { kind: "processing", ms: 300 },
  ],
  "files.get": [{ kind: "file-failed" }, { kind: "expired" }],
  "files.delete": [{ kind: "hang" }, { kind: "status", status: 503, body: overloaded }],
  generate: [
    { kind: "disconnect", keep: 100 },
    { kind: "silent-end", keep: 200 },
    { kind: "stream-error", keep: 90, code: 500, status: "INTERNAL", message: "Oops." },
    { kind: "expired" },
    { kind: "block", reason: "OTHER" },
  ],
};

test(`${schedules} schedules of several faults: the exact transcript or a clear failure, and nothing else`, async () => {
  const random = createRandom(17);
  const codes = new Map<number, number>();
  const pick = <T>(values: readonly T[]): T => values[random(values.length)] ?? pick(values);
  for (let count = 0; count < schedules; count += 1) {
    const planned: string[] = [];
    for (let left = 1 + random(5); left > 0; left -= 1) {
      const route = pick<Route>([...routes, "upload.query", "files.delete"]);
      const fault = pick([...passingFaults, ...(others[route] ?? []), ...(others[route] ?? [])]);
      service.emulator.faults.add(route, fault);
      planned.push(`${route} ${JSON.stringify(fault)}`);
    }
    const argv = [...upload, "--retries", String(random(6)), "--timeout", "0.8"];
    const { exitCode, stdout, stderr } = await service.run(argv, { files: talk });
    const story = `${argv.join(" ")}\n${planned.join("\n")}\n${stderr}`;
    codes.set(exitCode, (codes.get(exitCode) ?? 0) + 1);
    if (exitCode === 0) expect(stdout, story).toBe(spoken);
    else {
      expect([6, 7, 8], story).toContain(exitCode);
      expect(spoken.startsWith(stdout.trim()), story).toBe(true);
      expect(stderr, story).toMatch(/^error: .+/m);
      expect(stderr, story).toMatch(/^hint: .+/m);
    }
    expect(`${stdout}${stderr}`).not.toContain(sentinelKey);
    service.emulator.faults.clear();
    // A file stays only where it was told that it could not be deleted.
    for (const name of service.emulator.fileNames()) {
      expect(stderr, story).toContain(`warning: ${name} is still on the service`);
      await fetch(`${service.emulator.url}/v1beta/${name}`, {
        method: "DELETE",
        headers: { "x-goog-api-key": sentinelKey },
      });
    }
  }
  console.log(Object.fromEntries(codes));
  expect(codes.get(0)).toBeGreaterThan(schedules / 3);
});

test("200 MB that are reset ten times are 200 MB and ten times 8 MiB at most", async () => {
  const seconds = 6_300;
  const { bytes, words } = toneWav({ seconds, speakers: 2, seed: 4 });
  expect(bytes.length).toBeGreaterThan(200_000_000);
  for (let count = 0; count < 10; count += 1) {
    service.emulator.faults.add("upload.send", {
      kind: "reset",
      when: { at: "during", bytes: 15_000_000 + count * 777_777 },
    });
  }
  const { exitCode, stdout } = await service.run(["transcribe", "long.wav", "--compress", "never"], {
    files: { "long.wav": bytes },
  });
  expect(exitCode).toBe(0);
  expect(stdout.trim().split(/\s+/).toSorted()).toEqual(textsOf(words).toSorted());
  const sent = service.emulator.requests
    .filter(({ url }) => url.includes("upload_id="))
    .reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
  expect(sent).toBeLessThanOrEqual(bytes.length + 10 * 8 * 2 ** 20);
});
