import type { TestService } from "../support/service.ts";
import { post } from "./client.ts";
import type { Fault } from "./faults.ts";
import { base64, recordings } from "./recordings.ts";

/** The two APIs by which a model is asked, by the names of their routes for faults. */
export const apis = ["generate", "interactions"] as const;
export type Api = (typeof apis)[number];

const general = "gemini-3.8-flash";
const dedicated = "gemini-3.5-transcribe";
const tones = base64(recordings.tones.bytes);

interface Asked {
  readonly api: Api;
  /** A WAV file in base64; the dialogue when absent. */
  readonly audio?: string;
  readonly schema?: object;
  readonly maxOutputTokens?: number;
}

/** What a general model says of the dialogue or other audio, and how it ends, in generateContent's words. */
export async function sayOf(
  service: TestService,
  { api, audio = recordings.dialogue, schema, maxOutputTokens }: Asked,
  fault: Fault | null = null,
) {
  if (fault !== null) service.emulator.faults.add(api, fault);
  if (api === "generate") {
    const format = schema && { responseMimeType: "application/json", responseJsonSchema: schema };
    const { json } = await post(service, `/v1beta/models/${general}:generateContent`, {
      contents: [{ parts: [{ inlineData: { data: audio, mimeType: "audio/wav" } }] }],
      generationConfig: { ...format, maxOutputTokens },
    });
    const [candidate] = json.candidates;
    return { end: candidate.finishReason, text: candidate.content?.parts[0].text ?? null };
  }
  const { json } = await post(service, "/v1beta/interactions", {
    ...{ model: general, store: false },
    input: [{ type: "audio", data: audio, mime_type: "audio/wav" }],
    response_format: schema && { type: "text", mime_type: "application/json", schema },
    generation_config: { max_output_tokens: maxOutputTokens },
  });
  const end = json.status === "completed" ? "STOP" : "MAX_TOKENS";
  return { end, text: json.steps.at(-1).content[0]?.text ?? null };
}

interface Word {
  readonly text: string;
  readonly start: string;
  readonly end: string;
  readonly speaker: string | null;
}

/** What the transcription model answers to tone speech: all of it, its text, and its words. */
export async function wordsOf(service: TestService, api: Api, fault: Fault | null, audio = tones) {
  if (fault !== null) service.emulator.faults.add(api, fault);
  return api === "generate" ? generatedWords(service, audio) : interactionWords(service, audio);
}

async function generatedWords(service: TestService, audio: string) {
  const { json } = await post(service, `/v1beta/models/${dedicated}:generateContent`, {
    contents: [{ parts: [{ inlineData: { data: audio, mimeType: "audio/wav" } }] }],
    generationConfig: { audioTranscriptionConfig: { wordTimestamp: true, diarization: true } },
  });
  const { content } = json.candidates[0];
  const parts: readonly { audioTranscription: GeneratedPart }[] = content.parts ?? [];
  const words = parts.flatMap(({ audioTranscription: { words: told, speakerLabel } }) =>
    (told ?? []).map(
      ({ word, startOffset, endOffset }): Word => ({
        ...{ text: word, start: startOffset, end: endOffset },
        speaker: speakerLabel ?? null,
      }),
    ),
  );
  return { content, text: parts.map(({ audioTranscription }) => audioTranscription.text).join(" "), words };
}

interface GeneratedPart {
  readonly text: string;
  readonly speakerLabel?: string;
  readonly words?: readonly { word: string; startOffset: string; endOffset: string }[];
}

interface Annotation {
  readonly text: string;
  readonly speaker?: string;
  readonly start_offset: string;
  readonly end_offset: string;
}

async function interactionWords(service: TestService, audio: string) {
  const mode = { type: "verbatim", diarization_mode: "speaker", timestamp_granularities: ["word"] };
  const { json } = await post(service, "/v1beta/interactions", {
    ...{ model: dedicated, store: false },
    input: [{ type: "audio", data: audio, mime_type: "audio/wav" }],
    generation_config: { transcription_config: { mode } },
  });
  const { content } = json.steps[0];
  const annotations: readonly Annotation[] = content[0]?.annotations ?? [];
  const words = annotations.map(
    ({ text, speaker, start_offset, end_offset }): Word => ({
      ...{ text, start: start_offset, end: end_offset },
      speaker: speaker ?? null,
    }),
  );
  return { content, text: (content[0]?.text ?? "").replaceAll("\n", " "), words };
}
