import { expect, test } from "vitest";
import { costOf } from "../../src/plan/cost.ts";
import { modelNamed } from "../../src/plan/models.ts";
import { noUsage, type Usage, unknownUsage } from "../../src/plan/usage.ts";

const million: Usage = { ...unknownUsage, inputTokens: 1_000_000, audioTokens: 1_000_000, outputTokens: 0 };
const winter = Date.parse("2026-12-31T23:59:59Z");
const tier = "standard";
const spring = Date.parse("2027-01-01");

test.each<readonly [string, Partial<Usage>, number, number | null]>([
  ["gemini-3.8-flash", {}, winter, 0.75],
  ["gemini-3.8-flash", {}, spring, 1.5],
  ["gemini-3.8-flash", { outputTokens: 1_000_000 }, winter, 0.75 + 3.75],
  ["gemini-3.8-flash", { outputTokens: 400_000, thoughtTokens: 600_000 }, winter, 0.75 + 3.75],
  ["gemini-3.8-flash", { cachedTokens: 1_000_000 }, winter, 0.075],
  ["gemini-2.5-flash", {}, winter, 1],
  ["gemini-2.5-flash", { audioTokens: 0 }, winter, 0.3],
  ["gemini-2.5-flash", { audioTokens: 500_000 }, winter, 0.65],
  ["gemini-2.5-flash", { audioTokens: 500_000, cachedTokens: 600_000 }, winter, 0.06 + 0.12],
  ["gemini-2.5-pro", {}, winter, 2.5],
  ["gemini-2.5-pro", { inputTokens: 100_000, audioTokens: 100_000 }, winter, 0.125],
  ["gemini-9-ultra", {}, winter, null],
  ["gemini-3.8-flash", { inputTokens: null }, winter, null],
])("%s with %j", (model, usage, now, dollars) => {
  const asked = { model: modelNamed(model), usage: { ...million, ...usage }, duration: 60, tier } as const;
  expect(costOf(asked, now)).toBe(dollars);
});

test.each([
  ["flex", 0.375],
  ["standard", 0.75],
  // 1.75 to 2 times the standard price: what is told is never too little.
  ["priority", 1.5],
] as const)("the %s tier", (other, dollars) => {
  const model = modelNamed("gemini-3.8-flash");
  expect(costOf({ model, usage: million, duration: 60, tier: other }, winter)).toBe(dollars);
});

test("the transcription model is paid by the minute, each time it is asked", () => {
  const model = modelNamed("gemini-3.5-transcribe");
  const asked = { model, duration: 90, tier } as const;
  expect(costOf({ ...asked, usage: unknownUsage }, winter)).toBe(0.0075);
  expect(costOf({ ...asked, usage: { ...unknownUsage, requests: 2 } }, winter)).toBe(0.015);
  expect(costOf({ ...asked, usage: noUsage }, winter)).toBe(0);
});
