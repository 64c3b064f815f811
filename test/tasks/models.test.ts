import { expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { runInMemory } from "../support/memory-world.ts";
import { useEmulator } from "../support/service.ts";

const service = useEmulator();
const files = { "talk.mp3": fixture("dialogue.mp3") };
const now = Date.parse("2026-11-20");

test("gaudio models prints what the models cost today, and since when it knows that", async () => {
  const { exitCode, stdout, stderr } = await runInMemory(["models"], { now });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^gemini-3\.8-flash +general +\$0\.75 +\$0\.75 +\$3\.75 +\$0\.068$/m);
  expect(stdout).toContain("prices of 2026-11-20");
});

test("--refresh asks the service which of them the key can use, over all pages", async () => {
  const { exitCode, stdout } = await service.run(["models", "--refresh"], { now });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^gemini-3\.5-transcribe +transcription +\$0\.003\/min .* yes$/m);
  const { models } = JSON.parse((await service.run(["models", "--refresh", "--json"], { now })).stdout);
  expect(models.every(({ available }: { available: boolean }) => available)).toBe(true);
  service.emulator.faults.add("models.list", {
    kind: "status",
    status: 200,
    body: '{"models":[{"name":"models/gemini-9","supportedGenerationMethods":["generateContent"]}]}',
  });
  const other = JSON.parse((await service.run(["models", "--refresh", "--json"], { now })).stdout).models;
  const available = other.filter((model: { available: boolean }) => model.available);
  expect(available).toMatchObject([{ name: "gemini-9", prices: [], source: "not in the table" }]);
});

test("--refresh with a key that is refused exits with 4", async () => {
  expect(await service.run(["models", "--refresh"], { env: { GEMINI_API_KEY: "wrong" } })).toMatchObject({
    exitCode: 4,
  });
});

test("the transcription model's limits and price by the minute are told", async () => {
  const { stdout } = await runInMemory(["models", "--json"], { now });
  const found = JSON.parse(stdout).models.find(({ kind }: { kind: string }) => kind === "transcription");
  expect(found).toMatchObject({
    name: "gemini-3.5-transcribe",
    default: true,
    available: null,
    longest_recording: { text: 3_600, words: 1_800 },
    thinking: [],
    apis: ["generate", "interactions"],
    prices: [{ unit: "minute", input: 0.003, output: 0.002 }],
  });
});

test("prices change by date, and what nobody knows is null", async () => {
  const pricesOf = async (today: number, name: string) => {
    const { stdout } = await runInMemory(["models", "--json"], { now: today });
    return JSON.parse(stdout).models.find((model: { name: string }) => model.name === name).prices;
  };
  expect(await pricesOf(now, "gemini-3.8-flash")).toMatchObject([{ audio_input: 0.75, until: "2026-12-31" }]);
  expect(await pricesOf(Date.parse("2027-01-01"), "gemini-3.8-flash")).toMatchObject([{ audio_input: 1.5 }]);
  expect(await pricesOf(now, "gemini-2.5-pro")).toMatchObject([
    { above_prompt_tokens: 0, output: 10 },
    { above_prompt_tokens: 200_000, output: 15 },
  ]);
});

test("GAUDIO_MODEL is asked unless -m names another", async () => {
  const plan = async (env: Record<string, string>, ...options: string[]) => {
    const argv = ["transcribe", "talk.mp3", "--dry-run", "--json", ...options];
    return runInMemory(argv, { files, env });
  };
  const own = { GAUDIO_MODEL: "gemini-2.5-flash" };
  expect(JSON.parse((await plan(own)).stdout).model).toBe("gemini-2.5-flash");
  expect(JSON.parse((await plan(own, "-m", "gemini-2.5-pro")).stdout).model).toBe("gemini-2.5-pro");
  expect(JSON.parse((await plan({ GAUDIO_MODEL: "" })).stdout).model).toBe("gemini-3.5-transcribe");
  expect(JSON.parse((await plan({ GAUDIO_MODEL: "auto" })).stdout).model).toBe("gemini-3.5-transcribe");
  const odd = await plan({ GAUDIO_MODEL: "../x" });
  expect(odd).toMatchObject({ exitCode: 2 });
  expect(odd.stderr).toContain("GAUDIO_MODEL is not the name of a model");
});

test.each([
  [["--max-cost", "0.0000001"], "it would cost about $0.00"],
  [["--max-cost", "100", "-m", "gemini-9"], "nobody knows what gemini-9 costs"],
])("%j exits with 9, and nothing is sent", async (options, message) => {
  const { exitCode, stderr } = await service.run(["transcribe", "talk.mp3", ...options], { files });
  expect(exitCode).toBe(9);
  expect(stderr).toContain(`talk.mp3: ${message}`);
  expect(service.emulator.requests).toEqual([]);
});

test("what costs less than --max-cost is sent", async () => {
  const argv = ["transcribe", "talk.mp3", "--max-cost", "0.01"];
  expect(await service.run(argv, { files })).toMatchObject({ exitCode: 0 });
});
