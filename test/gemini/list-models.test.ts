import { expect, test } from "vitest";
import { listModels } from "../../src/gemini/list-models.ts";
import { expectNothingPrinted, fakeService, json } from "./fake-service.ts";

expectNothingPrinted();

const { signal } = new AbortController();
const flash = {
  name: "models/gemini-3.8-flash",
  version: "001",
  displayName: "Gemini 3.8 Flash",
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  supportedGenerationMethods: ["generateContent", "countTokens"],
};

test("every page is asked for, and read", async () => {
  const { client, sent } = await fakeService([
    json({ models: [flash], nextPageToken: "two" }),
    json({ models: [{ name: "models/odd" }], nextPageToken: "two" }),
  ]);
  expect(await listModels(client, signal)).toEqual([
    {
      name: "gemini-3.8-flash",
      displayName: "Gemini 3.8 Flash",
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      methods: ["generateContent", "countTokens"],
    },
    { name: "odd", displayName: null, inputTokenLimit: null, outputTokenLimit: null, methods: [] },
  ]);
  expect(sent.map(({ path }) => path)).toEqual([
    "/v1beta/models?pageSize=1000",
    "/v1beta/models?pageSize=1000&pageToken=two",
  ]);
});

test("no models are no failure", async () => {
  const { client } = await fakeService([json({})]);
  expect(await listModels(client, signal)).toEqual([]);
});

test("what fails in passing is tried again, and what is refused is not", async () => {
  const refusal = (code: number) => json({ error: { code, message: "no" } }, { status: code });
  const passing = await fakeService([refusal(503), json({ models: [flash] })], { retries: 1 });
  expect(await listModels(passing.client, signal)).toHaveLength(1);
  const final = await fakeService([refusal(404)], { retries: 1 });
  await expect(listModels(final.client, signal)).rejects.toMatchObject({
    kind: "service",
    message: "listing models: no (404)",
  });
});

test("a model without a name makes no sense", async () => {
  const { client } = await fakeService([json({ models: [{ displayName: "?" }] })]);
  await expect(listModels(client, signal)).rejects.toMatchObject({ kind: "service", retryable: false });
});
