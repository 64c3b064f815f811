import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { Api } from "../../src/invocation.ts";
import type { Fault, Route } from "../emulator/faults.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { overloaded } from "../support/passing-faults.ts";
import { useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, ways } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
const talk = { "talk.wav": fixture("dialogue.wav") };
const spoken = `${dialogueTurns.join("\n")}\n`;

/** Nine megabytes: more than the service keeps as a whole when a connection breaks. */
const long = toneWav({ seconds: 300, speakers: 2, seed: 9 });

const perDay = JSON.stringify({
  error: {
    code: 429,
    status: "RESOURCE_EXHAUSTED",
    message: "Quota exceeded.",
    details: [{ violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] }],
  },
});

const upload = ["transcribe", "talk.wav", "--delivery", "upload", "--timeout", "1"];

describe.each<readonly [Route, Api]>([
  ["upload.start", "generate"],
  ["upload.send", "generate"],
  ["files.get", "generate"],
  ["generate", "generate"],
  ["interactions", "interactions"],
])("at %s", (route, api) => {
  const argv = [...upload, "--api", api];
  test.each([
    { kind: "status", status: 503, body: overloaded },
    { kind: "status", status: 502, body: "<html>oops</html>" },
    { kind: "reset", when: { at: "before" } },
    { kind: "reset", when: { at: "after" } },
  ] satisfies Fault[])("what passes is passed by: %j", async (fault) => {
    service.emulator.faults.add(route, fault);
    expect(await service.run(argv, { files: talk })).toMatchObject({ exitCode: 0, stdout: spoken });
  });

  test("what does not exits with 6, and says how often it was tried", async () => {
    service.emulator.faults.add(route, { kind: "status", status: 503, body: overloaded }, 3);
    const { exitCode, stdout, stderr } = await service.run([...argv, "--retries", "2"], { files: talk });
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(stderr).toMatch(/error: talk\.wav: .*; tried 3 times/);
    expect(stderr).toContain("hint: ");
  });
});

describe("an upload", () => {
  const files = { "long.wav": long.bytes };
  const argv = ["transcribe", "long.wav", "--compress", "never", "--delivery", "upload", "--timeout", "2"];
  const words = `${textsOf(long.words).join(" ")}\n`;

  test.each([
    { kind: "reset", when: { at: "during", bytes: 9_000_000 } },
    { kind: "reset", when: { at: "during", bytes: 1_000 } },
    { kind: "reset", when: { at: "after" } },
    { kind: "short-receipt", bytes: 1_000_000 },
    { kind: "lost-answer" },
    { kind: "expired" },
    { kind: "processing", ms: 900 },
  ] satisfies Fault[])("goes on after %j", async (fault) => {
    service.emulator.faults.add("upload.send", fault);
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(stdout.split(/\s+/).toSorted()).toEqual(words.split(/\s+/).toSorted());
  });

  test("sends at most 8 MiB again for a break", async () => {
    service.emulator.faults.add("upload.send", { kind: "reset", when: { at: "during", bytes: 9_000_000 } });
    await service.run(argv, { files });
    const sent = service.emulator.requests
      .filter(({ url }) => url.includes("upload_id="))
      .map(({ bodyBytes }) => bodyBytes);
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(long.bytes.length + 8 * 2 ** 20);
  });

  test("asks again where it is when that answer is lost too", async () => {
    service.emulator.faults.add("upload.send", { kind: "reset", when: { at: "during", bytes: 9_000_000 } });
    service.emulator.faults.add("upload.query", { kind: "status", status: 503, body: overloaded });
    service.emulator.faults.add("upload.query", { kind: "reset", when: { at: "before" } });
    expect(await service.run(argv, { files })).toMatchObject({ exitCode: 0 });
  });

  test.each([{ kind: "wrong-size" }, { kind: "wrong-hash" }] satisfies Fault[])(
    "of which the service holds something else is refused: %j",
    async (fault) => {
      service.emulator.faults.add("upload.send", fault);
      const { exitCode, stdout, stderr } = await service.run(upload, { files: talk });
      expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
      expect(stderr).toContain("the service did not take the upload");
    },
  );

  test("that is gone when the model is asked exits with 6, not as if the key were bad", async () => {
    service.emulator.faults.add("generate", { kind: "expired" });
    expect(await service.run(upload, { files: talk })).toMatchObject({ exitCode: 6 });
  });
});

describe.each(ways)("an answer by $api that breaks off", ({ api, route }) => {
  const talking = ["transcribe", "talk.wav", "--api", api];

  test.each([
    { kind: "disconnect", keep: 100 },
    { kind: "silent-end", keep: 130 },
    { kind: "stall", keep: 90 },
    { kind: "stream-error", keep: 120, code: 503, status: "UNAVAILABLE", message: "Overloaded." },
  ] satisfies Fault[])("is asked for again, and goes on where it was: %j", async (fault) => {
    service.emulator.faults.add(route, fault, 2);
    const argv = [...talking, "--timeout", "1"];
    const { exitCode, stdout } = await service.run(argv, { files: talk });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: spoken });
  });

  test("and falls silent is given up in time, also when memory is cleaned up meanwhile", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    const cleaning = setInterval(collectGarbage, 250);
    try {
      service.emulator.faults.add(route, { kind: "stall", keep: 90 });
      const argv = [...talking, "--timeout", "2", "--retries", "0"];
      expect(await service.run(argv, { files: talk })).toMatchObject({ exitCode: 8 });
    } finally {
      clearInterval(cleaning);
    }
  }, 20_000);

  test("as JSON is taken whole from the last one, and what all of them cost is not known", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 300 });
    const { exitCode, stdout } = await service.run([...talking, "--json"], { files: talk });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      text: dialogueTurns.join(" "),
      complete: true,
      cost_usd: null,
      usage: { requests: 2, input_tokens: null },
    });
  });

  test("and does not come again is kept: what there is was paid for", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 300 });
    service.emulator.faults.add(route, { kind: "status", status: 503, body: overloaded }, 2);
    const argv = [...talking, "-o", "out.txt", "--retries", "2"];
    const { exitCode, files, stderr } = await service.run(argv, { files: talk });
    expect(exitCode).toBe(8);
    expect(spoken.startsWith(files.text("out.partial.txt")?.trim() ?? "nothing")).toBe(true);
    expect(stderr).toContain("Overloaded.");
  });

  test("and then disagrees with what was printed exits with 8 and names the place", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 100 });
    service.emulator.faults.add(route, {
      kind: "say",
      text: "Something else was said here, all along.",
    });
    const { exitCode, stdout, stderr } = await service.run(talking, { files: talk });
    expect(exitCode).toBe(8);
    expect(spoken.startsWith(stdout.trim())).toBe(true);
    expect(stderr).toContain("does not agree with what was printed, which ends: ");
  });

  test("and disagrees is taken whole where it is written to a file", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 100 });
    service.emulator.faults.add(route, { kind: "say", text: "Something else." });
    const { exitCode, files } = await service.run([...talking, "-o", "out.txt"], {
      files: talk,
    });
    expect(exitCode).toBe(0);
    expect(files.text("out.txt")).toBe("Something else.\n");
  });
});

test("a key that may not delete leaves a file that is told of, not one that counts as gone", async () => {
  const blocked = JSON.stringify({
    error: { code: 403, status: "PERMISSION_DENIED", details: [{ reason: "API_KEY_SERVICE_BLOCKED" }] },
  });
  service.emulator.faults.add("files.delete", { kind: "status", status: 403, body: blocked });
  const env = { XDG_STATE_HOME: "/state", GAUDIO_NO_JOURNAL: "1" };
  const { exitCode, stderr, files } = await service.run(upload, { files: talk, env });
  expect(exitCode).toBe(0);
  const [name = ""] = service.emulator.fileNames();
  expect(stderr).toContain(`warning: ${name} is still on the service`);
  expect([...files.entries.keys()]).toContain(`/state/gaudio/uploads/${name.replace("files/", "")}.json`);
  // The next run, of another process, deletes it.
  const left = Object.fromEntries(files.entries);
  const next = await service.run(["transcribe", "talk.wav"], { files: left, env, processId: 2_000 });
  expect(next).toMatchObject({ exitCode: 0 });
  expect(service.emulator.fileNames()).toEqual([]);
  expect([...next.files.entries.keys()]).toEqual(["talk.wav"]);
});

describe.each(ways)("what will fail again by $api is not tried again", ({ api, route, path }) => {
  test.each([
    [400, "", 6],
    [401, "", 4],
    [402, "", 4],
    [404, "", 2],
    [429, perDay, 9],
  ])("%i %s exits with %i", async (status, body, code) => {
    service.emulator.faults.add(route, { kind: "status", status, body });
    expect(await service.run(["transcribe", "talk.wav", "--api", api], { files: talk })).toMatchObject({
      exitCode: code,
    });
    const asked = service.emulator.requests.filter(({ url }) => url.includes(path));
    expect(asked).toHaveLength(1);
  });
});
