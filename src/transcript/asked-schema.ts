import { Failure } from "../failure.ts";
import type { JsonSchema } from "../gemini/model.ts";

/** What the service takes of JSON Schema [types: responseJsonSchema], references aside, which are resolved here. */
const taken = [
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "minimum",
  "maximum",
  "anyOf",
  "oneOf",
  "properties",
  "additionalProperties",
  "required",
  "propertyOrdering",
] as const;

/** What says nothing of the answer, and is left out. */
const notes: readonly string[] = [
  "$schema",
  "$id",
  "$anchor",
  "$comment",
  "$defs",
  "definitions",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
];

const types: readonly unknown[] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** So deep no answer is; what is refers to itself. */
const deepest = 60;

/**
 * Reads a user's JSON Schema as it is sent: references resolved, and without what says nothing of the answer.
 * Errors: Failure `input` for what is no JSON Schema; `usage` for what of it the service does not take.
 */
export function readAskedSchema(json: string, name: string): JsonSchema {
  const root = parse(json, name);
  if (isObject(root)) return new Reading(root, name).schema(root, { path: "", depth: 0 });
  throw new Failure("input", `${name}: no JSON Schema, which is an object`, { hint, file: name });
}

function parse(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Failure("input", `${name}: it is no JSON`, { hint, file: name, cause });
  }
}

const hint = 'such as {"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}';

/** Where in the schema something stands. */
interface Place {
  /** As a JSON Pointer. */
  readonly path: string;
  readonly depth: number;
}

class Reading {
  private readonly root: JsonSchema;
  private readonly name: string;

  constructor(root: JsonSchema, name: string) {
    this.root = root;
    this.name = name;
  }

  schema(value: unknown, place: Place): JsonSchema {
    if (place.depth > deepest) throw this.refused(place, "a schema that refers to itself, or is as deep");
    if (!isObject(value)) throw this.refused(place, "what is no object there");
    const { $ref: reference, ...own } = value;
    const referred = reference === undefined ? {} : this.resolve(reference, place);
    const entries = Object.entries({ ...referred, ...own }).flatMap(([keyword, inner]) =>
      notes.includes(keyword) ? [] : [this.keyword(keyword, inner, place)],
    );
    return this.checked(Object.fromEntries(entries), place);
  }

  private keyword(keyword: string, value: unknown, place: Place): readonly [string, unknown] {
    const inner = { path: `${place.path}/${keyword}`, depth: place.depth + 1 };
    switch (keyword) {
      case "properties":
        return [keyword, this.each(value, inner)];
      case "items":
        return [keyword, this.schema(value, inner)];
      case "additionalProperties":
        return [keyword, typeof value === "boolean" ? value : this.schema(value, inner)];
      case "anyOf":
      case "oneOf":
      case "prefixItems":
        return [keyword, this.list(value, inner)];
      case "const":
        return ["enum", this.choices([value], inner)];
      case "enum":
        return [keyword, this.choices(value, inner)];
      default:
        if (taken.some((known) => known === keyword)) return [keyword, value];
        throw this.refused(place, JSON.stringify(keyword));
    }
  }

  private each(value: unknown, place: Place): JsonSchema {
    if (!isObject(value)) throw this.refused(place, "what is no object there");
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        this.schema(inner, { path: `${place.path}/${escaped(key)}`, depth: place.depth }),
      ]),
    );
  }

  private list(value: unknown, place: Place): readonly JsonSchema[] {
    if (!Array.isArray(value) || value.length === 0) throw this.refused(place, "what is no list there");
    return value.map((one: unknown, index) => this.schema(one, { ...place, path: `${place.path}/${index}` }));
  }

  /** Texts and numbers alone can be chosen from [types]. */
  private choices(value: unknown, place: Place): readonly unknown[] {
    const isChoice = (one: unknown) => typeof one === "string" || typeof one === "number";
    if (Array.isArray(value) && value.length > 0 && value.every(isChoice)) return value;
    throw this.refused(place, "choices other than texts and numbers");
  }

  /** A schema within the same file, by its JSON Pointer: the service takes none of another [report]. */
  private resolve(reference: unknown, place: Place): JsonSchema {
    const written = JSON.stringify(reference);
    const keys = typeof reference === "string" && /^#(\/.*)?$/.test(reference) ? reference.split("/") : [];
    if (keys.length === 0) throw this.refused(place, `the reference ${written}`);
    const found = keys
      .slice(1)
      .reduce<unknown>((value, key) => (isObject(value) ? value[unescaped(key)] : undefined), this.root);
    if (found === undefined) throw this.refused(place, `the reference ${written}, which leads nowhere`);
    return this.schema(found, { ...place, depth: place.depth + 1 });
  }

  private checked(schema: JsonSchema, place: Place): JsonSchema {
    const { type, required, properties } = schema;
    const named = Array.isArray(type) ? type : type === undefined ? [] : [type];
    const [unknown] = named.filter((one) => !types.includes(one));
    if (unknown !== undefined) throw this.refused(place, `the type ${JSON.stringify(unknown)}`);
    if (required === undefined) return schema;
    const keys = isObject(properties) ? Object.keys(properties) : [];
    const [missing] = Array.isArray(required) ? required.filter((key) => !keys.includes(key)) : [required];
    if (missing === undefined) return schema;
    throw this.refused(place, `required ${JSON.stringify(missing)}, which is none of its properties`);
  }

  private refused({ path }: Place, what: string): Failure {
    const where = path === "" ? "" : `, at ${path}`;
    return new Failure("usage", `${this.name}: the service does not take ${what}${where}`, {
      hint: `it takes ${taken.join(", ")}; what these cannot say, a description can`,
      file: this.name,
    });
  }
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
