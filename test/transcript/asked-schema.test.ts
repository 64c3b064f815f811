import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { readAskedSchema } from "../../src/transcript/asked-schema.ts";
import { violationOf } from "../../src/transcript/violation.ts";
import { failureOf } from "./read/failure.ts";

const read = (schema: unknown) => readAskedSchema(JSON.stringify(schema), "s.json");

describe("a schema is sent", () => {
  test("with its references resolved, and without notes", () => {
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $defs: {
        "a/b": { type: "string", default: "x" },
        list: { type: "array", items: { $ref: "#/$defs/a~1b" } },
      },
      type: "object",
      properties: { names: { $ref: "#/$defs/list", description: "who" }, kind: { const: "talk" } },
      required: ["names"],
      additionalProperties: false,
    };
    expect(read(schema)).toEqual({
      type: "object",
      properties: {
        names: { type: "array", items: { type: "string" }, description: "who" },
        kind: { enum: ["talk"] },
      },
      required: ["names"],
      additionalProperties: false,
    });
  });

  test("with properties of any name", () => {
    const properties = { $ref: { type: "string" }, pattern: { type: "string" }, default: { type: "null" } };
    expect(read({ type: "object", properties })).toEqual({ type: "object", properties });
  });
});

const cycle = { type: "object", properties: { a: { $ref: "#" }, b: { $ref: "#/properties/a" } } };

test.each([
  [{ type: "string", pattern: "^a" }, '"pattern"'],
  [{ properties: { a: { items: { not: {} } } } }, '"not", at /properties/a/items'],
  [{ allOf: [{ type: "string" }] }, '"allOf"'],
  [{ type: "text" }, 'the type "text"'],
  [{ enum: [true] }, "choices other than texts and numbers, at /enum"],
  [{ type: "object", required: ["a"] }, 'required "a"'],
  [{ type: "array", items: true }, "what is no object there, at /items"],
  [{ $ref: "https://example.com/s.json" }, 'the reference "https://example.com/s.json"'],
  [{ $ref: "#/$defs/gone" }, 'the reference "#/$defs/gone", which leads nowhere'],
  [{ properties: { a: cycle, b: { $ref: "#/properties/b" } } }, "refers to itself"],
])("%j is refused, and told where", (schema, said) => {
  expect(() => read(schema)).toThrow(
    expect.objectContaining({
      kind: "usage",
      message: expect.stringMatching(/^s\.json: the service does not take /),
    }),
  );
  expect(() => read(schema)).toThrow(said);
});

test.each(["", "{", "[]", "1", "null"])("%j is no schema", (json) => {
  expect(failureOf(() => readAskedSchema(json, "s.json")).kind).toBe("input");
});

const person = {
  type: "object",
  properties: {
    name: { type: "string" },
    born: { type: ["integer", "null"], minimum: 1_900 },
    kind: { enum: ["host", "guest"] },
    said: {
      type: "array",
      items: { anyOf: [{ type: "string" }, { type: "number" }] },
      minItems: 1,
      maxItems: 2,
    },
  },
  required: ["name", "kind"],
  additionalProperties: false,
};

const values: readonly (readonly [value: unknown, violation: string | null])[] = [
  [{ name: "Ann", kind: "host", born: null, said: ["a", 1] }, null],
  [{ name: "Ann" }, 'required property "kind"'],
  [{ name: 1, kind: "host" }, 'at /name: Instance type "number" is invalid'],
  [{ name: "Ann", kind: "other" }, "at /kind: "],
  [{ name: "Ann", kind: "host", born: 1_850 }, "at /born: 1850 is less than 1900"],
  [{ name: "Ann", kind: "host", said: [] }, "at /said: "],
  [{ name: "Ann", kind: "host", said: [[], "a"] }, "at /said/0: "],
  [{ name: "Ann", kind: "host", "a b/c": 1 }, "at /a b~1c: it is not in the schema"],
  ["Ann", 'Instance type "string" is invalid'],
];

test.each(values)("%j is of a schema, or told where it is not", async (value, violation) => {
  const told = await violationOf(read(person), value);
  if (violation === null) expect(told).toBeNull();
  else expect(told).toContain(violation);
  expect(told === null).toBe(new Ajv({ allowUnionTypes: true }).validate(person, value));
});
