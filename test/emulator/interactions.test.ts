import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { ask, eventsIn, post, uploadWhole } from "./client.ts";
import { recordings } from "./recordings.ts";

const service = useEmulator({ leavesFiles: true });
const path = "/v1beta/interactions";
const general = "gemini-3.8-flash";
const audio = { type: "audio", data: recordings.dialogue, mime_type: "audio/wav" };

function create(body: object) {
  return post(service, path, { model: general, store: false, ...body });
}

async function stream(body: object) {
  const whole = { model: general, store: false, stream: true, ...body };
  return eventsIn((await ask(service, path, { method: "POST", body: JSON.stringify(whole) })).text);
}

const textIn = (json: { steps: { type: string; content: { text: string }[] }[] }) =>
  json.steps.find(({ type }) => type === "model_output")?.content[0]?.text;

describe("an answer in one piece", () => {
  test("has steps, of which the last says what was heard, and what it used", async () => {
    const { status, headers, json } = await create({ input: [audio, { type: "text", text: "Hello" }] });
    expect([status, headers.get("x-gemini-service-tier")]).toEqual([200, "standard"]);
    expect(json).toMatchObject({
      id: expect.stringMatching(/./),
      object: "interaction",
      status: "completed",
      model: general,
      steps: [
        { type: "thought" },
        { type: "model_output", content: [{ type: "text", text: expect.stringContaining("two ferries") }] },
      ],
    });
    expect(json.usage).toEqual({
      total_input_tokens: 529 + 2,
      input_tokens_by_modality: [
        { modality: "audio", tokens: 529 },
        { modality: "text", tokens: 2 },
      ],
      total_cached_tokens: 0,
      total_output_tokens: Math.ceil((textIn(json)?.length ?? 0) / 4),
      total_thought_tokens: 24,
      total_tokens: 531 + json.usage.total_output_tokens + 24,
    });
  });

  test("fills a schema", async () => {
    const schema = { type: "object", properties: { segments: { type: "array", items: segment } } };
    const response_format = { type: "text", mime_type: "application/json", schema };
    const { json } = await create({ input: [audio], response_format });
    expect(JSON.parse(textIn(json) ?? "").segments[1]).toEqual({ start: "00:05.876", speaker: "Speaker 2" });
  });

  test("stops at the output limit, and is incomplete", async () => {
    const { json } = await create({ input: [audio], generation_config: { max_output_tokens: 34 } });
    expect([json.status, textIn(json)?.length]).toEqual(["incomplete", 40]);
  });

  test("may think until the output limit, and say nothing", async () => {
    const { json } = await create({ input: [audio], generation_config: { max_output_tokens: 10 } });
    expect([json.status, textIn(json) ?? null]).toEqual(["incomplete", null]);
    expect(json.usage).toMatchObject({ total_thought_tokens: 10, total_output_tokens: 0 });
  });

  test("can be about a file that was uploaded", async () => {
    const { file } = await uploadWhole(service, fixture("dialogue.wav"));
    const uploaded = { type: "audio", uri: file.uri, mime_type: "audio/wav" };
    await expect.poll(async () => (await create({ input: [uploaded] })).json.status).toBe("completed");
  });

  test("tells the tier that was asked for", async () => {
    const { headers, json } = await create({ input: "Hello", service_tier: "flex" });
    expect([headers.get("x-gemini-service-tier"), json.service_tier]).toEqual(["flex", "flex"]);
  });
});

const segment = {
  type: "object",
  properties: { start: { type: "string" }, speaker: { type: ["string", "null"] } },
};

describe("a stream", () => {
  test("tells what happens, and ends with what was used", async () => {
    const events = await stream({ input: [audio] });
    const done = events.pop();
    expect(done).toEqual({ name: null, data: "[DONE]" });
    expect(events.map(({ name }) => name)).toEqual(events.map(({ data }) => data.event_type));
    expect(events.map(({ name }) => name).filter((name, index, all) => name !== all[index - 1])).toEqual([
      "interaction.created",
      "interaction.status_update",
      ...["step.start", "step.delta", "step.stop"],
      ...["step.start", "step.delta", "step.stop"],
      "interaction.completed",
    ]);
    const { json } = await create({ input: [audio] });
    const deltas = events.filter(({ data }) => data.delta?.type === "text");
    expect(deltas.map(({ data }) => data.delta.text).join("")).toBe(textIn(json));
    expect(events.at(-1)?.data.interaction).toMatchObject({ status: "completed", usage: json.usage });
  });

  test("is incomplete at the output limit", async () => {
    const events = await stream({ input: [audio], generation_config: { max_output_tokens: 34 } });
    expect(events.at(-2)?.data.interaction.status).toBe("incomplete");
  });
});

describe("what is kept", () => {
  test("is what is not sent with store: false", async () => {
    await create({ input: "Hello" });
    expect(service.emulator.storedInteractions()).toEqual([]);
    const { json } = await create({ input: "Hello", store: undefined });
    expect(service.emulator.storedInteractions()).toEqual([json.id]);
  });

  test("can be gone on from: what was given before counts again", async () => {
    const first = await create({ input: [audio], store: true });
    const second = await create({ input: "And then?", previous_interaction_id: first.json.id });
    expect(textIn(second.json)).toBe(textIn(first.json));
    expect(second.json.usage.total_input_tokens).toBe(529 + 3);
    expect((await create({ input: "x", previous_interaction_id: second.json.id })).status).toBe(400);
  });
});

describe("a general model refuses", () => {
  const format = { type: "text", mime_type: "application/json" };
  const elsewhere = { type: "audio", uri: "https://example.com/talk.wav", mime_type: "audio/wav" };
  test.each<readonly [string, object]>([
    ["no input", { input: undefined }],
    ["an empty input", { input: [] }],
    ["an unknown field", { instruction: "Hello" }],
    ["camel case", { systemInstruction: "Hello" }],
    ["both a file and bytes", { input: [{ ...audio, uri: "files/x" }] }],
    ["a video", { input: [{ ...audio, type: "video" }] }],
    ["bytes that are not what their type says", { input: [{ ...audio, mime_type: "audio/flac" }] }],
    ["an unknown type", { input: [{ ...audio, mime_type: "application/octet-stream" }] }],
    ["a bare schema", { response_format: { type: "object", properties: {} } }],
    ["a schema without its MIME type", { response_format: { type: "text", schema: {} } }],
    ["a reference", { response_format: { ...format, schema: { $ref: "#/x" } } }],
    ["minimal thinking", { generation_config: { thinking_level: "minimal" } }],
    ["a longer answer than the model gives", { generation_config: { max_output_tokens: 65_537 } }],
    ["to be told nothing", { system_instruction: "" }],
    ["a thinking budget", { generation_config: { thinking_budget: 0 } }],
    ["a level, where there are none", { model: "gemini-2.5-flash", ...thinking("low") }],
    ["to transcribe", { generation_config: { transcription_config: {} } }],
    ["an unknown tier", { service_tier: "fast" }],
    ["an unknown threshold", { safety_settings: [{ type: "harassment", threshold: "BLOCK_NONE" }] }],
    ["an unknown harm", { safety_settings: [{ type: "noise", threshold: "off" }] }],
    ["to go on from nothing", { previous_interaction_id: "v1_none" }],
  ])("%s", async (_, body) => {
    const { status, json } = await create({ input: "Hello", ...body });
    expect([status, json]).toEqual([
      400,
      { error: { code: "invalid_request", message: expect.any(String) } },
    ]);
  });

  test.each<readonly [string, object, number, string]>([
    ["an unknown model", { model: "gemini-2.0-flash" }, 404, "model_not_found"],
    ["a file that is not there", { input: [elsewhere] }, 403, "permission_denied"],
  ])("%s", async (_, body, status, code) => {
    const answered = await create({ input: "Hello", ...body });
    expect([answered.status, answered.json.error.code]).toEqual([status, code]);
  });

  test.each([
    ["no key", ""],
    ["a wrong key", "wrong"],
  ])("%s", async (_, key) => {
    const headers = { "x-goog-api-key": key };
    const { status, text } = await ask(service, path, { method: "POST", body: "{}", headers });
    expect([status, JSON.parse(text).error.code]).toEqual([401, "authentication"]);
  });

  test("another address", async () => {
    const { status, text } = await ask(service, `${path}/v1_none`);
    expect([status, JSON.parse(text).error.code]).toEqual([404, "not_found"]);
  });
});

function thinking(thinking_level: string) {
  return { generation_config: { thinking_level } };
}

test.each(["low", "medium", "high"])("thinking level %s is taken", async (level) => {
  const safety_settings = [{ type: "dangerous_content", threshold: "block_none" }];
  const config = { ...thinking(level).generation_config, temperature: 1, seed: 5 };
  const body = {
    input: "Hello",
    system_instruction: "Be brief.",
    generation_config: config,
    safety_settings,
  };
  expect((await create(body)).status).toBe(200);
});
