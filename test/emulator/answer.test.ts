import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { ask, post } from "./client.ts";
import { base64, recordings } from "./recordings.ts";

const service = useEmulator();
const route = "/v1beta/models/gemini-3.8-flash:generateContent";
const parts = [{ inlineData: { data: recordings.dialogue, mimeType: "audio/wav" } }];
const text = { type: "string" };
const time = { type: "number" };

async function fill(properties: object, data: string = recordings.dialogue) {
  const { json } = await post(service, route, {
    contents: [{ parts: [{ inlineData: { data, mimeType: "audio/wav" } }] }],
    generationConfig: {
      responseMimeType: "application/json",
      responseJsonSchema: { type: "object", properties },
    },
  });
  return JSON.parse(json.candidates[0].content.parts[0].text);
}

function listOf(properties: object) {
  return { type: "array", items: { type: "object", properties } };
}

describe("a schema is filled by the names of its properties", () => {
  test("segments: a translation, a language, and an emotion by the voice", async () => {
    const emotion = { type: "string", enum: ["happy", "sad", "angry", "neutral"] };
    const wanted = { text, translation: text, language: text, emotion };
    const { segments } = await fill({ segments: listOf(wanted) });
    expect(segments[2]).toEqual({
      text: "How long will the northern channel stay closed?",
      translation: "How long will the northern channel stay closed? (translated)",
      language: "en",
      emotion: "happy",
    });
    expect(segments.map((segment: { emotion: string }) => segment.emotion)).toEqual([
      ...["happy", "sad", "happy", "sad"],
    ]);
  });

  test.each<readonly [string, object]>([
    ["a list of types", { type: ["string", "null"], enum: ["happy", "sad", null] }],
    ["alternatives", { anyOf: [{ type: "null" }, { type: "string", enum: ["happy", "sad"] }] }],
  ])("what may be null is not, by %s", async (_, emotion) => {
    const { segments } = await fill({ segments: listOf({ emotion }) });
    expect(segments.slice(0, 2)).toEqual([{ emotion: "happy" }, { emotion: "sad" }]);
  });

  test("words: those of the segment", async () => {
    const words = listOf({ word: text, start: time, end: time });
    const { segments } = await fill({ segments: listOf({ words }) }, base64(recordings.tones.bytes));
    const told = segments.flatMap((segment: { words: { word: string }[] }) => segment.words);
    expect(told.map(({ word }: { word: string }) => word)).toEqual(
      recordings.tones.words.map((word) => word.text),
    );
    expect(Math.abs(told[0].start - (recordings.tones.words[0]?.start ?? 0))).toBeLessThan(0.03);
  });

  test("a summary, and no events: the emulator hears none", async () => {
    const events = listOf({ label: text, start: time, end: time });
    const { summary, ...others } = await fill({ language: text, summary: text, events });
    expect(others).toEqual({ language: "en", events: [] });
    expect(summary).toContain("2 speakers");
  });
});

describe("safety settings and service tiers", () => {
  const category = "HARM_CATEGORY_HARASSMENT";

  test.each(["OFF", "BLOCK_NONE", "BLOCK_ONLY_HIGH", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE"])(
    "the threshold %s is taken",
    async (threshold) => {
      const body = { contents: [{ parts }], safetySettings: [{ category, threshold }] };
      expect((await post(service, route, body)).status).toBe(200);
    },
  );

  test.each([undefined, "standard", "flex", "priority"])("the tier %s is told", async (serviceTier) => {
    const body = JSON.stringify({ contents: [{ parts }], serviceTier });
    for (const method of ["generateContent", "streamGenerateContent?alt=sse"]) {
      const { headers } = await ask(service, route.replace("generateContent", method), {
        method: "POST",
        body,
      });
      expect(headers.get("x-gemini-service-tier")).toBe(serviceTier ?? "standard");
    }
  });

  test.each<readonly [string, object]>([
    ["an unknown threshold", { safetySettings: [{ category, threshold: "block_none" }] }],
    ["an unknown harm", { safetySettings: [{ category: "HARM_CATEGORY_NOISE", threshold: "OFF" }] }],
    ["a method, which is Vertex's", { safetySettings: [{ category, threshold: "OFF", method: "SEVERITY" }] }],
    ["an unknown tier", { serviceTier: "SERVICE_TIER_FLEX" }],
    ["a tier among the settings", { generationConfig: { serviceTier: "flex" } }],
  ])("%s: 400", async (_, others) => {
    expect((await post(service, route, { contents: [{ parts }], ...others })).status).toBe(400);
  });
});
