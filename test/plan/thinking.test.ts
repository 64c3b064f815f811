import { expect, test } from "vitest";
import { modelNamed } from "../../src/plan/models.ts";
import { chooseThinking } from "../../src/plan/thinking.ts";

test.each([
  ["gemini-3.8-flash", "generate", null, { kind: "level", level: "low" }],
  ["gemini-3.8-flash", "interactions", "high", { kind: "level", level: "high" }],
  ["gemini-3.5-flash-lite", "generate", null, { kind: "level", level: "minimal" }],
  ["gemini-2.5-flash", "generate", null, { kind: "budget", tokens: 0 }],
  ["gemini-2.5-flash", "generate", "medium", { kind: "budget", tokens: 8_192 }],
  ["gemini-2.5-pro", "generate", "minimal", { kind: "budget", tokens: 128 }],
  ["gemini-2.5-pro", "interactions", null, { kind: "default" }],
  ["gemini-3.5-transcribe", "generate", null, { kind: "default" }],
  ["gemini-9", "generate", null, { kind: "default" }],
  ["gemini-9", "generate", "high", { kind: "level", level: "high" }],
] as const)("%s by %s, asked for %s, is told %j", (model, api, level, thinking) => {
  expect(chooseThinking({ model: modelNamed(model), api, level })).toEqual(thinking);
});

test.each([
  ["gemini-3.8-flash", "generate", "minimal"],
  ["gemini-2.5-pro", "interactions", "low"],
  ["gemini-3.5-transcribe", "generate", "low"],
] as const)("%s by %s refuses %s", (model, api, level) => {
  expect(() => chooseThinking({ model: modelNamed(model), api, level })).toThrow(
    expect.objectContaining({ kind: "usage", hint: expect.any(String) }),
  );
});
