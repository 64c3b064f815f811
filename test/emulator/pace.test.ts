import { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { Timing } from "./pace.ts";
import { base64, recordings, silentWav } from "./recordings.ts";

const service = useEmulator();
const tones = base64(recordings.tones.bytes);
const models = "/v1beta/models";
const contents = [{ parts: [{ inlineData: { data: tones, mimeType: "audio/wav" } }] }];
const input = [{ type: "audio", data: tones, mime_type: "audio/wav" }];

/** 30 seconds of audio take 0.6, after 0.3. */
const pace = { realTime: 50, latencyMs: 300 };

/** When the first and the last of an answer come, in milliseconds. */
async function timesOf(route: string, body: object) {
  const started = performance.now();
  const response = await fetch(`${service.emulator.url}${route}`, {
    method: "POST",
    headers: { "x-goog-api-key": sentinelKey },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  const times: number[] = [];
  for await (const _ of response.body ?? []) times.push(performance.now() - started);
  return { first: times[0] ?? 0, last: times.at(-1) ?? 0, count: times.length };
}

describe("an answer takes its latency and the time of its audio", () => {
  test.each<readonly [string, string, object]>([
    ["generateContent", `${models}/gemini-3.8-flash:generateContent`, { contents }],
    ["a transcription model", `${models}/gemini-3.5-transcribe:generateContent`, { contents }],
    ["an interaction", "/v1beta/interactions", { model: "gemini-3.8-flash", store: false, input }],
    [
      "its transcription model",
      "/v1beta/interactions",
      { model: "gemini-3.5-transcribe", store: false, input },
    ],
  ])("in one piece, by %s", async (_, route, body) => {
    service.emulator.setPace(pace);
    expect((await timesOf(route, body)).first).toBeGreaterThan(890);
    service.emulator.setPace(null);
    expect((await timesOf(route, body)).last).toBeLessThan(800);
  });

  test.each<readonly [string, string, object]>([
    ["streamGenerateContent", `${models}/gemini-3.8-flash:streamGenerateContent?alt=sse`, { contents }],
    [
      "an interaction",
      "/v1beta/interactions",
      { model: "gemini-3.8-flash", store: false, stream: true, input },
    ],
  ])("in a stream, spread over the time of the audio, by %s", async (_, route, body) => {
    service.emulator.setPace(pace);
    const { first, last, count } = await timesOf(route, body);
    expect(first).toBeGreaterThan(290);
    expect(last).toBeGreaterThan(890);
    expect(last - first).toBeGreaterThan(300);
    expect(count).toBeGreaterThan(3);
  });

  test("a stream of one event has it at the end", async () => {
    service.emulator.setPace({ realTime: 20, latencyMs: 0 });
    const quiet = { inlineData: { data: base64(silentWav(10)), mimeType: "audio/wav" } };
    const route = `${models}/gemini-3.8-flash:streamGenerateContent?alt=sse`;
    expect((await timesOf(route, { contents: [{ parts: [quiet] }] })).first).toBeGreaterThan(490);
  });
});

describe("a timing", () => {
  const request = { method: "POST" } as never;

  test("counts from the request's arrival: what took long since then is not added", async () => {
    const timing = new Timing(
      { realTime: 60, latencyMs: 300_000 },
      { arrivedMs: performance.now() - 500_000, seconds: 6_000 },
    );
    expect(await timing.reach(1, new ServerResponse(request))).toBe(true);
  });

  test("ends with the connection", async () => {
    const response = new ServerResponse(request);
    const timing = new Timing(
      { realTime: 1, latencyMs: 0 },
      { arrivedMs: performance.now(), seconds: 3_600 },
    );
    const reached = timing.reach(1, response);
    response.destroy();
    response.emit("close");
    expect(await reached).toBe(false);
  });
});
