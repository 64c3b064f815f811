import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { askModel } from "../../src/gemini/ask-model.ts";
import type { ModelEvent, ModelRequest } from "../../src/gemini/model.ts";
import type { Api } from "../../src/invocation.ts";
import { inlinePart } from "../support/inline-part.ts";
import {
  all,
  events,
  expectNothingPrinted,
  fakeService,
  general,
  json,
  key,
  transcription,
} from "./fake-service.ts";

expectNothingPrinted();

const { signal } = new AbortController();

/** How each API tells the same. */
interface Dialect {
  readonly api: Api;
  readonly streamPath: string;
  readonly wholePath: string;
  readonly text: (text: string) => unknown;
  readonly thought: (text: string) => unknown;
  readonly end: (how: "complete" | "truncated") => unknown;
  readonly whole: (text: string) => unknown;
}

const dialects: readonly Dialect[] = [
  {
    api: "generate",
    streamPath: "/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse",
    wholePath: "/v1beta/models/gemini-3.5-transcribe:generateContent",
    text: (text) => ({ candidates: [{ content: { parts: [{ text }], role: "model" } }] }),
    thought: (text) => ({ candidates: [{ content: { parts: [{ text, thought: true }], role: "model" } }] }),
    end: (how) => ({
      candidates: [{ content: {}, finishReason: how === "complete" ? "STOP" : "MAX_TOKENS" }],
      usageMetadata: {
        promptTokenCount: 30,
        promptTokensDetails: [
          { modality: "TEXT", tokenCount: 5 },
          { modality: "AUDIO", tokenCount: 25 },
        ],
        candidatesTokenCount: 7,
        thoughtsTokenCount: 3,
        cachedContentTokenCount: 2,
        totalTokenCount: 40,
      },
    }),
    whole: (text) => ({
      candidates: [{ content: { parts: [{ audioTranscription: { text } }] }, finishReason: "STOP" }],
    }),
  },
  {
    api: "interactions",
    streamPath: "/v1beta/interactions",
    wholePath: "/v1beta/interactions",
    text: (text) => ({ event_type: "step.delta", index: 0, delta: { type: "text", text } }),
    thought: (text) => ({
      event_type: "step.delta",
      index: 0,
      delta: { type: "thought_summary", content: { type: "text", text } },
    }),
    end: (how) => ({
      event_type: "interaction.completed",
      interaction: {
        id: "i",
        status: how === "complete" ? "completed" : "incomplete",
        usage: {
          total_input_tokens: 30,
          input_tokens_by_modality: [
            { modality: "text", tokens: 5 },
            { modality: "audio", tokens: 25 },
          ],
          total_output_tokens: 7,
          total_thought_tokens: 3,
          total_cached_tokens: 2,
          total_tokens: 40,
        },
      },
    }),
    whole: (text) => ({
      id: "i",
      status: "completed",
      steps: [{ type: "model_output", content: [{ type: "text", text }] }],
    }),
  },
];

const usage = {
  kind: "usage",
  usage: {
    inputTokens: 30,
    audioTokens: 25,
    outputTokens: 7,
    thoughtTokens: 3,
    cachedTokens: 2,
    totalTokens: 40,
    requests: 1,
  },
};
const complete = { kind: "end", reason: { kind: "complete" } };
const said = (text: string) => ({ kind: "text", text });

describe.each(dialects)("by $api", ({ api, streamPath, wholePath, text, thought, end, whole }) => {
  const ask = (client: Parameters<typeof askModel>[0], request: ModelRequest = general) =>
    askModel(client, { api, request }, signal);

  test("what a model thinks, says and used is told as it comes", async () => {
    const { client, sent, requests } = await fakeService([
      events([thought("Hm."), text("It "), text("is Ann."), end("complete")]),
    ]);
    expect(await all(ask(client))).toEqual([
      { kind: "thought", text: "Hm." },
      said("It "),
      said("is Ann."),
      usage,
      complete,
    ]);
    expect(sent).toMatchObject([{ method: "POST", path: streamPath }]);
    expect(sent[0]?.headers.get("x-goog-api-key")).toBe(key);
    expect(requests[0]).toMatch(
      /^POST https:\/\/generativelanguage\.googleapis\.com\/v1beta\/.* 200 after 0 ms$/,
    );
  });

  test("a model that transcribes is asked for all at once", async () => {
    const { client, sent } = await fakeService([json(whole("It is Ann."))]);
    expect(await all(ask(client, transcription))).toEqual([said("It is Ann."), complete]);
    expect(sent).toMatchObject([{ path: wholePath }]);
  });

  test("audio of its own arrives in its place", async () => {
    const audios = [randomBytes(200_000), randomBytes(1)];
    const parts = [
      inlinePart(audios[0] ?? Buffer.of(), "audio/flac"),
      { kind: "text", text: '"data":"gaudio-audio-0"' },
      inlinePart(audios[1] ?? Buffer.of()),
    ] as const;
    const { client, sent } = await fakeService([events([text("So."), end("complete")])]);
    await all(ask(client, { ...general, parts }));
    const { body = "", headers } = sent[0] ?? {};
    const data = [...body.matchAll(/"data":"([^"]*)"/g)].map(([, one]) => one);
    expect(data.map((one) => one?.length)).toEqual(audios.map((one) => 4 * Math.ceil(one.length / 3)));
    expect(data.every((one, index) => one === audios[index]?.toString("base64"))).toBe(true);
    expect(JSON.parse(body)).toBeTypeOf("object");
    expect(headers?.get("content-length")).toBe(String(Buffer.byteLength(body)));
  });

  test("an answer at the output limit is truncated", async () => {
    const { client } = await fakeService([events([text("It"), end("truncated")])]);
    expect((await all(ask(client))).at(-1)).toEqual({ kind: "end", reason: { kind: "truncated" } });
  });

  test("an answer that breaks off is asked for again, and begins anew", async () => {
    const { client } = await fakeService(
      [
        events([text("It")]),
        events([text("It i")], { ending: "break" }),
        events([text("It is"), end("complete")]),
      ],
      { retries: 2 },
    );
    const restart = { kind: "restart" };
    expect(await all(ask(client))).toEqual([
      said("It"),
      restart,
      said("It i"),
      restart,
      said("It is"),
      usage,
      complete,
    ]);
  });

  test("one that breaks off for good ends cut, and tells how often it was tried", async () => {
    const { client } = await fakeService([events([text("It")]), new TypeError("fetch failed")], {
      retries: 1,
    });
    expect((await all(ask(client))).at(-1)).toMatchObject({
      kind: "end",
      reason: { kind: "cut", failure: { message: expect.stringContaining("tried 2 times") } },
    });
  });

  test.each([408, 429, 500, 503, 504])(
    "a %d is tried again as often as we say, and no more",
    async (status) => {
      const refusal = () => json({ error: { code: status, message: "later" } }, { status });
      const { client, sent } = await fakeService([refusal, refusal, refusal], { retries: 2 });
      await expect(all(ask(client))).rejects.toMatchObject({
        message: `asking the model: later (${status}); tried 3 times`,
        kind: "service",
      });
      expect(sent).toHaveLength(3);
      const once = await fakeService([refusal]);
      await expect(all(ask(once.client))).rejects.toMatchObject({
        message: `asking the model: later (${status})`,
      });
    },
  );

  test.each([400, 401, 403, 404, 409, 501])("a %d is not tried again", async (status) => {
    const { client, sent } = await fakeService(
      [json({ error: { code: status, message: "no" } }, { status })],
      {
        retries: 3,
      },
    );
    await expect(all(ask(client))).rejects.toMatchObject({ message: `asking the model: no (${status})` });
    expect(sent).toHaveLength(1);
  });

  test("a broken connection is tried again as often as we say", async () => {
    const broken = new TypeError("fetch failed", {
      cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
    });
    const { client, sent } = await fakeService([broken, broken], { retries: 1 });
    await expect(all(ask(client, transcription))).rejects.toMatchObject({
      message: "asking the model: reset (ECONNRESET); tried 2 times",
    });
    expect(sent).toHaveLength(2);
  });

  test("the wait that the service asks for is kept", async () => {
    const busy = json({ error: { message: "later" } }, { status: 429, headers: { "Retry-After": "7" } });
    const { client, slept } = await fakeService([busy, events([text("So."), end("complete")])], {
      retries: 1,
    });
    await all(ask(client));
    expect(slept).toEqual([7_000]);
  });

  test.each([
    ["text/html", "<html>Bad Gateway</html>", "the service gave no reason"],
    ["application/json", "Bad Gateway", "Bad Gateway"],
    ["text/plain", '{"error":{"code":502,"message":"no way"}}', "no way"],
    ["application/json", "", "the service gave no reason"],
  ])("a refusal as %s of %j can be read", async (type, body, message) => {
    const refusal = new Response(body, { status: 502, headers: { "Content-Type": type } });
    const { client } = await fakeService([refusal]);
    await expect(all(ask(client))).rejects.toMatchObject({
      message: `asking the model: ${message} (502)`,
      retryable: true,
    });
  });

  test("the key is in nothing that a refusal leaves behind", async () => {
    const refusal = json({ error: { code: 400, message: `bad ${key}` } }, { status: 400 });
    const { client } = await fakeService([refusal]);
    const failure: unknown = await all(ask(client)).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ message: "asking the model: bad *** (400)" });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain(key);
  });

  test("what is no answer at all makes no sense", async () => {
    for (const type of ["application/json", "text/html"]) {
      const { client } = await fakeService([new Response("{", { headers: { "Content-Type": type } })]);
      await expect(all(ask(client, transcription))).rejects.toMatchObject({
        kind: "service",
        retryable: false,
      });
    }
  });

  test.each([general, transcription])("a $kind request that hangs ends with the run", async (request) => {
    const run = new AbortController();
    const { client, sent } = await fakeService([hang]);
    const asking = all(askModel(client, { api, request }, run.signal));
    await expect.poll(() => sent.length).toBe(1);
    run.abort(new Error("stopped"));
    await expect(asking).rejects.toThrow("stopped");
  });

  test.each([general, transcription])(
    "a $kind request that hangs ends by the limit of silence",
    async (request) => {
      const { client } = await fakeService([hang], { timeoutMs: 20 });
      await expect(all(askModel(client, { api, request }, signal))).rejects.toMatchObject({
        message: "the service was silent for 0.02 s",
        retryable: true,
      });
    },
  );

  test("an answer that falls silent ends cut, and at once with the run", async () => {
    const run = new AbortController();
    const { client } = await fakeService([silentAfter(text("It")), silentAfter(text("It"))], {
      timeoutMs: 20,
    });
    expect((await all(ask(client))).at(-1)).toMatchObject({
      reason: { kind: "cut", failure: { message: "the service was silent for 0.02 s" } },
    });
    const told = askModel({ ...client, timeoutMs: 5_000 }, { api, request: general }, run.signal);
    await told.next();
    const next = told.next();
    run.abort(new Error("stopped"));
    await expect(next).rejects.toThrow("stopped");
  });

  test("whoever stops reading ends the request", async () => {
    let isCancelled = false;
    const { client, sent } = await fakeService([
      silentAfter(text("It"), () => {
        isCancelled = true;
      }),
    ]);
    for await (const _ of ask(client)) break;
    expect(isCancelled).toBe(true);
    expect(sent[0]?.signal?.aborted).toBe(true);
  });

  test("a base address with a path is kept", async () => {
    const { client, sent } = await fakeService([events([text("So."), end("complete")])], {
      env: { GOOGLE_GEMINI_BASE_URL: "https://proxy.example.com/gemini/" },
    });
    await all(ask(client));
    expect(sent[0]?.path).toBe(`/gemini${streamPath}`);
  });
});

/** Never answers. */
function hang({ signal: stop }: { readonly signal: AbortSignal | null }): Promise<never> {
  return new Promise((_, reject) => stop?.addEventListener("abort", () => reject(stop.reason)));
}

function silentAfter(told: unknown, onCancel = () => {}): Response {
  const start = (controller: ReadableStreamDefaultController) =>
    controller.enqueue(Buffer.from(`data: ${JSON.stringify(told)}\n\n`));
  return new Response(new ReadableStream({ start, cancel: onCancel }), {
    headers: { "Content-Type": "text/event-stream" },
  });
}

test("an attempt that broke off before anything came is no answer", async () => {
  const empty = { candidates: [{ content: { parts: [] } }] };
  const { client } = await fakeService([events([empty], { ending: "break" })]);
  const told: AsyncGenerator<ModelEvent> = askModel(client, { api: "generate", request: general }, signal);
  await expect(all(told)).rejects.toMatchObject({ kind: "service" });
});
