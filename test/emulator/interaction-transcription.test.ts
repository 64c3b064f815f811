import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { post } from "./client.ts";
import { base64, recordings, silentWav } from "./recordings.ts";

/** gemini-3.5-transcribe, asked by the Interactions API. */
const service = useEmulator();
const tones = { type: "audio", data: base64(recordings.tones.bytes), mime_type: "audio/wav" };
const config = (transcription_config: object) => ({ generation_config: { transcription_config } });

function create(body: object) {
  return post(service, "/v1beta/interactions", { model: "gemini-3.5-transcribe", store: false, ...body });
}

const transcribe = (mode: object | string, input: object = tones) =>
  create({ input: [input], ...config({ mode }) });

test("tells words and speakers as annotations of the text", async () => {
  const mode = {
    type: "verbatim",
    diarization_mode: "speaker",
    timestamp_granularities: ["word"],
  };
  const { json } = await transcribe(mode);
  const [content, ...others] = json.steps[0].content;
  expect([json.steps.length, others]).toEqual([1, []]);
  const { words } = recordings.tones;
  expect(content.text.split(/\s/)).toEqual(words.map(({ text }) => text));
  expect(content.annotations.map(({ text }: { text: string }) => text)).toEqual(
    words.map(({ text }) => text),
  );
  expect(content.annotations[0]).toEqual({
    type: "word_info",
    text: "w00000",
    speaker: "spk_1",
    start_offset: expect.stringMatching(/^0\.[45]\d\ds$/),
    end_offset: expect.stringMatching(/^1\.[12]\d\ds$/),
  });
  expect(json.usage).toMatchObject({ total_input_tokens: 750, total_thought_tokens: 0 });
});

test.each<readonly [string, object | string]>([
  ["words without speakers", { type: "verbatim", timestamp_granularities: ["word"] }],
  ["no words", { type: "verbatim", timestamp_granularities: [] }],
  ["speakers without words, which are none [report]", { type: "verbatim", diarization_mode: "speaker" }],
  ["verbatim", "verbatim"],
  ["smart", "smart"],
  ["smart, as an object", { type: "smart" }],
])("%s", async (name, mode) => {
  const { annotations } = (await transcribe(mode)).json.steps[0].content[0];
  if (name !== "words without speakers") return expect(annotations).toBeUndefined();
  return expect(Object.keys(annotations[0])).toEqual(["type", "text", "start_offset", "end_offset"]);
});

test("says nothing of silence", async () => {
  const silence = { ...tones, data: base64(silentWav(5)) };
  const { json } = await transcribe("verbatim", silence);
  expect([json.status, json.steps]).toEqual(["completed", [{ type: "model_output", content: [] }]]);
});

const verbatim = { type: "verbatim", timestamp_granularities: ["word"] };
test.each<readonly [string, object]>([
  ["to stream", { stream: true }],
  ["an instruction", { system_instruction: "Transcribe." }],
  ["a text", { input: [tones, { type: "text", text: "Transcribe." }] }],
  ["a text alone", { input: "Transcribe." }],
  ["two recordings", { input: [tones, tones] }],
  ["JSON", { response_format: { type: "text", mime_type: "application/json", schema: {} } }],
  ["thinking", { generation_config: { thinking_level: "low" } }],
  ["a temperature", { generation_config: { temperature: 1 } }],
  ["an output limit", { generation_config: { max_output_tokens: 10 } }],
  ["safety settings", { safety_settings: [] }],
  ["a tier", { service_tier: "standard" }],
  ["to go on", { previous_interaction_id: "v1_none" }],
  ["words and a vocabulary", config({ mode: verbatim, custom_vocabulary: ["Elbe"] })],
  ["words, tidied up", config({ mode: { ...verbatim, type: "smart" } })],
  ["words by the deprecated field", config({ timestamp_granularities: ["word"] })],
  ["a language that is none", config({ language_codes: ["xx"] })],
  ["another granularity", config({ mode: { ...verbatim, timestamp_granularities: ["segment"] } })],
  ["another diarization", config({ mode: { ...verbatim, diarization_mode: "channel" } })],
])("refuses %s", async (_, body) => {
  const { status, json } = await create({ input: [tones], ...body });
  expect([status, json.error.code]).toEqual([400, "invalid_request"]);
});
