import { describe, expect, test } from "vitest";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { apis, sayOf, wordsOf } from "./both-apis.ts";
import { post, uploadWhole } from "./client.ts";
import { askedAgain, type LoggedQuestion, secondsAsked } from "./question-log.ts";
import { base64, recordings } from "./recordings.ts";

/** What the emulator tells afterwards of the questions that models were asked. */
const service = useEmulator({ leavesFiles: true });
const { bytes, words } = recordings.tones;
const texts = words.map(({ text }) => text);
const path = "/v1beta/models/gemini-3.5-transcribe:generateContent";
const inline = { inlineData: { data: base64(bytes), mimeType: "audio/wav" } };
const askAbout = (part: object, config: object = {}) =>
  post(service, path, {
    contents: [{ parts: [part] }],
    generationConfig: { audioTranscriptionConfig: config },
  });

test.each(apis)("by %s: the model, the audio's length and words, the fault, the outcome", async (api) => {
  await wordsOf(service, api, { kind: "no-words" });
  expect(service.emulator.questions).toEqual([
    {
      ...{ route: api, model: "gemini-3.5-transcribe", seconds: 30, words: texts },
      fault: { kind: "no-words" },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      ...{ outcome: "answered", arrivedMs: expect.any(Number), endedMs: expect.any(Number) },
    },
  ]);
  expect(secondsAsked(service.emulator.questions)).toBe(30);
});

test("the digest is the same for the same question, wherever its audio lies, and no other's", async () => {
  const { file } = await uploadWhole(service, bytes);
  await expect.poll(async () => (await askAbout({ fileData: { fileUri: file.uri } })).status).toBe(200);
  await askAbout(inline);
  await askAbout(inline, { wordTimestamp: true });
  const [uploaded, same, other] = service.emulator.questions.map(({ digest }) => digest);
  expect(same).toBe(uploaded);
  expect(other).not.toBe(same);
  expect(askedAgain(service.emulator.questions).map(({ digest }) => digest)).toEqual([same]);
});

describe("what became of a question", () => {
  const outcomes = () => service.emulator.questions.map(({ outcome }) => outcome);
  const askUntil = (signal: AbortSignal) =>
    fetch(`${service.emulator.url}${path}`, {
      method: "POST",
      headers: { "x-goog-api-key": sentinelKey },
      body: JSON.stringify({ contents: [{ parts: [inline] }] }),
      signal,
    });

  test("a client that leaves before the answer has none: broken, and no longer open", async () => {
    service.emulator.setPace({ realTime: 1, latencyMs: 0 });
    const leaving = new AbortController();
    const asked = askUntil(leaving.signal);
    await expect.poll(outcomes).toEqual(["open"]);
    leaving.abort();
    await expect(asked).rejects.toThrow(/abort/);
    await expect.poll(outcomes).toEqual(["broken"]);
  });

  test("so it is where a fault breaks the connection", async () => {
    service.emulator.faults.add("generate", { kind: "reset", when: { at: "after" } });
    await expect(askUntil(AbortSignal.timeout(5_000))).rejects.toThrow(/fetch failed/);
    expect(outcomes()).toEqual(["broken"]);
  });

  test("an error is a refusal", async () => {
    const error = { code: 503, status: "UNAVAILABLE", message: "Overloaded." };
    service.emulator.faults.add("generate", { kind: "stream-error", keep: 0, ...error });
    expect((await askAbout(inline)).status).toBe(503);
    expect(outcomes()).toEqual(["refused"]);
  });

  test("what is refused unread is no question", async () => {
    service.emulator.faults.add("generate", { kind: "status", status: 500, body: "" });
    expect((await post(service, path, {})).status).toBe(500);
    expect(outcomes()).toEqual([]);
  });

  test("a question about no tone speech has the words of what is heard", async () => {
    await sayOf(service, { api: "generate" });
    expect(service.emulator.questions[0]?.words.slice(0, 2)).toEqual(["Good", "morning,"]);
  });
});

test("asked again is what was answered whole, before, and by no fault", () => {
  const one = {
    ...{ route: "generate", model: "m", digest: "d", seconds: 1, words: [], fault: null },
    ...{ outcome: "answered", arrivedMs: 10, endedMs: 20 },
  } as const satisfies LoggedQuestion;
  const later = { ...one, arrivedMs: 30, endedMs: 40 };
  const twice = (first: Partial<LoggedQuestion>) => askedAgain([{ ...one, ...first }, later]);
  expect(twice({})).toEqual([later]);
  expect(twice({ digest: "e" })).toEqual([]);
  expect(twice({ outcome: "broken" })).toEqual([]);
  expect(twice({ fault: { kind: "empty" } })).toEqual([]);
  expect(twice({ endedMs: 35 })).toEqual([]);
});
