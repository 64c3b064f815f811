import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";

const service = useEmulator({ leavesFiles: true });
const path = "/v1beta/models/gemini-3.8-flash:generateContent";
const mebibyte = 1024 * 1024;

async function send(route: string, init: RequestInit = {}) {
  const response = await fetch(`${service.emulator.url}${route}`, {
    ...init,
    headers: { "x-goog-api-key": sentinelKey, ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

function ask(parts: readonly object[], generationConfig: object = {}, route = path) {
  return send(route, { method: "POST", body: JSON.stringify({ contents: [{ parts }], generationConfig }) });
}

function inline(name: string, mimeType: string) {
  return { inlineData: { data: Buffer.from(fixture(name)).toString("base64"), mimeType } };
}

async function start(length: number, file: object = {}, headers: Record<string, string> = {}) {
  return send("/upload/v1beta/files", {
    method: "POST",
    headers: {
      "x-goog-upload-protocol": "resumable",
      "x-goog-upload-command": "start",
      "x-goog-upload-header-content-length": String(length),
      "x-goog-upload-header-content-type": "audio/wav",
      ...headers,
    },
    body: JSON.stringify({ file }),
  });
}

async function transfer(url: string | null, command: string, offset: number, body: Uint8Array | null = null) {
  const response = await fetch(url ?? "", {
    method: "POST",
    headers: { "x-goog-upload-command": command, "x-goog-upload-offset": String(offset) },
    body,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

async function uploadWhole(bytes: Uint8Array, file: object = {}) {
  const { headers } = await start(bytes.length, file);
  return transfer(headers.get("x-goog-upload-url"), "upload, finalize", 0, bytes);
}

describe("it refuses what the service refuses", () => {
  test.each<readonly [string, string, RequestInit, number]>([
    ["a wrong version", "/v1/models", {}, 404],
    ["no key", "/v1beta/models", { headers: { "x-goog-api-key": "" } }, 400],
    ["a wrong key", "/v1beta/models", { headers: { "x-goog-api-key": "wrong" } }, 400],
    ["a file that is not there", "/v1beta/files/none", {}, 403],
    ["a file that is not there, to delete", "/v1beta/files/none", { method: "DELETE" }, 403],
    ["too large a page", "/v1beta/files?pageSize=101", {}, 400],
    ["an unknown model", "/v1beta/models/gemini-2.0-flash", {}, 404],
    ["an unknown method", "/v1beta/models/gemini-3.8-flash:sing", { method: "POST", body: "{}" }, 404],
    ["a body that is no JSON", path, { method: "POST", body: "{" }, 400],
    [
      "an unknown field",
      path,
      { method: "POST", body: '{"contents":[{"parts":[{"text":"x"}]}],"contnets":1}' },
      400,
    ],
    ["an upload session that is none", "/upload/v1beta/files?upload_id=x", { method: "POST" }, 404],
  ])("%s", async (_, route, init, status) => {
    const { status: answered, body } = await send(route, init);
    expect(answered).toBe(status);
    expect(body.error.message).toEqual(expect.any(String));
  });

  test("a request without any key is told apart from one with a wrong key", async () => {
    const response = await fetch(`${service.emulator.url}/v1beta/models`);
    expect(response.status).toBe(403);
    const wrong = await send("/v1beta/models", { headers: { "x-goog-api-key": "wrong" } });
    expect(wrong.body.error.details[0].reason).toBe("API_KEY_INVALID");
  });

  test.each<readonly [string, object, object]>([
    ["a MIME type that is not audio", inline("dialogue.mp3", "application/octet-stream"), {}],
    ["a MIME type that the audio page does not have", inline("dialogue.mp3", "audio/mpeg"), {}],
    ["M4A", inline("dialogue.m4a", "audio/mp4"), {}],
    ["content that is not what its type says", inline("dialogue.flac", "audio/wav"), {}],
    ["base64 that is none", { inlineData: { data: "a?b", mimeType: "audio/wav" } }, {}],
    ["minimal thinking", { text: "x" }, { thinkingConfig: { thinkingLevel: "minimal" } }],
    ["a schema without the MIME type", { text: "x" }, { responseJsonSchema: { type: "object" } }],
    [
      "a schema with a reference",
      { text: "x" },
      { responseMimeType: "application/json", responseJsonSchema: { $ref: "#/x" } },
    ],
  ])("%s: 400", async (_, part, config) => {
    expect(await ask([part], config)).toMatchObject({
      status: 400,
      body: { error: { status: "INVALID_ARGUMENT" } },
    });
  });

  test("a request above 20 MB: 400", async () => {
    const { status, body } = await ask([{ text: "x".repeat(20_000_000) }]);
    expect(status).toBe(400);
    expect(body.error.message).toContain("payload size");
  });

  test("a file that is still PROCESSING: 400; one that is gone: 403", async () => {
    const { body } = await uploadWhole(fixture("dialogue.wav"));
    const part = { fileData: { fileUri: body.file.uri, mimeType: "audio/wav" } };
    expect(await ask([part])).toMatchObject({
      status: 400,
      body: { error: { status: "FAILED_PRECONDITION" } },
    });
    await send(`/v1beta/${body.file.name}`, { method: "DELETE" });
    expect(await ask([part])).toMatchObject({ status: 403 });
  });
});

describe("resumable uploads", () => {
  test("a file arrives in chunks, is described, listed and deleted", async () => {
    const bytes = new Uint8Array(9 * mebibyte).fill(7);
    const { headers } = await start(bytes.length, {
      name: "files/my-file",
      displayName: "mine",
      mimeType: "audio/mp3",
    });
    const url = headers.get("x-goog-upload-url");
    expect(headers.get("x-goog-upload-chunk-granularity")).toBe(String(8 * mebibyte));
    const first = await transfer(url, "upload", 0, bytes.subarray(0, 8 * mebibyte));
    expect(first.headers.get("x-goog-upload-status")).toBe("active");
    const query = await transfer(url, "query", 0);
    expect(query.headers.get("x-goog-upload-size-received")).toBe(String(8 * mebibyte));
    const last = await transfer(url, "upload, finalize", 8 * mebibyte, bytes.subarray(8 * mebibyte));
    expect(last.headers.get("x-goog-upload-status")).toBe("final");
    expect(last.body.file).toMatchObject({
      name: "files/my-file",
      displayName: "mine",
      mimeType: "audio/mp3",
      sizeBytes: String(bytes.length),
      state: "PROCESSING",
      uri: `${service.emulator.url}/v1beta/files/my-file`,
    });
    expect((await send("/v1beta/files")).body.files).toHaveLength(1);
    expect((await send("/v1beta/files/my-file", { method: "DELETE" })).status).toBe(200);
    expect((await send("/v1beta/files")).body).toEqual({});
  });

  test.each([
    ["a chunk that is no multiple of the granularity", "upload", 0, 1_000],
    ["an offset that does not follow", "upload, finalize", 5, 2_000],
    ["fewer bytes than announced", "upload, finalize", 0, 1_999],
    ["more bytes than announced", "upload, finalize", 0, 2_001],
    ["an unknown command", "send", 0, 2_000],
  ])("%s: 400", async (_, command, offset, length) => {
    const { headers } = await start(2_000);
    const answer = await transfer(headers.get("x-goog-upload-url"), command, offset, new Uint8Array(length));
    expect(answer.status).toBe(400);
  });

  test.each([
    ["no length", Number.NaN, {}],
    ["an empty file", 0, {}],
    ["more than 2 GB", 2_000_000_001, {}],
    ["a name with capitals", 1, { name: "files/Mine" }],
    ["a name of 41 characters", 1, { name: `files/${"a".repeat(41)}` }],
    ["a name that ends in a dash", 1, { name: "files/mine-" }],
    ["an unknown field", 1, { path: "/home/me/talk.wav" }],
  ])("%s: 400", async (_, length, file) => {
    expect((await start(length, file)).status).toBe(400);
  });

  test("a name that is taken: 409", async () => {
    await uploadWhole(fixture("dialogue.wav"), { name: "files/taken" });
    expect((await start(1, { name: "files/taken" })).status).toBe(409);
  });
});

describe("answers", () => {
  test("a schema's own names are filled, in its form of times", async () => {
    const schema = {
      type: "object",
      properties: {
        summary: { type: "string" },
        segments: {
          type: "array",
          items: {
            type: "object",
            properties: {
              content: { type: "string" },
              start: { type: "number" },
              end: { type: "string" },
              emotion: { type: "string", enum: ["neutral", "happy"] },
            },
          },
        },
      },
    };
    const { body } = await ask([inline("dialogue.wav", "audio/wav")], {
      responseMimeType: "application/json",
      responseJsonSchema: schema,
    });
    const answered = JSON.parse(body.candidates[0].content.parts[0].text);
    expect(answered.segments[1]).toEqual({
      content: expect.stringContaining("two ferries"),
      start: 5.876,
      end: "00:11.570",
      emotion: "happy",
    });
    expect(body.usageMetadata.promptTokensDetails[0]).toEqual({
      modality: "AUDIO",
      tokenCount: Math.ceil(21.139 * 25),
    });
  });

  test("the output limit cuts the answer, and says so", async () => {
    const { body } = await ask([inline("dialogue.wav", "audio/wav")], { maxOutputTokens: 10 });
    expect(body.candidates[0].content.parts[0].text).toHaveLength(40);
    expect(body.candidates[0].finishReason).toBe("MAX_TOKENS");
  });

  test("sound that it cannot recognise gets an answer that says so, silence gets nothing", async () => {
    const wav = Buffer.from(fixture("dialogue.wav"));
    const noise = Buffer.concat([wav.subarray(0, 44), wav.subarray(60)]);
    const silent = Buffer.concat([wav.subarray(0, 44), Buffer.alloc(wav.length - 44, 128)]);
    const textOf = async (bytes: Buffer) => {
      const { body } = await ask([{ inlineData: { data: bytes.toString("base64"), mimeType: "audio/wav" } }]);
      return body.candidates[0].content?.parts[0].text ?? "";
    };
    expect(await textOf(noise)).toContain("cannot tell what is said");
    expect(await textOf(silent)).toBe("");
  });

  test("countTokens counts what generateContent counts", async () => {
    const { body } = await ask(
      [inline("dialogue.wav", "audio/wav"), { text: "Hello" }],
      {},
      path.replace("generateContent", "countTokens"),
    );
    expect(body.totalTokens).toBe(529 + 2);
  });
});
