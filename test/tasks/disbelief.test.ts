import { describe, expect, test } from "vitest";
import type { Fault } from "../emulator/faults.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel, type Way, ways } from "../support/ways.ts";

const service = useEmulator();
const files = { "talk.mp3": fixture("dialogue.mp3") };
const spoken = dialogueTurns.join(" ");

const both = ways.flatMap((way) => [transcriptionModel, generalModel].map((model) => ({ ...way, model })));

const asked = ({ path }: Way) => service.emulator.requests.filter(({ url }) => url.includes(path)).length;

const oneSpace = (text: string) => text.replace(/\s+/g, " ").trim();

/** What is asked again once, and then is as it should be. */
const passing: readonly (readonly [string, Fault, RegExp])[] = [
  ["says nothing", { kind: "empty" }, /answered nothing, and was asked again/],
  ["loops", { kind: "loop", keep: 60, times: 60 }, /the same again and again, and was asked again/],
  [
    "tells times past the end",
    { kind: "drift", factor: 4 },
    /times that cannot be true, and was asked again/,
  ],
  [
    "tells times that nobody can read",
    { kind: "bad-times", text: "soon" },
    /cannot be true, and was asked again/,
  ],
];

describe.each(both)("$model by $api", ({ api, route, path, model }) => {
  const argv = ["transcribe", "talk.mp3", "--api", api, "-m", model];
  const run = (...options: readonly string[]) => service.run([...argv, ...options], { files });
  const way = { api, route, path };

  test.each(passing)("when it %s once: the right words, and a warning", async (_, fault, warning) => {
    service.emulator.faults.add(route, fault);
    const { exitCode, stdout } = await run("--timestamps", "segment", "-f", "json");
    const { text, warnings, complete, usage, segments } = JSON.parse(stdout);
    expect({ exitCode, text: oneSpace(text), complete }).toEqual({
      exitCode: 0,
      text: spoken,
      complete: true,
    });
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(usage.requests).toBe(2);
    expect(segments.at(-1).end).toBeLessThanOrEqual(21.2);
    expect(asked(way)).toBe(2);
  });

  test("when it loops twice: exit 8, and what was said stands once", async () => {
    service.emulator.faults.add(route, { kind: "loop", keep: 60, times: 60 }, 2);
    const { exitCode, stdout } = await run("--timestamps", "segment", "-f", "json");
    const { text, warnings, complete } = JSON.parse(stdout);
    expect({ exitCode, complete }).toEqual({ exitCode: 8, complete: false });
    expect(text.split("Good morning").length).toBeLessThan(5);
    expect(warnings.at(-1)).toContain("said the same again and again");
  });

  test("when it says nothing twice: exit 8", async () => {
    service.emulator.faults.add(route, { kind: "empty" }, 2);
    expect(await run()).toMatchObject({ exitCode: 8, stdout: "" });
    expect(asked(way)).toBe(2);
  });

  test.each([
    { kind: "drift", factor: 4 },
    { kind: "bad-times", text: "-1:30" },
  ] satisfies Fault[])(
    "when its times cannot be true twice: the right words, and warnings (%j)",
    async (fault) => {
      service.emulator.faults.add(route, fault, 2);
      const { exitCode, stdout } = await run("--timestamps", "segment", "-f", "json");
      const { text, warnings, segments } = JSON.parse(stdout);
      expect({ exitCode, text: oneSpace(text) }).toEqual({ exitCode: 0, text: spoken });
      expect(warnings.length).toBeGreaterThan(1);
      for (const { start, end } of segments) expect(Math.max(start ?? 0, end ?? 0)).toBeLessThanOrEqual(21.2);
    },
  );

  test("when it is blocked: exit 7, and nothing is printed", async () => {
    service.emulator.faults.add(route, { kind: "block", reason: "SAFETY" });
    expect(await run()).toMatchObject({ exitCode: 7, stdout: "" });
    expect(asked(way)).toBe(1);
  });

  test("when it stops at its limit: exit 8, and what came is there", async () => {
    service.emulator.faults.add(route, { kind: "finish", reason: "MAX_TOKENS", keep: 120 });
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(8);
    expect(spoken.startsWith(oneSpace(stdout))).toBe(true);
    expect(stdout.length).toBeGreaterThan(60);
  });
});

describe.each(ways)("printed as it arrives by $api", ({ api, route, path }) => {
  const argv = ["transcribe", "talk.mp3", "--api", api, "-m", generalModel];
  const run = (...options: readonly string[]) => service.run([...argv, ...options], { files });
  const lines = ["[00:00:00]", "[00:00:05]", "[00:00:12]", "[00:00:15]"];

  test("a loop that stands on stdout cannot be taken back: exit 8, asked once", async () => {
    service.emulator.faults.add(route, { kind: "loop", keep: 60, times: 60 });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(8);
    expect(stderr).toContain("said the same again and again");
    expect(asked({ api, route, path })).toBe(1);
  });

  test("segments from the first impossible time on are held back, and told as the second answer has them", async () => {
    service.emulator.faults.add(route, { kind: "drift", factor: 4 });
    const { exitCode, stdout } = await run("--timestamps", "segment");
    expect(exitCode).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(11)),
    ).toEqual(dialogueTurns);
  });

  test("segments that broke off go on behind those that were printed", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 400 });
    const { exitCode, stdout } = await run("--timestamps", "segment", "--diarize");
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toEqual(
      dialogueTurns.map((turn, index) => `${lines[index]} Speaker ${(index % 2) + 1}: ${turn}`),
    );
  });

  test("segments that are other ones the second time end with exit 8", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 400 });
    const said = {
      language: "en",
      segments: [{ start: "0:00", end: "0:05", language: "en", text: "Else." }],
    };
    service.emulator.faults.add(route, { kind: "say", text: JSON.stringify(said) });
    const { exitCode, stdout, stderr } = await run("--timestamps", "segment");
    expect(exitCode).toBe(8);
    expect(stdout).not.toContain("Else.");
    expect(stderr).toContain("does not agree with what was printed");
  });

  test("a summary stands behind them", async () => {
    const { exitCode, stdout } = await run("--summary", "--diarize");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Speaker 1: Good morning.*\n\nSummary: The recording: /s);
  });
});

test("a transcription model that told neither times nor speakers is not taken for complete", async () => {
  service.emulator.faults.add("generate", { kind: "no-words" }, 2);
  const { exitCode, stdout, stderr } = await service.run(["transcribe", "talk.mp3", "--diarize"], { files });
  expect(exitCode).toBe(8);
  expect(oneSpace(stdout)).toBe(spoken);
  expect(stderr).toContain("the model told neither times nor speakers");
});
