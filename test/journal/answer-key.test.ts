import { expect, test } from "vitest";
import type { GeneralRequest } from "../../src/gemini/model.ts";
import { type AnswerIdentity, answerKey } from "../../src/journal/answer-key.ts";
import { inlinePart } from "../support/inline-part.ts";

interface Asked extends AnswerIdentity {
  readonly request: GeneralRequest;
}

const identity: Asked = {
  contentDigest: "a".repeat(64),
  baseUrl: "https://example.com",
  api: "generate",
  request: {
    kind: "general",
    model: "gemini-3.1-flash-lite",
    thinking: { kind: "level", level: "low" },
    parts: [inlinePart(new Uint8Array([1, 2]), "audio/mpeg"), { kind: "text", text: "Transcribe it." }],
    turns: [],
    system: null,
    settings: {
      maxOutputTokens: null,
      temperature: null,
      seed: null,
      safety: null,
      serviceTier: "standard",
    },
    schema: { type: "object", properties: { text: { type: "string" }, start: { type: "string" } } },
  },
  part: {
    start: 0,
    end: 600,
    channel: null,
    track: 0,
    sending: { kind: "copy", mimeType: "audio/mpeg" },
    clips: [],
  },
  attempt: 0,
};
const { request, part } = identity;
const key = answerKey(identity);

test("a key is a SHA-256 in hex", () => {
  expect(key).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, Asked]>([
  ["what was inline is uploaded", { ...identity, request: { ...request, parts: uploadedParts() } }],
  [
    "properties are set in another order",
    {
      attempt: 0,
      part: { ...part, sending: { mimeType: "audio/mpeg", kind: "copy" } },
      request: {
        ...request,
        ...{
          schema: { properties: { start: { type: "string" }, text: { type: "string" } }, type: "object" },
        },
      },
      api: "generate",
      baseUrl: identity.baseUrl,
      contentDigest: identity.contentDigest,
    },
  ],
  ["the estimate of its size differs", { ...identity, part: { ...part, ...estimated(12) } }],
])("the key stays the same when %s", (_name, other) => {
  expect(answerKey(other)).toBe(key);
});

test.each<[string, Asked]>([
  ["the recording", { ...identity, contentDigest: "b".repeat(64) }],
  ["the address", { ...identity, baseUrl: "https://example.org" }],
  ["the API", { ...identity, api: "interactions" }],
  ["the model", { ...identity, request: { ...request, model: "gemini-3.1-pro" } }],
  ["the prompt", { ...identity, request: { ...request, parts: [{ kind: "text", text: "Translate it." }] } }],
  ["the schema", { ...identity, request: { ...request, ...{ schema: null } } }],
  ["the beginning", { ...identity, part: { ...part, start: 0.5 } }],
  ["the end", { ...identity, part: { ...part, end: 600.5 } }],
  ["the channel", { ...identity, part: { ...part, channel: 0 } }],
  ["the track", { ...identity, part: { ...part, track: 1 } }],
  ["how it is sent", { ...identity, part: { ...part, ...estimated(12, "encode") } }],
  ["what is cut out of it", { ...identity, part: { ...part, clips: [{ start: 1, end: 5 }] } }],
  ["the attempt", { ...identity, attempt: 1 }],
])("the key is another one when %s differs", (_name, other) => {
  expect(answerKey(other)).not.toBe(key);
});

function uploadedParts() {
  return [
    { kind: "file", uri: "https://example.com/files/gaudio-1", mimeType: "audio/mpeg" },
    { kind: "text", text: "Transcribe it." },
  ] as const;
}

function estimated(bytes: number, kind: "copy" | "encode" = "copy") {
  return { sending: { kind, mimeType: "audio/mpeg", bytes } };
}
