import { describe, expect, test } from "vitest";
import { askModel } from "../../src/gemini/ask-model.ts";
import type { ModelRequest } from "../../src/gemini/model.ts";
import { inlinePart } from "../support/inline-part.ts";
import {
  all,
  events,
  expectNothingPrinted,
  fakeService,
  general,
  json,
  transcription,
} from "./fake-service.ts";

expectNothingPrinted();

const { signal } = new AbortController();
const completed = { event_type: "interaction.completed", interaction: { id: "i", status: "completed" } };
const created = { event_type: "interaction.created", interaction: { id: "i", status: "in_progress" } };
const delta = (one: object) => ({ event_type: "step.delta", index: 0, delta: one });
const text = (said: string) => delta({ type: "text", text: said });
const error = (code: string) => ({ event_type: "error", error: { code, message: "it said so" } });

type Replies = Parameters<typeof fakeService>[0];

async function answers(replies: Replies, request: ModelRequest = general) {
  const { client, sent } = await fakeService(replies);
  return { told: await all(askModel(client, { api: "interactions", request }, signal)), sent };
}

async function bodyOf(request: ModelRequest): Promise<unknown> {
  const reply = request.kind === "general" ? events([completed]) : json({ id: "i", status: "completed" });
  const { sent } = await answers([reply], request);
  return JSON.parse(sent[0]?.body ?? "");
}

describe("what is asked", () => {
  test("of a general model is as little as can be", async () => {
    expect(await bodyOf(general)).toEqual({
      model: "gemini-3.8-flash",
      input: [{ type: "text", text: "Who speaks?" }],
      store: false,
      stream: true,
    });
  });

  test("of a general model is all that is wanted", async () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const request: ModelRequest = {
      ...general,
      parts: [
        inlinePart(Buffer.from("RIFF")),
        { kind: "file", uri: "https://example.com/files/a", mimeType: "audio/mp3" },
        { kind: "text", text: "Who?" },
      ],
      system: "Be brief.",
      schema,
      thinking: { kind: "level", level: "low" },
      settings: { maxOutputTokens: 8_192, temperature: 0.5, seed: 7, safety: "high", serviceTier: "flex" },
    };
    const threshold = "block_low_and_above";
    expect(await bodyOf(request)).toEqual({
      model: "gemini-3.8-flash",
      system_instruction: "Be brief.",
      input: [
        { type: "audio", data: "UklGRg==", mime_type: "audio/wav" },
        { type: "audio", uri: "https://example.com/files/a", mime_type: "audio/mp3" },
        { type: "text", text: "Who?" },
      ],
      response_format: { type: "text", mime_type: "application/json", schema },
      generation_config: { thinking_level: "low", max_output_tokens: 8_192, temperature: 0.5, seed: 7 },
      safety_settings: ["harassment", "hate_speech", "sexually_explicit", "dangerous_content"].map(
        (type) => ({
          type,
          threshold,
        }),
      ),
      service_tier: "flex",
      store: false,
      stream: true,
    });
  });

  test.each([
    ["off", "off"],
    ["low", "block_only_high"],
    ["medium", "block_medium_and_above"],
  ] as const)("for the filter %s is %s", async (safety, threshold) => {
    const { settings } = general;
    const body = await bodyOf({ ...general, settings: { ...settings, safety } });
    expect(body).toMatchObject({ safety_settings: Array(4).fill({ threshold }) });
  });

  const verbatim = { type: "verbatim", timestamp_granularities: ["word"] };
  test.each([
    ["plainly", {}, { mode: { type: "verbatim" } }],
    ["tidied up", { mode: "smart" }, { mode: "smart" }],
    ["with words", { hasWords: true }, { mode: verbatim }],
    ["with speakers", { hasSpeakers: true }, { mode: { ...verbatim, diarization_mode: "speaker" } }],
    [
      "in a language, with names",
      { languages: ["de-DE"], vocabulary: ["Gaudio"] },
      { language_codes: ["de-DE"], custom_vocabulary: ["Gaudio"], mode: { type: "verbatim" } },
    ],
  ] as const)("of a model that transcribes %s", async (_, wanted, config) => {
    expect(await bodyOf({ ...transcription, ...wanted })).toEqual({
      model: "gemini-3.5-transcribe",
      input: [{ type: "audio", uri: "https://example.com/files/a", mime_type: "audio/flac" }],
      generation_config: { transcription_config: config },
      store: false,
    });
  });
});

const word = { type: "word_info", text: "Hi", speaker: "spk_1", start_offset: "0.1s", end_offset: "0.45s" };
const read = { text: "Hi", start: 100, end: 450, speaker: "spk_1" };
const citation = { type: "url_citation", url: "https://example.com", text: "Hi" };
const complete = { kind: "end", reason: { kind: "complete" } };

describe("a stream", () => {
  test("tells texts, thoughts and words, and nothing of what else happens", async () => {
    const { told } = await answers([
      events([
        created,
        { event_type: "interaction.status_update", interaction_id: "i", status: "in_progress" },
        { event_type: "step.start", index: 0, step: { type: "thought" } },
        delta({ type: "thought_summary", content: { type: "text", text: "Hm." } }),
        delta({ type: "thought_signature", signature: "x" }),
        {
          event_type: "step.start",
          index: 1,
          step: { type: "model_output", content: [{ type: "text", text: "Oh, " }] },
        },
        text("Hi"),
        delta({ type: "text_annotation_delta", annotations: [word, citation] }),
        { event_type: "step.stop", index: 1 },
        { event_type: "something.new", interaction: { usage: { total_tokens: 1 } } },
        "no JSON",
        completed,
        "[DONE]",
      ]),
    ]);
    expect(told).toEqual([
      { kind: "thought", text: "Hm." },
      { kind: "text", text: "Oh, " },
      { kind: "text", text: "Hi" },
      { kind: "words", words: [read] },
      complete,
    ]);
  });

  test("whose completion carries the answer again does not double it", async () => {
    const steps = [{ type: "model_output", content: [{ type: "text", text: "Hi" }] }];
    const whole = { ...completed, interaction: { ...completed.interaction, steps } };
    expect((await answers([events([text("Hi"), whole])])).told).toEqual([
      { kind: "text", text: "Hi" },
      complete,
    ]);
    expect((await answers([events([whole])])).told).toEqual([{ kind: "text", text: "Hi" }, complete]);
  });

  test.each(["failed", "cancelled", "budget_exceeded", "requires_action"])(
    "that is %s stopped",
    async (status) => {
      const stopped = { kind: "end", reason: { kind: "stopped", by: status } };
      const ended = { event_type: "interaction.completed", interaction: { id: "i", status } };
      const updated = { event_type: "interaction.status_update", interaction_id: "i", status };
      expect((await answers([events([text("Hi"), ended])])).told.at(-1)).toEqual(stopped);
      expect((await answers([events([text("Hi"), updated])])).told.at(-1)).toEqual(stopped);
    },
  );

  test("that is left unfinished is not gone on with, and nothing is printed of it", async () => {
    const stopped = { kind: "end", reason: { kind: "stopped", by: "requires_continuation" } };
    const unfinished = { status: "requires_continuation", continuation_token: "t" };
    for (const last of [
      { event_type: "interaction.status_update", interaction_id: "i", ...unfinished },
      { event_type: "interaction.completed", interaction: { id: "i", ...unfinished } },
    ]) {
      const { told, sent } = await answers([events([text("Hi"), last])]);
      expect(told.at(-1)).toEqual(stopped);
      expect(sent).toHaveLength(1);
    }
  });

  test("that breaks off where it could be gone on with is cut: whether to ask again is for us to decide", async () => {
    const token = { event_type: "interaction.status_update", status: "in_progress", continuation_token: "t" };
    const { told, sent } = await answers([events([text("Hi"), token], { ending: "break" })]);
    expect(told.at(-1)).toMatchObject({ reason: { kind: "cut", failure: { retryable: true } } });
    expect(sent).toHaveLength(1);
  });

  test("without a completion is cut", async () => {
    for (const status of ["in_progress", "completed"]) {
      const updated = { event_type: "interaction.status_update", interaction_id: "i", status };
      const { told } = await answers([events([created, text("Hi"), updated, "[DONE]"])]);
      expect(told.at(-1)).toMatchObject({ reason: { kind: "cut", failure: { retryable: true } } });
    }
  });

  test("that tells of an error fails by it, or is cut where something came", async () => {
    const failure = { kind: "service", message: "asking the model: it said so (503)", retryable: true };
    await expect(answers([events([created, error("service_unavailable")])])).rejects.toMatchObject(failure);
    const { told } = await answers([events([text("Hi"), error("service_unavailable")])]);
    expect(told.at(-1)).toMatchObject({ reason: { kind: "cut", failure } });
  });

  test("that tells of an error is asked for again where that may pass", async () => {
    const { client, sent } = await fakeService(
      [events([error("api_error")]), events([text("Hi"), completed])],
      {
        retries: 1,
      },
    );
    expect(await all(askModel(client, { api: "interactions", request: general }, signal))).toHaveLength(2);
    expect(sent).toHaveLength(2);
  });
});

describe.each([
  "safety",
  "recitation",
  "language",
  "prohibited_content",
  "spii",
  "blocklist",
  "content_blocked",
])("what is blocked by %s", (code) => {
  const blocked = { kind: "end", reason: { kind: "blocked", by: code } };

  test.each([general, transcription])("ends so when a $kind request is refused", async (request) => {
    const refusal = json({ error: { code, message: "no" } }, { status: 400 });
    expect((await answers([refusal], request)).told).toEqual([blocked]);
  });

  test("ends so in the midst of an answer", async () => {
    expect((await answers([events([text("Hi"), error(code)])])).told).toEqual([
      { kind: "text", text: "Hi" },
      blocked,
    ]);
  });
});

describe("a transcription", () => {
  const output = (...content: object[]) => ({ type: "model_output", content });

  test("tells the text, the words and what was used", async () => {
    const reply = json({
      id: "i",
      status: "completed",
      steps: [
        { type: "user_input", content: [{ type: "text", text: "no answer" }] },
        output({ type: "text", text: "Hi", annotations: [word, citation] }),
        output({ type: "text", text: "Ho", annotations: [{ ...word, speaker: "spk:0" }] }, { type: "image" }),
      ],
      usage: { total_tokens: 5 },
    });
    expect((await answers([reply], transcription)).told).toMatchObject([
      { kind: "usage", usage: { totalTokens: 5, inputTokens: null, audioTokens: null, requests: 1 } },
      { kind: "words", words: [read, { ...read, speaker: "spk:0" }] },
      { kind: "text", text: "Hi\nHo" },
      complete,
    ]);
  });

  test("of which something cannot be read is kept but for that", async () => {
    const usage = { total_tokens: 5, input_tokens_by_modality: [null, { modality: "audio", tokens: 3 }] };
    const steps = [
      { type: 1 },
      output({ type: "text", text: "Hi", annotations: [null, word] }, { type: "text", text: 1 }),
    ];
    const reply = json({ id: "i", status: "completed", steps, usage });
    expect((await answers([reply], transcription)).told).toMatchObject([
      { kind: "usage", usage: { totalTokens: 5, audioTokens: 3 } },
      { kind: "words", words: [read] },
      { kind: "text", text: "Hi" },
      complete,
    ]);
  });

  test("that has no steps is read off its output", async () => {
    const reply = json({ id: "i", status: "completed", output_text: "Hi" });
    expect((await answers([reply], transcription)).told).toEqual([{ kind: "text", text: "Hi" }, complete]);
  });

  test("of silence is empty", async () => {
    const reply = json({ id: "i", status: "completed", steps: [output()] });
    expect((await answers([reply], transcription)).told).toEqual([complete]);
  });

  test("without a status is cut", async () => {
    const { told } = await answers([json({ id: "i" })], transcription);
    expect(told).toMatchObject([{ reason: { kind: "cut" } }]);
  });

  test("that is left unfinished is not gone on with, and nothing is printed of it", async () => {
    const steps = [output({ type: "text", text: 'a "continuation_token": b' })];
    const reply = json({ id: "i", status: "requires_continuation", steps, continuation_token: "t" });
    const { told, sent } = await answers([reply], transcription);
    expect(told).toEqual([
      { kind: "text", text: 'a "continuation_token": b' },
      { kind: "end", reason: { kind: "stopped", by: "requires_continuation" } },
    ]);
    expect(sent).toHaveLength(1);
  });
});
