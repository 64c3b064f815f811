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
const finished = (parts: readonly unknown[] = [], finishReason = "STOP") => ({
  candidates: [{ content: { parts, role: "model" }, finishReason }],
});

type Replies = Parameters<typeof fakeService>[0];

async function answers(replies: Replies, request: ModelRequest = general) {
  const { client, sent } = await fakeService(replies);
  return { told: await all(askModel(client, { api: "generate", request }, signal)), sent };
}

async function bodyOf(request: ModelRequest): Promise<unknown> {
  const { sent } = await answers(
    [request.kind === "general" ? events([finished()]) : json(finished())],
    request,
  );
  return JSON.parse(sent[0]?.body ?? "");
}

describe("what is asked", () => {
  const contents = [{ role: "user", parts: [{ text: "Who speaks?" }] }];

  test("of a general model is as little as can be", async () => {
    expect(await bodyOf(general)).toEqual({ contents, generationConfig: {} });
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
    const harms = ["HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT"];
    expect(await bodyOf(request)).toEqual({
      contents: [
        {
          role: "user",
          parts: [
            { inlineData: { data: "UklGRg==", mimeType: "audio/wav" } },
            { fileData: { fileUri: "https://example.com/files/a", mimeType: "audio/mp3" } },
            { text: "Who?" },
          ],
        },
      ],
      systemInstruction: { role: "user", parts: [{ text: "Be brief." }] },
      generationConfig: {
        maxOutputTokens: 8_192,
        temperature: 0.5,
        seed: 7,
        responseMimeType: "application/json",
        responseJsonSchema: schema,
        thinkingConfig: { thinkingLevel: "LOW" },
      },
      safetySettings: harms.map((harm) => ({
        category: `HARM_CATEGORY_${harm}`,
        threshold: "BLOCK_LOW_AND_ABOVE",
      })),
      serviceTier: "flex",
    });
  });

  test.each([
    ["off", "OFF"],
    ["low", "BLOCK_ONLY_HIGH"],
    ["medium", "BLOCK_MEDIUM_AND_ABOVE"],
  ] as const)("for the filter %s is %s", async (safety, threshold) => {
    const { settings } = general;
    const body = await bodyOf({ ...general, settings: { ...settings, safety } });
    expect(body).toMatchObject({ safetySettings: Array(4).fill({ threshold }) });
  });

  test.each([
    [{ kind: "level", level: "minimal" }, { thinkingLevel: "MINIMAL" }],
    [{ kind: "level", level: "high" }, { thinkingLevel: "HIGH" }],
    [{ kind: "budget", tokens: 0 }, { thinkingBudget: 0 }],
  ] as const)("to think by %j is %j", async (thinking, thinkingConfig) => {
    const body = await bodyOf({ ...general, thinking });
    expect(body).toEqual({ contents, generationConfig: { thinkingConfig } });
  });

  test.each([
    ["plainly", {}, { mode: "VERBATIM" }],
    ["tidied up", { mode: "smart" }, { mode: "SMART" }],
    ["with words", { hasWords: true }, { mode: "VERBATIM", wordTimestamp: true }],
    ["with speakers", { hasSpeakers: true }, { mode: "VERBATIM", wordTimestamp: true, diarization: true }],
    [
      "in a language, with names",
      { languages: ["de-DE"], vocabulary: ["Gaudio"] },
      { mode: "VERBATIM", languageCodes: ["de-DE"], customVocabulary: ["Gaudio"] },
    ],
  ] as const)("of a model that transcribes %s", async (_, wanted, audioTranscriptionConfig) => {
    expect(await bodyOf({ ...transcription, ...wanted })).toEqual({
      contents: [
        {
          role: "user",
          parts: [{ fileData: { fileUri: "https://example.com/files/a", mimeType: "audio/flac" } }],
        },
      ],
      generationConfig: { audioTranscriptionConfig },
    });
  });
});

const complete = { kind: "end", reason: { kind: "complete" } };

describe("a transcription", () => {
  const word = { word: "Hi", startOffset: "0.100s", endOffset: "0.450s" };
  const read = { text: "Hi", start: 100, end: 450, speaker: null };

  test("tells the texts of all parts, their words and speakers, and what was used", async () => {
    const reply = json({
      ...finished([
        { text: "Hi", audioTranscription: { text: "Hi", speakerLabel: "spk_1", words: [word] } },
        { audioTranscription: { text: "Ho", words: [{ ...word, speakerLabel: "spk:0" }] } },
        { text: "So" },
        { text: "Well", audioTranscription: { text: "", words: [word] } },
      ]),
      usageMetadata: { totalTokenCount: 5 },
    });
    expect((await answers([reply], transcription)).told).toMatchObject([
      { kind: "usage", usage: { totalTokens: 5, inputTokens: null, requests: 1 } },
      { kind: "words", words: [{ ...read, speaker: "spk_1" }, { ...read, speaker: "spk:0" }, read] },
      { kind: "text", text: "Hi\nHo\nSo\nWell" },
      complete,
    ]);
  });

  test.each([[{ candidates: [{ content: {}, finishReason: "STOP" }] }], [finished()]])(
    "of silence is empty: %j",
    async (silence) => {
      expect((await answers([json(silence)], transcription)).told).toEqual([complete]);
    },
  );

  test("without a finish reason is cut, and asked for again", async () => {
    const part = { audioTranscription: { text: "Hi" } };
    const { client } = await fakeService(
      [json({ candidates: [{ content: { parts: [part] } }] }), json(finished([part]))],
      { retries: 1 },
    );
    const told = await all(askModel(client, { api: "generate", request: transcription }, signal));
    expect(told.map(({ kind }) => kind)).toEqual(["text", "restart", "text", "end"]);
  });
});

test.each([
  ["SAFETY", "blocked"],
  ["RECITATION", "blocked"],
  ["BLOCKLIST", "blocked"],
  ["PROHIBITED_CONTENT", "blocked"],
  ["SPII", "blocked"],
  ["OTHER", "stopped"],
  ["MALFORMED_RESPONSE", "stopped"],
])("an answer that ends by %s is %s", async (by, kind) => {
  expect((await answers([events([finished([], by)])])).told).toEqual([{ kind: "end", reason: { kind, by } }]);
  expect((await answers([json(finished([], by))], transcription)).told).toEqual([
    { kind: "end", reason: { kind, by } },
  ]);
});

test("a prompt that is blocked ends so", async () => {
  const { told } = await answers([events([{ promptFeedback: { blockReason: "OTHER" } }])]);
  expect(told).toEqual([{ kind: "end", reason: { kind: "blocked", by: "OTHER" } }]);
});

test("what is no text is passed over", async () => {
  const parts = [{ functionCall: { name: "f" } }, { text: "So." }, { text: "", thought: true }];
  expect((await answers([events([finished(parts)])])).told).toEqual([
    { kind: "text", text: "So." },
    complete,
  ]);
});

describe("what cannot be read is left out, and the rest kept:", () => {
  const said = { kind: "text", text: "So." };
  const part = { text: "So." };

  test.each<readonly [string, object]>([
    ["a part that is null", finished([null, part])],
    [
      "parts of other kinds",
      { candidates: [{ content: { parts: ["x", 1, [], part] }, finishReason: "STOP" }] },
    ],
    ["a text that is a number", finished([{ text: 1 }, part])],
    ["a thought that is text", finished([{ ...part, thought: "no" }])],
    ["feedback that is null", { ...finished([part]), promptFeedback: null }],
    ["feedback without a reason", { ...finished([part]), promptFeedback: { blockReason: null } }],
    ["usage that is a list", { ...finished([part]), usageMetadata: [] }],
    ["a second candidate that is none", { candidates: [...finished([part]).candidates, 7] }],
  ])("%s", async (_, reply) => {
    expect((await answers([events([reply])])).told).toEqual(expect.arrayContaining([said, complete]));
    expect((await answers([json(reply)], transcription)).told).toEqual(
      expect.arrayContaining([said, complete]),
    );
  });

  test("what was counted, where details are none", async () => {
    const audio = { modality: "AUDIO", tokenCount: 7 };
    const usageMetadata = {
      totalTokenCount: 5,
      promptTokenCount: "many",
      promptTokensDetails: [null, "x", { modality: 1 }, audio],
    };
    const { told } = await answers([events([{ ...finished([part]), usageMetadata }])]);
    expect(told).toMatchObject([
      { kind: "usage", usage: { totalTokens: 5, inputTokens: null, audioTokens: 7 } },
      said,
      complete,
    ]);
  });

  test("an end that is null is none", async () => {
    const candidates = [{ content: { parts: [part] }, finishReason: null }];
    const { told } = await answers([events([{ candidates }, finished()])]);
    expect(told).toEqual([said, complete]);
  });

  test("the words and labels of a transcription", async () => {
    const one = { word: "So", startOffset: "0.5s", endOffset: 1 };
    const told = { text: "So.", speakerLabel: 1, words: [null, one] };
    const reply = json(finished([{ audioTranscription: "x" }, { audioTranscription: told }]));
    expect((await answers([reply], transcription)).told).toEqual([
      { kind: "words", words: [{ text: "So", start: 500, end: 1_000, speaker: null }] },
      said,
      complete,
    ]);
  });
});
