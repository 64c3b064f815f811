import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { CacheStore } from "./caches.ts";
import { post } from "./client.ts";
import { Generator } from "./generate.ts";
import type { Heard } from "./hearing/hear.ts";
import { evenly } from "./hearing/utterances.ts";
import { findModel } from "./models.ts";
import { base64, recordings, silentWav } from "./recordings.ts";
import { readRequest } from "./request.ts";
import { transcribe } from "./transcription.ts";

const service = useEmulator();
const model = "/v1beta/models/gemini-3.5-transcribe";
const audioOf = (data: string) => ({ inlineData: { data, mimeType: "audio/wav" } });
const tones = audioOf(base64(recordings.tones.bytes));
const truth = recordings.tones.words;

function generate(audioTranscriptionConfig: object, part: object = tones) {
  const body = { contents: [{ parts: [part] }], generationConfig: { audioTranscriptionConfig } };
  return post(service, `${model}:generateContent`, body);
}

interface Answered {
  readonly text: string;
  readonly speakerLabel?: string;
  readonly words?: readonly { word: string; startOffset: string; endOffset: string }[];
}

async function partsOf(config: object, part: object = tones): Promise<readonly Answered[]> {
  const { json } = await generate(config, part);
  return json.candidates[0].content.parts.map(
    ({ audioTranscription }: { audioTranscription: Answered }) => audioTranscription,
  );
}

describe("what it answers", () => {
  test("the text alone, in one part that is no text, if nothing more is wanted", async () => {
    const { json } = await generate({});
    const [candidate] = json.candidates;
    expect(candidate).toMatchObject({ finishReason: "STOP", content: { role: "model" } });
    expect(candidate.content.parts).toEqual([
      { audioTranscription: { text: truth.map(({ text }) => text).join(" ") } },
    ]);
    expect(json.usageMetadata).toMatchObject({
      promptTokenCount: 750,
      promptTokensDetails: [
        { modality: "AUDIO", tokenCount: 750 },
        { modality: "TEXT", tokenCount: 0 },
      ],
    });
    expect(json.usageMetadata).not.toHaveProperty("thoughtsTokenCount");
  });

  test("each word, with its times in seconds to the millisecond", async () => {
    const [part, ...others] = await partsOf({ wordTimestamp: true });
    expect(others).toEqual([]);
    expect(part?.speakerLabel).toBeUndefined();
    expect(part?.words?.map(({ word }) => word)).toEqual(truth.map(({ text }) => text));
    for (const [index, { startOffset, endOffset }] of part?.words?.entries() ?? []) {
      expect([startOffset, endOffset].join(" ")).toMatch(/^\d+\.\d{3}s \d+\.\d{3}s$/);
      expect(Math.abs(Number.parseFloat(startOffset) - (truth[index]?.start ?? 0))).toBeLessThan(0.03);
    }
  });

  test("a part a turn with speakers and words, labelled in the order in which they begin", async () => {
    const parts = await partsOf({ wordTimestamp: true, diarization: true });
    expect(new Set(parts.map(({ speakerLabel }) => speakerLabel))).toEqual(
      new Set(["spk_1", "spk_2", "spk_3"]),
    );
    expect(parts[0]?.speakerLabel).toBe("spk_1");
    const voices = [...new Set(truth.map(({ speaker }) => speaker))];
    const told = parts.flatMap(({ speakerLabel, words }) => words?.map(({ word }) => [word, speakerLabel]));
    expect(told).toEqual(truth.map(({ text, speaker }) => [text, `spk_${voices.indexOf(speaker) + 1}`]));
    for (const [index, { speakerLabel }] of parts.entries())
      expect(speakerLabel).not.toBe(parts[index + 1]?.speakerLabel);
  });

  test("neither words nor speakers, if only speakers are wanted [report]", async () => {
    expect(await partsOf({ diarization: true })).toEqual(await partsOf({}));
  });

  test("the fixture's words, spread over their turns", async () => {
    const [first] = await partsOf({ wordTimestamp: true, diarization: true }, audioOf(recordings.dialogue));
    expect(first?.words?.[0]).toEqual({ word: "Good", startOffset: "0.000s", endOffset: "0.377s" });
    expect(first?.words?.at(-1)).toEqual({ word: "Ben.", startOffset: "4.899s", endOffset: "5.276s" });
  });

  test("nothing at all of silence: no parts, and yet STOP [report]", async () => {
    const { json } = await generate({ wordTimestamp: true }, audioOf(base64(silentWav(5))));
    expect(json.candidates).toEqual([{ content: {}, finishReason: "STOP", index: 0 }]);
  });

  test("the same, whatever languages, vocabulary and mode it is told", async () => {
    const config = { languageCodes: ["en-US", "de", "zh-Hant-TW"], customVocabulary: ["w00001"] };
    expect(await partsOf({ ...config, mode: "SMART" })).toEqual(await partsOf({ mode: "VERBATIM" }));
  });
});

const heard: Heard = {
  ...{ seconds: 10, words: [], kind: "fixture", digest: "", pictures: 0 },
  utterances: Array.from({ length: 10 }, (_, index) =>
    evenly({ voice: `v${index}`, start: index, end: index + 1, text: "Um, well" }),
  ),
};
const wish = { languages: [], vocabulary: [], mode: "verbatim", hasWords: true, hasSpeakers: true } as const;

test("the ninth speaker and later ones are taken for the eighth", () => {
  const labels = transcribe(heard, wish, null).turns.map(({ speaker }) => speaker);
  expect(labels.slice(0, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8].map((number) => `spk_${number}`));
});

test("the smart mode leaves filler words out", () => {
  const smart = { ...wish, mode: "smart", hasWords: false, hasSpeakers: false } as const;
  const [turn] = transcribe(heard, smart, null).turns;
  expect(new Set(turn?.words.map(({ text }) => text))).toEqual(new Set(["well"]));
});

describe("what it refuses", () => {
  test.each<readonly [string, object]>([
    ["words, tidied up", { mode: "SMART", wordTimestamp: true }],
    ["speakers, tidied up", { mode: "SMART", diarization: true }],
    ["words, with a vocabulary", { customVocabulary: ["Elbe"], wordTimestamp: true }],
    ["speakers, with a vocabulary", { customVocabulary: ["Elbe"], diarization: true }],
    ["1,001 terms", { customVocabulary: Array(1_001).fill("Elbe") }],
    ["an empty term", { customVocabulary: [""] }],
    ["a language by its name", { languageCodes: ["english"] }],
    ["a language that is none", { languageCodes: ["xx"] }],
    ["a locale of Unix", { languageCodes: ["en_US"] }],
    ["an unknown mode", { mode: "smart" }],
    ["a field that is deprecated", { adaptationPhrases: ["Elbe"] }],
    ["a field of the other API", { language_codes: ["en"] }],
  ])("%s: 400", async (_, config) => {
    expect(await generate(config)).toMatchObject({
      status: 400,
      json: { error: { status: "INVALID_ARGUMENT" } },
    });
  });

  const contents = [{ parts: [tones] }];
  test.each<readonly [string, object]>([
    ["a text", { contents: [{ parts: [tones, { text: "Transcribe." }] }] }],
    ["no recording", { contents: [{ parts: [{ text: "Transcribe." }] }] }],
    ["two recordings", { contents: [{ parts: [tones, tones] }] }],
    ["a conversation", { contents: [...contents, ...contents] }],
    ["an instruction", { contents, systemInstruction: { parts: [{ text: "Transcribe." }] } }],
    ["safety settings", { contents, safetySettings: [] }],
    ["a service tier", { contents, serviceTier: "flex" }],
    ["JSON", { contents, generationConfig: { responseMimeType: "application/json" } }],
    ["thinking", { contents, generationConfig: { thinkingConfig: { thinkingLevel: "low" } } }],
    ["a temperature", { contents, generationConfig: { temperature: 1 } }],
    ["a seed", { contents, generationConfig: { seed: 1 } }],
    ["an output limit", { contents, generationConfig: { maxOutputTokens: 100 } }],
  ])("%s: 400", async (_, body) => {
    expect((await post(service, `${model}:generateContent`, body)).status).toBe(400);
  });

  test("to stream: 400", async () => {
    const body = { contents };
    const { status, json } = await post(service, `${model}:streamGenerateContent?alt=sse`, body);
    expect([status, json.error.message]).toEqual([400, expect.stringContaining("not a streaming model")]);
  });

  test("its configuration, for a general model: 400", async () => {
    const body = { contents, generationConfig: { audioTranscriptionConfig: {} } };
    expect((await post(service, "/v1beta/models/gemini-3.8-flash:generateContent", body)).status).toBe(400);
  });

  test.each<readonly [number, object, boolean]>([
    [3_600, {}, true],
    [3_601, {}, false],
    [1_800, { wordTimestamp: true, diarization: true }, true],
    [1_801, { wordTimestamp: true }, false],
    [1_801, { diarization: true }, false],
  ])("%i seconds with %o: %o", (seconds, audioTranscriptionConfig, isTaken) => {
    const body = JSON.stringify({ contents, generationConfig: { audioTranscriptionConfig } });
    const question = readRequest(body, findModel("gemini-3.5-transcribe"), new CacheStore());
    const generator = new Generator({ hearAll: async () => [], expireAll: () => {} });
    const generate = () => generator.generate(question, [{ ...heard, seconds }], null);
    if (isTaken) expect(generate()).toMatchObject({ finishReason: "STOP" });
    else expect(generate).toThrow("exceeds the maximum audio duration");
  });
});
