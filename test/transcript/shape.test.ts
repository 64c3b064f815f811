import { expect, test } from "vitest";
import { answerSchema, type Shape } from "../../src/transcript/shape.ts";

const plain: Shape = {
  hasTimes: false,
  hasSpeakers: false,
  speakers: null,
  translateTo: null,
  hasEmotion: false,
  hasEvents: false,
  hasSummary: false,
};
const everything: Shape = {
  hasTimes: true,
  hasSpeakers: true,
  speakers: 3,
  translateTo: "de",
  hasEmotion: true,
  hasEvents: true,
  hasSummary: true,
};

/** The names of all properties, in their order, each object's own in brackets. */
function outline(schema: unknown): string {
  if (typeof schema !== "object" || schema === null) return "";
  if ("items" in schema) return outline(schema.items);
  if (!("properties" in schema && "required" in schema) || typeof schema.properties !== "object") return "";
  const names = Object.entries(schema.properties ?? {}).map(([name, inner]) => `${name}${outline(inner)}`);
  expect(schema.required).toEqual(Object.keys(schema.properties ?? {}));
  return `(${names.join(" ")})`;
}

test.each([
  [plain, "(language segments(language text))"],
  [{ ...plain, hasTimes: true }, "(language segments(start end language text))"],
  [{ ...plain, hasSpeakers: true }, "(language segments(speaker language text))"],
  [{ ...plain, hasEvents: true }, "(language segments(language text) events(start end label))"],
  [
    everything,
    "(language segments(start end speaker language text translation emotion) events(start end label) summary)",
  ],
])("only what is asked for is in the schema, all of it required", (shape, expected) => {
  expect(outline(answerSchema(shape))).toBe(expected);
});

test("the schema holds nothing that the service refuses", () => {
  const json = JSON.stringify(answerSchema(everything));
  expect(json).not.toMatch(/\$ref|maxItems|null/);
  expect(json).toContain('"enum":["happy","sad","angry","neutral"]');
});
