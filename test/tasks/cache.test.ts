import { describe, expect, test } from "vitest";
import type { Fault } from "../emulator/faults.ts";
import type { Circumstances } from "../support/memory-world.ts";
import { useEmulator } from "../support/service.ts";
import { toneWav } from "../support/tone.ts";

// It caches from 64 seconds on.
const model = "gemini-2.5-flash";
const service = useEmulator({ model });
const { bytes, words } = toneWav({ seconds: 66, speakers: 2, seed: 5 });
const files = { "talk.wav": bytes };
const audioTokens = 66 * 32;
const three = ["--question", "Who?", "--question", "Why?", "--question", "When?"];
const now = Date.parse("2026-11-20");

function ask(...argv: readonly string[]) {
  return service.run(["ask", "talk.wav", "--compress", "never", "-v", ...argv], { files, now });
}

const madeOf = (path: string) => service.emulator.requests.filter(({ url }) => url.includes(path));
const bodiesOf = (path: string) =>
  madeOf(path).flatMap(({ body, method }) => (method === "POST" ? JSON.parse(body) : []));

test("questions are put to one cache, which is deleted afterwards", async () => {
  const { exitCode, stdout, stderr } = await ask(
    ...three,
    "--cache",
    "10:00",
    "--system",
    "Be kind.",
    "--json",
  );
  expect(exitCode).toBe(0);
  const [cached, ...others] = bodiesOf("/cachedContents");
  expect(others).toEqual([]);
  expect(cached).toEqual({
    model: `models/${model}`,
    ttl: "600s",
    contents: [
      { role: "user", parts: [{ fileData: { fileUri: expect.any(String), mimeType: "audio/wav" } }] },
    ],
    systemInstruction: { role: "user", parts: [{ text: "Be kind." }] },
  });
  const asked = bodiesOf("streamGenerateContent");
  expect(asked).toHaveLength(3);
  for (const body of asked) {
    expect(body.cachedContent).toMatch(/^cachedContents\//);
    expect(body.systemInstruction).toBeUndefined();
    expect(body.contents).toEqual([{ role: "user", parts: [{ text: expect.any(String) }] }]);
  }
  expect(madeOf("/upload/v1beta/files").filter(({ url }) => !url.includes("upload_id"))).toHaveLength(1);
  expect(madeOf("/cachedContents/").map(({ method }) => method)).toEqual(["DELETE"]);
  const { answers, usage, cost_usd } = JSON.parse(stdout);
  expect(answers).toHaveLength(3);
  expect(answers[0].text.replaceAll("\n", " ")).toContain(words[0]?.text ?? "?");
  const kept = audioTokens + 3;
  expect(usage).toMatchObject({ cached_tokens: 3 * kept, requests: 3 });
  // Text is three times cheaper than audio, and what the cache holds cheaper than both.
  const text = usage.input_tokens - 3 * kept;
  const output = usage.output_tokens + usage.thought_tokens;
  const answered = (3 * kept * 0.1 + text * 0.3 + output * 2.5) / 1e6;
  const made = (audioTokens / 1e6) * (1 + 1 / 6);
  expect(cost_usd).toBeCloseTo(answered + made, 5);
  expect(stderr).toMatch(/cached for 0:10:00: costs about \$0\.002464, saves about \$0\.003238\n/);
});

test("without --cache, nothing is cached", async () => {
  expect((await ask(...three)).exitCode).toBe(0);
  expect(madeOf("/cachedContents")).toEqual([]);
});

test.each([
  ["one question", ["--question", "Who?"], "not cached: it would pay from 2 questions on, and there is 1"],
  ["a short part", [...three, "--end", "20"], "not cached: they are some 640 tokens"],
  [
    "a long time",
    [...three, "--cache", "10h"],
    "not cached: it would pay from 13 questions on, and there are 3",
  ],
  ["a model that does not tell", [...three, "-m", "gemini-2.5-pro"], "no price for caching is known"],
])("%s does not pay, and -v says so", async (_name, argv, reason) => {
  const { exitCode, stderr } = await ask("--cache", "600", ...argv);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(reason);
  expect(madeOf("/cachedContents")).toEqual([]);
});

test("what is sent within the request is cached from there, too", async () => {
  const { exitCode } = await ask(...three, "--cache", "600", "--delivery", "inline");
  expect(exitCode).toBe(0);
  expect(bodiesOf("/cachedContents")[0].contents[0].parts).toEqual([
    { inlineData: { data: Buffer.from(bytes).toString("base64"), mimeType: "audio/wav" } },
  ]);
  expect(madeOf("/upload/")).toEqual([]);
});

test("a chat keeps its recordings in one, and goes on without it when its time is over", async () => {
  const chat = (lifetime: string) => {
    const circumstances: Circumstances = { files, stdin: Buffer.from("Who?\nWhy?\n") };
    const argv = ["chat", "talk.wav", "--compress", "never", "-v", "--cache", lifetime];
    return service.run(argv, circumstances);
  };
  const kept = await chat("600");
  expect(kept.exitCode).toBe(0);
  expect(kept.stderr).toContain("pays from 2 questions on");
  const [first, second] = bodiesOf("streamGenerateContent");
  expect(first.cachedContent).toBe(second.cachedContent);
  expect(second.contents.map(({ role }: { role: string }) => role)).toEqual(["user", "model", "user"]);
  const over = await chat("0.001");
  expect({ exitCode: over.exitCode, stdout: over.stdout }).toEqual({ exitCode: 0, stdout: kept.stdout });
  expect(over.stderr).toContain("the cache is gone: asking without it");
  const withoutIt = bodiesOf("streamGenerateContent")
    .slice(2)
    .filter((body) => body.cachedContent === undefined);
  expect(withoutIt).toHaveLength(2);
  expect(withoutIt[0].contents[0].parts[0].fileData).toBeDefined();
});

describe("a cache that cannot be had is gone without", () => {
  const refused = (status: number, message: string): Fault => ({
    kind: "status",
    status,
    body: JSON.stringify({ error: { code: status, message, status: "RESOURCE_EXHAUSTED" } }),
  });

  test.each([
    [
      429,
      "TotalCachedContentStorageTokensPerModelFreeTier limit exceeded for model: limit=0, requested=2114",
    ],
    [400, "Cached content is too small. total_token_count=2114, min_total_token_count=4096"],
  ])("refused with %i", async (status, message) => {
    service.emulator.faults.add("caches.create", refused(status, message));
    const { exitCode, stderr } = await ask(...three, "--cache", "600");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning: the recordings are asked about without a cache: caching: ");
    expect(bodiesOf("streamGenerateContent").map((body) => body.cachedContent)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test("one that cannot be deleted is told of, and deleted by the next run", async () => {
  service.emulator.faults.add("caches.delete", refusedDelete);
  const env = { XDG_STATE_HOME: "/state" };
  const first = await service.run(["ask", "talk.wav", "--compress", "never", ...three, "--cache", "600"], {
    files,
    env,
  });
  expect(first.exitCode).toBe(0);
  expect(first.stderr).toMatch(/warning: cachedContents\/\w+ is still on the service/);
  expect(service.emulator.cacheNames()).toHaveLength(1);
  const entries = Object.fromEntries(first.files.entries);
  const next = await service.run(["files", "upload", "talk.wav", "-v", "--end", "2"], {
    files: entries,
    env,
    processId: 2_000,
  });
  expect(next.stderr).toMatch(/deleted cachedContents\/\w+, which an earlier run had left/);
  expect(service.emulator.cacheNames()).toEqual([]);
  expect((await service.run(["files", "delete", "--all"])).exitCode).toBe(0);
});

const refusedDelete: Fault = { kind: "status", status: 500, body: "{}" };

test("the Interactions API knows no explicit caches: exit 2", async () => {
  const { exitCode, stderr } = await ask(...three, "--cache", "600", "--api", "interactions");
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining("--cache and --api interactions contradict each other"),
  });
  expect(service.emulator.requests).toEqual([]);
});
