import type { JsonSchema } from "./question.ts";

/** Values by the name of the property that asks for them. */
export type Values = Readonly<Record<string, unknown>>;

/** Fills a schema: what its names ask for, and for names that mean nothing here, nothing. */
export function fill(wanted: JsonSchema, name: string, values: Values): unknown {
  const value = values[name];
  const schema = withoutNull(wanted);
  if (Array.isArray(schema["enum"])) return choose(schema["enum"], value);
  switch (schema["type"]) {
    case "object":
      return Object.fromEntries(
        Object.entries(schemaOf(schema["properties"])).map(([key, inner]) => [
          key,
          fill(schemaOf(inner), key, values),
        ]),
      );
    case "array":
      return fillItems(schemaOf(schema["items"]), name, value);
    case "string":
      if (isNth(value)) return "neutral";
      return typeof value === "number" ? timecode(value) : (value ?? "");
    case "number":
    case "integer":
      if (typeof value === "number") return value;
      // A time that a fault has made unreadable stays so, whatever its type.
      return name === "start" || name === "end" ? (value ?? 0) : 0;
    default:
      return false;
  }
}

function fillItems(items: JsonSchema, name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => fill(items, name, { [name]: one, ...(isRecord(one) ? one : {}) }));
}

/** Asks for one of an enum's values, whatever they are. */
export interface Nth {
  readonly nth: number;
}

function choose(values: readonly unknown[], value: unknown): unknown {
  const others: readonly unknown[] = values.filter((one) => one !== null);
  if (isNth(value)) return others[value.nth % others.length];
  return others.includes(value) ? value : others[0];
}

function isNth(value: unknown): value is Nth {
  return isRecord(value) && typeof value["nth"] === "number";
}

/** Of a type that may be null, the other. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.find((one) => one !== "null") };
  if (!Array.isArray(anyOf)) return schema;
  return schemaOf(anyOf.find((one: unknown) => schemaOf(one)["type"] !== "null"));
}

function schemaOf(value: unknown): JsonSchema {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `MM:SS.mmm`, and from one hour on `HH:MM:SS.mmm`. */
function timecode(seconds: number): string {
  const ms = Math.round(seconds * 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = `${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1_000) % 60)}.${String(ms % 1_000).padStart(3, "0")}`;
  return ms < 3_600_000 ? rest : `${two(Math.floor(ms / 3_600_000))}:${rest}`;
}
