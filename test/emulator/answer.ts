import type { Heard, Utterance } from "./hearing/hear.ts";
import type { JsonSchema } from "./request.ts";

/** What a model answers: from what was heard, in the form that the request asks for. */
export function answer(heard: readonly Heard[], prompt: string, schema: JsonSchema | null): string {
  if (schema !== null) return JSON.stringify(fill(schema, "", rootValues(heard)));
  return /\bsummar/i.test(prompt) ? summaryOf(heard) : spokenText(heard);
}

/** Values by the name of the property that asks for them. */
type Values = Readonly<Record<string, unknown>>;

function rootValues(heard: readonly Heard[]): Values {
  const labels = new Map<string, string>();
  return {
    language: "en",
    text: spokenText(heard),
    transcript: spokenText(heard),
    summary: summaryOf(heard),
    segments: heard.flatMap((one) => said(one).map((utterance) => segmentValues(utterance, labels))),
  };
}

/** Speakers are labelled by first appearance within the request, as the service does. */
function segmentValues({ voice, start, end, text }: Utterance, labels: Map<string, string>): Values {
  if (!labels.has(voice)) labels.set(voice, `Speaker ${labels.size + 1}`);
  return { start, end, text, content: text, speaker: labels.get(voice), language: "en" };
}

/** Fills a schema: what its names ask for, and for names that mean nothing here, nothing. */
function fill(wanted: JsonSchema, name: string, values: Values): unknown {
  const value = values[name];
  const schema = withoutNull(wanted);
  if (schema["type"] === "object") {
    const properties = (schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
    return Object.fromEntries(
      Object.entries(properties).map(([key, inner]) => [key, fill(inner, key, values)]),
    );
  }
  if (schema["type"] === "array") {
    const items = (schema["items"] ?? {}) as JsonSchema;
    return Array.isArray(value) ? value.map((one) => fill(items, name, { [name]: one, ...one })) : [];
  }
  if (Array.isArray(schema["enum"])) return schema["enum"].includes(value) ? value : schema["enum"][0];
  if (schema["type"] === "string") return typeof value === "number" ? timecode(value) : (value ?? "");
  if (schema["type"] === "number" || schema["type"] === "integer")
    return typeof value === "number" ? value : 0;
  return false;
}

/** Of a type that may be null, the other. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  return Array.isArray(type) ? { ...schema, type: type.find((one) => one !== "null") } : schema;
}

/** `MM:SS.mmm`, and from one hour on `HH:MM:SS.mmm`. */
function timecode(seconds: number): string {
  const ms = Math.round(seconds * 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = `${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, "0")}`;
  return ms < 3_600_000 ? rest : `${two(Math.floor(ms / 3_600_000))}:${rest}`;
}

function spokenText(heard: readonly Heard[]): string {
  return heard.flatMap((one) => said(one).map(({ text }) => text)).join("\n");
}

function summaryOf(heard: readonly Heard[]): string {
  return heard
    .map((one, index) => {
      const utterances = said(one);
      const voices = new Set(utterances.map(({ voice }) => voice)).size;
      const words = utterances.flatMap(({ text }) => text.split(" ")).length;
      const name = heard.length === 1 ? "The recording" : `Recording ${index + 1}`;
      return `${name}: ${one.seconds.toFixed(1)} seconds, ${voices} speakers, ${words} words, from “${utterances[0]?.text ?? ""}” to “${utterances.at(-1)?.text ?? ""}”.`;
    })
    .join("\n");
}

/** What is neither a fixture nor tone speech is not made up. */
function said(heard: Heard): readonly Utterance[] {
  if (heard.kind !== "unknown") return heard.utterances;
  const text =
    "[The emulator cannot tell what is said here: it knows the project's fixtures and tone speech.]";
  return [{ voice: "unknown", start: 0, end: heard.seconds, text }];
}
