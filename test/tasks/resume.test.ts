import { expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";

const service = useEmulator();
const talk = toneWav({ seconds: 240, speakers: 2, seed: 11 });
const files = { "talk.wav": talk.bytes };
const argv = ["transcribe", "talk.wav", "--chunk", "1:20", "--overlap", "30", "-f", "json"];
const env = { XDG_STATE_HOME: "/state" };
const middle = talk.words.findIndex(({ start }) => start > 120);

const asked = () => service.emulator.questions.length;
const textOf = (stdout: string): string[] => JSON.parse(stdout).text.split(/\s+/);

/** A run after another, in which its files are still there. */
async function twice(first: readonly string[], second: readonly string[], later: typeof env | object = {}) {
  const one = await service.run(first, { files, env });
  const before = asked();
  const left = Object.fromEntries(one.files.entries);
  const two = await service.run(second, { files: left, env: { ...env, ...later }, processId: 2_000 });
  return { one, two, paid: asked() - before };
}

test("the same command again pays for nothing, and says so", async () => {
  const { one, two, paid } = await twice(argv, argv);
  expect([one.exitCode, two.exitCode, paid]).toEqual([0, 0, 0]);
  expect(two.stdout).toBe(one.stdout);
  expect(one.stderr).not.toContain("--fresh");
  expect(two.stderr).toContain("5 answers of an earlier run used");
});

test("a single answer is kept, too, of whatever model", async () => {
  for (const model of ["gemini-3.5-transcribe", "gemini-3.8-flash"]) {
    const plain = ["transcribe", "talk.wav", "-m", model];
    const { one, two, paid } = await twice(plain, plain);
    expect([one.exitCode, two.exitCode, paid]).toEqual([0, 0, 0]);
    expect(two.stdout).toBe(one.stdout);
    // Nothing is made of what is not sent.
    expect(two.stderr).not.toMatch(/cutting|compressing|asking/);
  }
});

test("another format is rendered from what was paid for", async () => {
  const { two, paid } = await twice(argv, [...argv.slice(0, -1), "srt"]);
  expect([two.exitCode, paid]).toEqual([0, 0]);
  expect(two.stdout.match(/w\d{5}/g)).toEqual(textsOf(talk.words));
});

test.each([
  [[...argv, "--fresh"], {}],
  [[...argv, "--no-journal"], {}],
  [argv, { GAUDIO_NO_JOURNAL: "1" }],
  [[...argv, "--language", "de"], {}],
  [[...argv, "--api", "interactions"], {}],
])("what is asked in another way is asked anew: %j %j", async (second, later) => {
  const { two, paid } = await twice(argv, second, later);
  expect([two.exitCode, paid]).toEqual([0, 5]);
  expect(two.stderr).not.toContain("earlier run");
});

test("nothing is kept with --no-journal", async () => {
  const { files: left } = await service.run([...argv, "--no-journal"], { files, env });
  expect([...left.entries.keys()]).toEqual(["talk.wav"]);
});

test("what failed is asked anew, and nothing else", async () => {
  service.emulator.faults.add(
    "generate",
    { kind: "block", reason: "SAFETY" },
    { times: 2, when: { says: [middle, middle] } },
  );
  const { one, two, paid } = await twice(argv, argv);
  expect([one.exitCode, two.exitCode]).toEqual([8, 0]);
  expect(textOf(two.stdout)).toEqual(textsOf(talk.words));
  expect(paid).toBeGreaterThan(0);
  expect(paid).toBeLessThan(5);
});

test("a run that was stopped goes on where it was", async () => {
  const stop = new AbortController();
  service.emulator.faults.add("generate", { kind: "hang" }, { times: 1, when: { says: [middle, middle] } });
  const { world, files: memory } = memoryWorld(argv, {
    files,
    fetch: (input, init) => fetch(input, init),
    env: { ...env, GEMINI_API_KEY: sentinelKey, GOOGLE_GEMINI_BASE_URL: service.emulator.url },
    signal: stop.signal,
  });
  const ended = run(world);
  const kept = () => [...memory.entries.keys()].filter((path) => path.endsWith(".json"));
  await expect.poll(() => kept().length, { timeout: 20_000 }).toBe(4);
  await expect.poll(asked, { timeout: 20_000 }).toBe(5);
  stop.abort();
  expect(await ended).not.toBe(0);
  const two = await service.run(argv, { files: Object.fromEntries(memory.entries), env, processId: 2_000 });
  expect(two.exitCode, two.stderr).toBe(0);
  expect(asked()).toBe(6);
  const whole = await service.run([...argv, "--no-journal"], { files, env });
  expect(JSON.parse(two.stdout).segments).toEqual(JSON.parse(whole.stdout).segments);
});

test("a torn entry is not trusted", async () => {
  const one = await service.run(argv, { files, env });
  const left = Object.fromEntries(
    [...one.files.entries].map(([path, entry]) =>
      path.endsWith(".json") && entry instanceof Uint8Array ? [path, entry.slice(0, -20)] : [path, entry],
    ),
  );
  const before = asked();
  const two = await service.run(argv, { files: left, env });
  expect([two.exitCode, asked() - before]).toEqual([0, 5]);
});
