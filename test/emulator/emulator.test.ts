import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { askJson, beginUpload, mebibyte, post, startUpload, transfer, uploadWhole } from "./client.ts";

const service = useEmulator({ leavesFiles: true });
const path = "/v1beta/models/gemini-3.8-flash:generateContent";

function send(route: string, init: RequestInit = {}) {
  return askJson(service, route, init);
}

function askModel(parts: readonly object[], generationConfig: object = {}, route = path) {
  return post(service, route, { contents: [{ parts }], generationConfig });
}

function inline(name: string, mimeType: string) {
  return { inlineData: { data: Buffer.from(fixture(name)).toString("base64"), mimeType } };
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
    const { status: answered, json } = await send(route, init);
    expect(answered).toBe(status);
    expect(json.error.message).toEqual(expect.any(String));
  });

  test("a request without any key is told apart from one with a wrong key", async () => {
    const response = await fetch(`${service.emulator.url}/v1beta/models`);
    expect(response.status).toBe(403);
    const wrong = await send("/v1beta/models", { headers: { "x-goog-api-key": "wrong" } });
    expect(wrong.json.error.details[0].reason).toBe("API_KEY_INVALID");
  });

  test.each<readonly [string, object, object]>([
    ["a MIME type that is not audio", inline("dialogue.mp3", "application/octet-stream"), {}],
    ["a MIME type that the audio page does not have", inline("dialogue.mp3", "audio/mpeg"), {}],
    ["M4A", inline("dialogue.m4a", "audio/mp4"), {}],
    ["content that is not what its type says", inline("dialogue.flac", "audio/wav"), {}],
    ["base64 that is none", { inlineData: { data: "a?b", mimeType: "audio/wav" } }, {}],
    ["minimal thinking", { text: "x" }, { thinkingConfig: { thinkingLevel: "minimal" } }],
    ["a longer answer than the model gives", { text: "x" }, { maxOutputTokens: 65_537 }],
    ["a budget that no model has", { text: "x" }, { thinkingConfig: { thinkingBudget: 32_769 } }],
    ["a schema without the MIME type", { text: "x" }, { responseJsonSchema: { type: "object" } }],
    [
      "a schema with a reference",
      { text: "x" },
      { responseMimeType: "application/json", responseJsonSchema: { $ref: "#/x" } },
    ],
  ])("%s: 400", async (_, part, config) => {
    expect(await askModel([part], config)).toMatchObject({
      status: 400,
      json: { error: { status: "INVALID_ARGUMENT" } },
    });
  });

  test("to be told nothing: 400", async () => {
    const contents = [{ parts: [{ text: "x" }] }];
    const told = async (text: string) =>
      (await post(service, path, { contents, systemInstruction: { parts: [{ text }] } })).status;
    expect([await told(""), await told("Be brief.")]).toEqual([400, 200]);
  });

  test("a request above 20 MB: 400", async () => {
    const { status, json } = await askModel([{ text: "x".repeat(20_000_000) }]);
    expect(status).toBe(400);
    expect(json.error.message).toContain("payload size");
  });

  test("a file that is still PROCESSING: 400; one that is gone: 403", async () => {
    const { file } = await uploadWhole(service, fixture("dialogue.wav"));
    const part = { fileData: { fileUri: file.uri, mimeType: "audio/wav" } };
    expect(await askModel([part])).toMatchObject({
      status: 400,
      json: { error: { status: "FAILED_PRECONDITION" } },
    });
    await send(`/v1beta/${file.name}`, { method: "DELETE" });
    expect(await askModel([part])).toMatchObject({ status: 403 });
  });
});

describe("resumable uploads", () => {
  test("a file arrives in chunks, is described, listed and deleted", async () => {
    const bytes = new Uint8Array(9 * mebibyte).fill(7);
    const { headers } = await beginUpload(service, bytes.length, {
      name: "files/my-file",
      displayName: "mine",
      mimeType: "audio/mp3",
    });
    const url = headers.get("x-goog-upload-url") ?? "";
    expect(headers.get("x-goog-upload-chunk-granularity")).toBe(String(8 * mebibyte));
    const chunk = { command: "upload", body: bytes.subarray(0, 8 * mebibyte) };
    expect((await transfer(service, url, chunk)).state).toBe("active");
    const query = await transfer(service, url, { command: "query" });
    expect(query.received).toBe(8 * mebibyte);
    const rest = { offset: 8 * mebibyte, body: bytes.subarray(8 * mebibyte) };
    const last = await transfer(service, url, { command: "upload, finalize", ...rest });
    expect(last.state).toBe("final");
    expect(last.file).toMatchObject({
      name: "files/my-file",
      displayName: "mine",
      mimeType: "audio/mp3",
      sizeBytes: String(bytes.length),
      state: "PROCESSING",
      uri: `${service.emulator.url}/v1beta/files/my-file`,
    });
    expect((await send("/v1beta/files")).json.files).toHaveLength(1);
    expect((await send("/v1beta/files/my-file", { method: "DELETE" })).status).toBe(200);
    expect((await send("/v1beta/files")).json).toEqual({});
  });

  test.each([
    ["a chunk that is no multiple of the granularity", "upload", 0, 1_000],
    ["an offset that does not follow", "upload, finalize", 5, 2_000],
    ["fewer bytes than announced", "upload, finalize", 0, 1_999],
    ["more bytes than announced", "upload, finalize", 0, 2_001],
    ["an unknown command", "send", 0, 2_000],
  ])("%s: 400", async (_, command, offset, length) => {
    const url = await startUpload(service, 2_000);
    const body = new Uint8Array(length);
    expect((await transfer(service, url, { command, offset, body })).status).toBe(400);
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
    expect((await beginUpload(service, length, file)).status).toBe(400);
  });

  test("a name that is taken: 409", async () => {
    await uploadWhole(service, fixture("dialogue.wav"), { name: "files/taken" });
    expect((await beginUpload(service, 1, { name: "files/taken" })).status).toBe(409);
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
    const { json } = await askModel([inline("dialogue.wav", "audio/wav")], {
      responseMimeType: "application/json",
      responseJsonSchema: schema,
    });
    const answered = JSON.parse(json.candidates[0].content.parts[0].text);
    expect(answered.segments[1]).toEqual({
      content: expect.stringContaining("two ferries"),
      start: 5.876,
      end: "00:11.570",
      emotion: "happy",
    });
    expect(json.usageMetadata.promptTokensDetails[0]).toEqual({
      modality: "AUDIO",
      tokenCount: Math.ceil(21.139 * 25),
    });
  });

  test("the output limit cuts the answer, and says so", async () => {
    const { json } = await askModel([inline("dialogue.wav", "audio/wav")], { maxOutputTokens: 34 });
    expect(json.candidates[0].content.parts[0].text).toHaveLength(40);
    expect(json.candidates[0].finishReason).toBe("MAX_TOKENS");
    expect(json.usageMetadata).toMatchObject({ candidatesTokenCount: 10, thoughtsTokenCount: 24 });
  });

  test("the output limit holds what is thought too, which may be all of it", async () => {
    const thought = await askModel([inline("dialogue.wav", "audio/wav")], { maxOutputTokens: 10 });
    expect(thought.json.candidates[0]).toEqual({ finishReason: "MAX_TOKENS", index: 0 });
    expect(thought.json.usageMetadata).toMatchObject({ candidatesTokenCount: 0, thoughtsTokenCount: 10 });
    const unthinking = { maxOutputTokens: 10, thinkingConfig: { thinkingBudget: 0 } };
    const { json } = await askModel([inline("dialogue.wav", "audio/wav")], unthinking);
    expect(json.candidates[0].content.parts[0].text).toHaveLength(40);
  });

  test("sound that it cannot recognise gets an answer that says so, silence gets nothing", async () => {
    const wav = Buffer.from(fixture("dialogue.wav"));
    const noise = Buffer.concat([wav.subarray(0, 44), wav.subarray(60)]);
    const silent = Buffer.concat([wav.subarray(0, 44), Buffer.alloc(wav.length - 44, 128)]);
    const textOf = async (bytes: Buffer) => {
      const { json } = await askModel([
        { inlineData: { data: bytes.toString("base64"), mimeType: "audio/wav" } },
      ]);
      return json.candidates[0].content?.parts[0].text ?? "";
    };
    expect(await textOf(noise)).toContain("cannot tell what is said");
    expect(await textOf(silent)).toBe("");
  });

  test("countTokens counts what generateContent counts", async () => {
    const contents = [{ parts: [inline("dialogue.wav", "audio/wav"), { text: "Hello" }] }];
    const count = (body: object, name = "gemini-3.8-flash") =>
      post(service, `/v1beta/models/${name}:countTokens`, body);
    expect((await count({ contents })).json.totalTokens).toBe(529 + 2);
    const systemInstruction = { parts: [{ text: "Be brief" }] };
    const generateContentRequest = { model: "models/gemini-3.8-flash", contents, systemInstruction };
    expect((await count({ generateContentRequest })).json.totalTokens).toBe(529 + 4);
    expect((await count({ contents, systemInstruction })).status).toBe(400);
    expect((await count({ generateContentRequest }, "gemini-2.5-pro")).status).toBe(400);
    expect((await count({ contents }, "gemini-3.5-transcribe")).status).toBe(404);
  });
});
