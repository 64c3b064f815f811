import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { ask, hashOf, mebibyte, sampleBytes, startUpload, transfer, uploadWhole } from "./client.ts";
import type { Route } from "./faults.ts";

const service = useEmulator({ leavesFiles: true });
const bytes = sampleBytes(20 * mebibyte);
const small = bytes.subarray(0, 1_000);
const model = "/v1beta/models/gemini-3.8-flash";

function generate(part: object, method = "streamGenerateContent?alt=sse") {
  const body = JSON.stringify({ contents: [{ parts: [part] }] });
  return ask(service, `${model}:${method}`, { method: "POST", body });
}

const speech = {
  inlineData: { data: Buffer.from(fixture("dialogue.wav")).toString("base64"), mimeType: "audio/wav" },
};

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = Date.now();
  await work();
  return Date.now() - started;
}

const stateOf = async (name: string) => JSON.parse((await ask(service, `/v1beta/${name}`)).text).state;

test.each<readonly [Route, string, RequestInit]>([
  ["upload.start", "/upload/v1beta/files", { method: "POST", body: "{}" }],
  ["upload.send", "/upload/v1beta/files?upload_id=1", { method: "POST" }],
  [
    "upload.query",
    "/upload/v1beta/files?upload_id=1",
    { method: "POST", headers: { "x-goog-upload-command": "query" } },
  ],
  ["files.get", "/v1beta/files/none", {}],
  ["files.list", "/v1beta/files", {}],
  ["files.delete", "/v1beta/files/none", { method: "DELETE" }],
  ["generate", `${model}:generateContent`, { method: "POST", body: "{}" }],
  ["countTokens", `${model}:countTokens`, { method: "POST", body: "{}" }],
  ["caches.create", "/v1beta/cachedContents", { method: "POST", body: "{}" }],
  ["caches.get", "/v1beta/cachedContents/none", {}],
  ["caches.delete", "/v1beta/cachedContents/none", { method: "DELETE" }],
  ["models.get", model, {}],
  ["models.list", "/v1beta/models", {}],
  ["interactions", "/v1beta/interactions", { method: "POST", body: "{}" }],
])("%s can be refused, with headers, and reset", async (route, path, init) => {
  const { faults } = service.emulator;
  faults.add(route, { kind: "status", status: 429, body: "{}", headers: { "retry-after": "7" } });
  const answered = await ask(service, path, init);
  expect([answered.status, answered.headers.get("retry-after")]).toEqual([429, "7"]);
  faults.add(route, { kind: "reset", when: { at: "before" } });
  await expect(ask(service, path, init)).rejects.toThrow();
});

describe("reset", () => {
  test("before: nothing is read; during: what arrived stays; after: all is done", async () => {
    const url = await startUpload(service, bytes.length);
    const command = "upload, finalize";
    const received = async () => (await transfer(service, url, { command: "query" })).received;
    service.emulator.faults.add("upload.send", { kind: "reset", when: { at: "before" } });
    await expect(transfer(service, url, { command, body: bytes })).rejects.toThrow();
    expect(service.emulator.requests.at(-1)?.bodyBytes).toBe(0);
    expect(await received()).toBe(0);
    const when = { at: "during", bytes: 9_000_000 } as const;
    service.emulator.faults.add("upload.send", { kind: "reset", when });
    await expect(transfer(service, url, { command, body: bytes })).rejects.toThrow();
    expect(service.emulator.requests.at(-1)?.bodyBytes).toBe(9_000_000);
    const offset = await received();
    expect(offset).toBe(8 * mebibyte);
    service.emulator.faults.add("upload.send", { kind: "reset", when: { at: "after" } });
    const body = bytes.subarray(offset);
    await expect(transfer(service, url, { command, offset, body })).rejects.toThrow();
    expect(await transfer(service, url, { command: "query" })).toMatchObject({
      state: "final",
      file: { sha256Hash: hashOf(bytes) },
    });
  });

  test("during, beyond the body's end, breaks there", async () => {
    service.emulator.faults.add("generate", { kind: "reset", when: { at: "during", bytes: 1e9 } });
    await expect(generate(speech)).rejects.toThrow();
  });
});

describe("uploads", () => {
  test.each(["upload", "upload, finalize"])(
    "short-receipt: %s is active, and less arrived",
    async (command) => {
      const body = bytes.subarray(0, 16 * mebibyte);
      const url = await startUpload(service, body.length);
      service.emulator.faults.add("upload.send", { kind: "short-receipt", bytes: 1 });
      const short = await transfer(service, url, { command, body });
      expect(short).toMatchObject({ status: 200, state: "active", received: 8 * mebibyte, file: null });
      const rest = { offset: short.received, body: body.subarray(short.received) };
      const { file } = await transfer(service, url, { command: "upload, finalize", ...rest });
      expect(file.sha256Hash).toBe(hashOf(body));
    },
  );

  test("wrong-size and wrong-hash lie in the answer to finalize alone", async () => {
    service.emulator.faults.add("upload.send", { kind: "wrong-size" });
    service.emulator.faults.add("upload.send", { kind: "wrong-hash" });
    const url = await startUpload(service, bytes.length);
    const offset = 16 * mebibyte;
    await transfer(service, url, { command: "upload", body: bytes.subarray(0, offset) });
    expect(service.emulator.faults.left).toBe(2);
    const last = { command: "upload, finalize", offset, body: bytes.subarray(offset) };
    expect((await transfer(service, url, last)).file.sizeBytes).toBe(String(bytes.length - 1));
    expect((await transfer(service, url, { command: "query" })).file.sizeBytes).toBe(String(bytes.length));
    const { file } = await uploadWhole(service, small);
    expect(file).toMatchObject({ sizeBytes: "1000" });
    expect(file.sha256Hash).not.toBe(hashOf(small));
  });

  test("slow: the body takes its time", async () => {
    service.emulator.faults.add("upload.send", { kind: "slow", bytesPerSecond: 4_000 });
    expect(await timeOf(() => uploadWhole(service, small))).toBeGreaterThan(240);
  });

  test("silence: the answer comes late", async () => {
    service.emulator.faults.add("upload.send", { kind: "silence", ms: 200 });
    expect(await timeOf(() => uploadWhole(service, small))).toBeGreaterThan(195);
  });

  test("lost-answer: it never comes, but a query tells", async () => {
    const url = await startUpload(service, small.length);
    service.emulator.faults.add("upload.send", { kind: "lost-answer" });
    const lost = transfer(service, url, { command: "upload, finalize", body: small });
    lost.catch(() => {});
    await expect.poll(() => service.emulator.fileNames().length).toBe(1);
    expect((await transfer(service, url, { command: "query" })).state).toBe("final");
  });
});

describe("files", () => {
  test("processing: from finalize, or from files.get", async () => {
    service.emulator.faults.add("upload.send", { kind: "processing", ms: 300 });
    const { file } = await uploadWhole(service, small);
    expect(await timeOf(() => expect.poll(() => stateOf(file.name)).toBe("ACTIVE"))).toBeGreaterThan(200);
    service.emulator.faults.add("files.get", { kind: "processing", ms: 300 });
    expect(await stateOf(file.name)).toBe("PROCESSING");
    expect(await stateOf(file.name)).toBe("PROCESSING");
    await expect.poll(() => stateOf(file.name)).toBe("ACTIVE");
  });

  test("file-failed: it turns out FAILED when it would be ACTIVE", async () => {
    const { file } = await uploadWhole(service, small);
    service.emulator.faults.add("files.get", { kind: "file-failed" });
    expect(await stateOf(file.name)).toBe("PROCESSING");
    await expect.poll(() => stateOf(file.name)).toBe("FAILED");
  });

  test.each<readonly [Route]>([["files.get"], ["generate"]])(
    "expired, by %s: 403 from now on",
    async (route) => {
      const { file } = await uploadWhole(service, fixture("dialogue.wav"));
      await expect.poll(() => stateOf(file.name)).toBe("ACTIVE");
      service.emulator.faults.add(route, { kind: "expired" });
      const get = () => ask(service, `/v1beta/${file.name}`);
      const use = () => generate({ fileData: { fileUri: file.uri } });
      expect((await (route === "generate" ? use() : get())).status).toBe(403);
      expect([(await get()).status, (await use()).status]).toEqual([403, 403]);
      expect(service.emulator.fileNames()).toEqual([]);
    },
  );
});

describe("generate", () => {
  test("stream-error: the stream ends with an error, and without a finish reason", async () => {
    const error = { code: 503, status: "UNAVAILABLE", message: "The model is overloaded." };
    service.emulator.faults.add("generate", { kind: "stream-error", keep: 100, ...error }, 2);
    const { status, text } = await generate(speech);
    expect(status).toBe(200);
    const events = text.trim().split("\r\n\r\n");
    expect(JSON.parse(events.at(-1)?.replace("data: ", "") ?? "")).toEqual({ error });
    const said = events.slice(0, -1).map((event) => JSON.parse(event.replace("data: ", "")));
    expect(said.map(({ candidates }) => candidates[0].content.parts[0].text).join("")).toHaveLength(100);
    expect(text).not.toContain("finishReason");
    expect((await generate(speech, "generateContent")).status).toBe(503);
  });

  test("slow: there is a pause between the chunks", async () => {
    const events = (await generate(speech)).text.trim().split("\r\n\r\n").length;
    service.emulator.faults.add("generate", { kind: "slow", pauseMs: 50 });
    expect(await timeOf(() => generate(speech))).toBeGreaterThan((events - 1) * 49);
  });

  test("silence: the answer comes late, and whole", async () => {
    const { text } = await generate(speech);
    service.emulator.faults.add("generate", { kind: "silence", ms: 200 });
    const answers: string[] = [];
    expect(await timeOf(async () => answers.push((await generate(speech)).text))).toBeGreaterThan(195);
    expect(answers).toEqual([text]);
  });

  test("stall and disconnect: an answer in one piece begins, and is never whole", async () => {
    const send = () =>
      fetch(`${service.emulator.url}${model}:generateContent`, {
        method: "POST",
        headers: { "x-goog-api-key": sentinelKey },
        body: JSON.stringify({ contents: [{ parts: [speech] }] }),
        signal: AbortSignal.timeout(600),
      });
    for (const kind of ["stall", "disconnect"] as const) {
      service.emulator.faults.add("generate", { kind, keep: 50 });
      const response = await send();
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow(kind === "stall" ? /timeout/ : /terminated/);
    }
  });
});
