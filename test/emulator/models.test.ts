import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { ask } from "./client.ts";

const service = useEmulator();
const path = "/v1beta/models";

async function get(route: string) {
  return JSON.parse((await ask(service, route)).text);
}

test.each([
  ["gemini-3.8-flash", ["generateContent", "countTokens", "createCachedContent"]],
  ["gemini-3.5-transcribe", ["generateContent"]],
])("%s is described, with what it can be asked", async (name, supportedGenerationMethods) => {
  expect(await get(`${path}/${name}`)).toMatchObject({ name: `models/${name}`, supportedGenerationMethods });
});

test("the models are listed, page by page if that is wanted", async () => {
  const all = await get(path);
  expect(Object.keys(all)).toEqual(["models"]);
  const first = await get(`${path}?pageSize=4`);
  expect(first.models).toHaveLength(4);
  const rest = await get(`${path}?pageSize=4&pageToken=${first.nextPageToken}`);
  expect(rest).toEqual({ models: all.models.slice(4) });
});

test.each(["pageSize=0", "pageSize=1001", "pageSize=x", "pageToken=x"])("%s: 400", async (query) => {
  expect((await ask(service, `${path}?${query}`)).status).toBe(400);
});
