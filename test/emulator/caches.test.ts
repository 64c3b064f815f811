import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { toneWav } from "../support/tone.ts";
import { askJson, post } from "./client.ts";
import { base64 } from "./recordings.ts";

const service = useEmulator();
const model = "gemini-2.5-flash";
const talk = toneWav({ seconds: 66, speakers: 1, seed: 3 }).bytes;
const contents = [{ parts: [{ inlineData: { data: base64(talk), mimeType: "audio/wav" } }] }];
const cache = { model: `models/${model}`, contents, ttl: "60s" };
const question = { contents: [{ parts: [{ text: "Transcribe this" }] }] };
const create = (body: object) => post(service, "/v1beta/cachedContents", body);
const generate = (body: object, by = model) => post(service, `/v1beta/models/${by}:generateContent`, body);
const at = (name: string, method: string) => askJson(service, `/v1beta/${name}`, { method });

test("what is cached is heard by requests that name it, and counted as cached, until it is deleted", async () => {
  const { status, json } = await create(cache);
  expect(status).toBe(200);
  const tokens = 66 * 32;
  expect(json).toMatchObject({ model: `models/${model}`, usageMetadata: { totalTokenCount: tokens } });
  const { name } = json;
  expect((await at(name, "GET")).json).toEqual(json);
  const cached = await generate({ ...question, cachedContent: name });
  const whole = await generate({
    contents: [{ parts: [...(contents[0]?.parts ?? []), { text: "Transcribe this" }] }],
  });
  expect(cached.json.candidates).toEqual(whole.json.candidates);
  const { cachedContentTokenCount, promptTokenCount } = cached.json.usageMetadata;
  expect(cachedContentTokenCount).toBe(tokens);
  expect(promptTokenCount).toBe(whole.json.usageMetadata.promptTokenCount);
  expect(whole.json.usageMetadata.cachedContentTokenCount).toBeUndefined();

  const systemInstruction = { parts: [{ text: "Be brief" }] };
  expect((await generate({ ...question, cachedContent: name, systemInstruction })).status).toBe(400);
  expect((await generate({ ...question, cachedContent: name }, "gemini-3.8-flash")).status).toBe(400);
  expect((await at(name, "DELETE")).status).toBe(200);
  for (const refused of [
    at(name, "DELETE"),
    at(name, "GET"),
    generate({ ...question, cachedContent: name }),
  ]) {
    expect((await refused).json.error).toMatchObject({
      code: 403,
      message: "CachedContent not found (or permission denied)",
    });
  }
});

test("a cache is gone when its time is over", async () => {
  const { json } = await create({ ...cache, ttl: "0.001s" });
  expect((await generate({ ...question, cachedContent: json.name })).status).toBe(403);
});

test.each([
  ["too little", { ...cache, contents: question.contents }, 400],
  ["enough for another model only", { ...cache, model: "models/gemini-3.8-flash" }, 400],
  ["the model that transcribes", { ...cache, model: "models/gemini-3.5-transcribe" }, 404],
  ["an unknown model", { ...cache, model: "models/gemini-9" }, 404],
  ["a bare model", { ...cache, model }, 400],
  ["no time", { ...cache, ttl: "0s" }, 400],
  ["a time in another form", { ...cache, ttl: "1m" }, 400],
  ["what it does not know", { ...cache, generationConfig: {} }, 400],
])("%s is refused", async (_name, body, status) => {
  expect((await create(body)).status).toBe(status);
});
