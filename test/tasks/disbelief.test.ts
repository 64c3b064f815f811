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
    "when its times cannot be true twice: exit 8, the right words, and warnings (%j)",
    async (fault) => {
      service.emulator.faults.add(route, fault, 2);
      const { exitCode, stdout } = await run("--timestamps", "segment", "-f", "json");
      const { text, warnings, segments } = JSON.parse(stdout);
      expect({ exitCode, text: oneSpace(text) }).toEqual({ exitCode: 8, text: spoken });
      expect(warnings.at(-1)).toMatch(/gave times that cannot be true|told no times/);
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

  test.each<Fault>([
    { kind: "drift", factor: 4 },
    { kind: "bad-times", text: "9:99:99" },
  ])("times that are wrong from early on are told as the second answer has them: %j", async (fault) => {
    service.emulator.faults.add(route, fault);
    const { exitCode, stdout } = await run("--timestamps", "segment");
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toEqual(
      dialogueTurns.map((turn, index) => `${lines[index]} ${turn}`),
    );
  });

  test("the same words by another speaker the second time end with exit 8", async () => {
    service.emulator.faults.add(route, { kind: "disconnect", keep: 700 });
    const segments = dialogueTurns.map((text, index) => ({
      start: lines[index]?.slice(4, 9),
      end: "0:21",
      speaker: index === 0 ? "A" : "B",
      language: "en",
      text,
    }));
    const swapped = segments.map((segment) => ({ ...segment, speaker: "A" }));
    service.emulator.faults.add(route, {
      kind: "say",
      text: JSON.stringify({ language: "en", segments: swapped }),
    });
    const { exitCode, stderr } = await run("--diarize", "--timestamps", "segment");
    expect(exitCode).toBe(8);
    expect(stderr).toContain("does not agree with what was printed");
  });

  test("times that stand on stdout cannot be taken back: exit 8 with every word, asked once", async () => {
    const seconds = [0, 6, 3, 9, 14, 59, 58];
    const segments = seconds.map((start, index) => ({
      start: `0:${start}`,
      end: `0:${start + 4}`,
      language: "en",
      text: `Part ${index}.`,
    }));
    service.emulator.faults.add(route, { kind: "say", text: JSON.stringify({ language: "en", segments }) });
    const { exitCode, stdout } = await run("--timestamps", "segment");
    expect(exitCode).toBe(8);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(11)),
    ).toEqual(segments.map(({ text }) => text));
    expect(asked({ api, route, path })).toBe(1);
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
    service.emulator.faults.add(route, { kind: "disconnect", keep: 560 });
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

test("of two answers that cannot be believed, the one that says more is kept", async () => {
  service.emulator.faults.add("generate", { kind: "loop", keep: 250, times: 60 });
  service.emulator.faults.add("generate", { kind: "loop", keep: 20, times: 60 });
  const argv = ["transcribe", "talk.mp3", "-m", generalModel, "-o", "out.txt"];
  const { exitCode, files: after } = await service.run(argv, { files });
  expect(exitCode).toBe(8);
  expect(after.text("out.partial.txt")?.length).toBeGreaterThan(200);
});

test("sounds without speech are an answer", async () => {
  const said = { language: "", segments: [], events: [{ start: "0:01", end: "0:04", label: "birdsong" }] };
  service.emulator.faults.add("generate", { kind: "say", text: JSON.stringify(said) });
  const { exitCode, stdout } = await service.run(["transcribe", "talk.mp3", "--events"], { files });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "[00:00:01] [birdsong]\n" });
});

test("what is asked twice is paid twice, each at its own price", async () => {
  service.emulator.faults.add("generate", { kind: "empty" });
  const argv = ["transcribe", "talk.mp3", "-m", generalModel, "--json", "--timestamps", "none"];
  const now = Date.parse("2026-11-20");
  const twice = JSON.parse((await service.run(argv, { files, now })).stdout);
  const once = JSON.parse((await service.run(argv, { files, now })).stdout);
  expect(twice.usage.requests).toBe(2);
  expect(twice.usage.input_tokens).toBe(2 * once.usage.input_tokens);
  expect(twice.cost_usd).toBeGreaterThan(once.cost_usd);
  expect(twice.cost_usd).toBeLessThan(2 * once.cost_usd);
});

test("nothing is asked again that --max-cost does not allow", async () => {
  service.emulator.faults.add("generate", { kind: "empty" });
  const argv = ["transcribe", "talk.mp3", "--max-cost", "0.002"];
  expect(await service.run(argv, { files })).toMatchObject({ exitCode: 8 });
  expect(service.emulator.requests).toHaveLength(1);
});

test("a transcription model that told neither times nor speakers is not taken for complete", async () => {
  service.emulator.faults.add("generate", { kind: "no-words" }, 2);
  const { exitCode, stdout, stderr } = await service.run(["transcribe", "talk.mp3", "--diarize"], { files });
  expect(exitCode).toBe(8);
  expect(oneSpace(stdout)).toBe(spoken);
  expect(stderr).toContain("the model told no speakers");
});
