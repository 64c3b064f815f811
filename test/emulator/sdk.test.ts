import { GoogleGenAI, HarmBlockThreshold, HarmCategory, ServiceTier } from "@google/genai/web";
import { describe, expect, test } from "vitest";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { base64, recordings } from "./recordings.ts";

/** That the SDK understands what the emulator answers, and sends what it takes. */
const service = useEmulator();
const audio = { type: "audio", data: recordings.dialogue, mime_type: "audio/wav" } as const;
const tones = { ...audio, data: base64(recordings.tones.bytes) } as const;
const once = { maxRetries: 0 };

function connect(): GoogleGenAI {
  return new GoogleGenAI({
    apiKey: sentinelKey,
    vertexai: false,
    apiVersion: "v1beta",
    httpOptions: { baseUrl: service.emulator.url },
  });
}

const general = { model: "gemini-3.8-flash", store: false } as const;

describe("interactions.create", () => {
  test("reads an answer in one piece", async () => {
    const answered = await connect().interactions.create({ ...general, input: [audio] }, once);
    expect(answered.status).toBe("completed");
    expect(answered.output_text).toContain("two ferries");
    expect(answered.usage?.total_input_tokens).toBe(529);
  });

  test("reads a stream: its text, its end, and what it used", async () => {
    const stream = await connect().interactions.create({ ...general, input: [audio], stream: true }, once);
    let text = "";
    let completed = null;
    for await (const event of stream) {
      if (event.event_type === "step.delta" && event.delta.type === "text") text += event.delta.text;
      if (event.event_type === "interaction.completed") completed = event.interaction;
    }
    expect(text).toContain("two ferries");
    expect(completed).toMatchObject({ status: "completed", usage: { total_input_tokens: 529 } });
  });

  test("yields an error within a stream, and ends", async () => {
    service.emulator.faults.add("interactions", { kind: "block", reason: "SAFETY" });
    const stream = await connect().interactions.create({ ...general, input: [audio], stream: true }, once);
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events.at(-1)).toMatchObject({ event_type: "error", error: { code: "safety" } });
  });

  test("throws what is refused, with its status and its body", async () => {
    const refused = connect().interactions.create(
      { ...general, model: "gemini-2.0-flash", input: "x" },
      once,
    );
    await expect(refused).rejects.toMatchObject({
      status: 404,
      error: { error: { code: "model_not_found" } },
    });
  });

  test("reads the words of the transcription model", async () => {
    const answered = await connect().interactions.create(
      {
        model: "gemini-3.5-transcribe",
        store: false,
        input: [tones],
        generation_config: {
          transcription_config: {
            language_codes: ["en"],
            mode: {
              type: "verbatim",
              diarization_mode: "speaker",
              timestamp_granularities: ["word"],
            },
          },
        },
      },
      once,
    );
    const [step] = answered.steps ?? [];
    const content = step?.type === "model_output" ? step.content?.[0] : undefined;
    const annotations = content?.type === "text" ? (content.annotations ?? []) : [];
    expect(annotations).toHaveLength(recordings.tones.words.length);
    expect(annotations[0]).toMatchObject({ type: "word_info", speaker: "spk_1" });
  });
});

describe("generateContent", () => {
  const inlineData = { data: tones.data, mimeType: tones.mime_type };

  test("of the transcription model leaves .text empty, and has audioTranscription in its parts", async () => {
    const answered = await connect().models.generateContent({
      model: "gemini-3.5-transcribe",
      contents: [{ parts: [{ inlineData }] }],
      config: { audioTranscriptionConfig: { wordTimestamp: true, diarization: true } },
    });
    const [part] = answered.candidates?.[0]?.content?.parts ?? [];
    expect(part?.text).toBeUndefined();
    expect(part?.audioTranscription?.speakerLabel).toBe("spk_1");
    expect(part?.audioTranscription?.words?.[0]?.word).toBe("w00000");
  });

  test("takes safety settings and a tier, and tells the tier", async () => {
    const category = HarmCategory.HARM_CATEGORY_HARASSMENT;
    const answered = await connect().models.generateContent({
      model: "gemini-3.8-flash",
      contents: [{ parts: [{ inlineData }] }],
      config: {
        safetySettings: [{ category, threshold: HarmBlockThreshold.OFF }],
        serviceTier: ServiceTier.FLEX,
      },
    });
    expect(answered.sdkHttpResponse?.headers?.["x-gemini-service-tier"]).toBe("flex");
  });
});

test("models.list goes through the pages", async () => {
  const names: unknown[] = [];
  for await (const { name } of await connect().models.list({ config: { pageSize: 3 } })) names.push(name);
  expect(names).toContain("models/gemini-3.5-transcribe");
  expect(service.emulator.requests.length).toBeGreaterThan(2);
});
