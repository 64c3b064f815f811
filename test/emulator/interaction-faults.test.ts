import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { ask, eventsIn, post, uploadWhole } from "./client.ts";
import type { Fault } from "./faults.ts";
import { recordings } from "./recordings.ts";

/** Every fault of a generated answer strikes the Interactions API too, in its own form. */
const service = useEmulator({ leavesFiles: true });
const path = "/v1beta/interactions";
const audio = { type: "audio", data: recordings.dialogue, mime_type: "audio/wav" };
const speech = { model: "gemini-3.8-flash", store: false, input: [audio] };
const transcription = { ...speech, model: "gemini-3.5-transcribe" };

const create = (body: object = speech) => post(service, path, body);
const send = (body: object, init: RequestInit = {}) =>
  fetch(`${service.emulator.url}${path}`, {
    method: "POST",
    headers: { "x-goog-api-key": sentinelKey },
    body: JSON.stringify(body),
    ...init,
  });

async function stream(body: object = speech) {
  const whole = JSON.stringify({ ...body, stream: true });
  return eventsIn((await ask(service, path, { method: "POST", body: whole })).text).map(({ data }) => data);
}

function strike(fault: Fault, times = 1): void {
  service.emulator.faults.add("interactions", fault, times);
}

const textOf = (events: readonly { delta?: { type: string; text: string } }[]) =>
  events.map(({ delta }) => (delta?.type === "text" ? delta.text : "")).join("");

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = Date.now();
  await work();
  return Date.now() - started;
}

describe("before and after an answer", () => {
  test("status: as it is given, headers and all", async () => {
    const body = '{"error":{"code":"rate_limit_exceeded","message":"Slow down."}}';
    strike({ kind: "status", status: 429, body, headers: { "retry-after": "7" } });
    const { status, headers, json } = await create();
    expect([status, headers.get("retry-after"), json]).toEqual([429, "7", JSON.parse(body)]);
  });

  test.each<readonly [Fault]>([
    [{ kind: "reset", when: { at: "before" } }],
    [{ kind: "reset", when: { at: "during", bytes: 1_000 } }],
    [{ kind: "reset", when: { at: "after" } }],
    [{ kind: "disconnect", keep: 0 }],
    [{ kind: "disconnect", keep: 50 }],
  ])("%o breaks the connection", async (fault) => {
    strike(fault);
    await expect(create()).rejects.toThrow();
  });

  test.each<readonly [Fault]>([[{ kind: "hang" }], [{ kind: "lost-answer" }]])(
    "%o answers nothing",
    async (fault) => {
      strike(fault);
      await expect(send(speech, { signal: AbortSignal.timeout(500) })).rejects.toThrow(/timeout/);
    },
  );

  test("silence: the answer comes late", async () => {
    await create();
    strike({ kind: "silence", ms: 200 });
    expect(await timeOf(create)).toBeGreaterThan(195);
  });

  test("slow: there is a pause between the events", async () => {
    const events = await stream();
    strike({ kind: "slow", pauseMs: 30 });
    expect(await timeOf(stream)).toBeGreaterThan((events.length - 1) * 29);
  });

  test("expired: the file is gone", async () => {
    const { file } = await uploadWhole(service, fixture("dialogue.wav"));
    const body = { ...speech, input: [{ type: "audio", uri: file.uri, mime_type: "audio/wav" }] };
    await expect.poll(async () => (await create(body)).status).toBe(200);
    strike({ kind: "expired" });
    const { status, json } = await create(body);
    expect([status, json.error.code]).toEqual([403, "permission_denied"]);
    expect(service.emulator.fileNames()).toEqual([]);
  });
});

describe("within a stream", () => {
  test("silent-end: it ends without interaction.completed", async () => {
    strike({ kind: "silent-end", keep: 100 });
    const events = await stream();
    expect(textOf(events)).toHaveLength(100);
    expect(events.at(-1).event_type).toBe("step.delta");
  });

  test("stream-error: it ends with an error", async () => {
    strike({ kind: "stream-error", keep: 100, code: 503, status: "UNAVAILABLE", message: "Overloaded." });
    const events = await stream();
    expect(textOf(events)).toHaveLength(100);
    const error = { code: "service_unavailable", message: "Overloaded." };
    expect(events.at(-1)).toEqual({ event_type: "error", error });
  });

  test.each([
    ["MAX_TOKENS", "incomplete"],
    ["OTHER", "failed"],
    ["STOP", "completed"],
  ])("finish by %s: it is %s", async (reason, status) => {
    strike({ kind: "finish", reason, keep: 100 });
    const events = await stream();
    expect(textOf(events)).toHaveLength(100);
    expect(events.at(-2).interaction.status).toBe(status);
  });

  test.each([
    ["SAFETY", "safety"],
    ["RECITATION", "recitation"],
    ["PROHIBITED_CONTENT", "prohibited_content"],
    ["SPII", "spii"],
    ["BLOCKLIST", "blocklist"],
    ["LANGUAGE", "language"],
  ])("finish by %s: it ends with the error %s", async (reason, code) => {
    strike({ kind: "finish", reason, keep: 100 });
    const events = await stream();
    expect(textOf(events)).toHaveLength(100);
    expect(events.at(-1)).toMatchObject({ event_type: "error", error: { code } });
  });

  test.each([
    ["SAFETY", "safety"],
    ["OTHER", "content_blocked"],
  ])("block by %s: the error %s, and nothing before it", async (reason, code) => {
    strike({ kind: "block", reason });
    const events = await stream();
    expect(events.map(({ event_type }) => event_type)).toEqual([
      "interaction.created",
      "interaction.status_update",
      "error",
    ]);
    expect(events.at(-1).error.code).toBe(code);
  });

  test("say: the model says this instead", async () => {
    strike({ kind: "say", text: "Nothing." });
    expect(textOf(await stream())).toBe("Nothing.");
  });

  test.each<readonly [string, object]>([
    ["a stream", { ...speech, stream: true }],
    ["one piece", speech],
    ["one piece of the transcription model", transcription],
  ])("stall: %s begins, and never ends", async (_, body) => {
    strike({ kind: "stall", keep: 50 });
    const response = await send(body, { signal: AbortSignal.timeout(600) });
    expect(response.status).toBe(200);
    let text = "";
    const read = async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    };
    await expect(read()).rejects.toThrow();
    expect(text).toContain("Good morning");
  });
});

describe("in one piece", () => {
  test.each<readonly [Fault, number, string]>([
    [{ kind: "block", reason: "SAFETY" }, 400, "safety"],
    [{ kind: "block", reason: "OTHER" }, 400, "content_blocked"],
    [{ kind: "finish", reason: "RECITATION", keep: 5 }, 400, "recitation"],
    [
      { kind: "stream-error", keep: 5, code: 429, status: "RESOURCE_EXHAUSTED", message: "Slow." },
      429,
      "rate_limit_exceeded",
    ],
    [{ kind: "stream-error", keep: 5, code: 500, status: "INTERNAL", message: "Oh." }, 500, "api_error"],
  ])("%o: %i %s", async (fault, status, code) => {
    strike(fault, 2);
    for (const body of [speech, transcription]) {
      const answered = await create(body);
      expect([answered.status, answered.json.error.code]).toEqual([status, code]);
    }
  });

  test.each<readonly [Fault, string, number]>([
    [{ kind: "finish", reason: "MAX_TOKENS", keep: 12 }, "incomplete", 12],
    [{ kind: "finish", reason: "MALFORMED_RESPONSE", keep: 12 }, "failed", 12],
    [{ kind: "silent-end", keep: 12 }, "in_progress", 12],
    [{ kind: "say", text: "Nothing." }, "completed", 8],
  ])("%o: %s", async (fault, status, length) => {
    strike(fault, 2);
    for (const body of [speech, transcription]) {
      const { json } = await create(body);
      expect([json.status, json.steps.at(-1).content[0].text.length]).toEqual([status, length]);
    }
  });
});
