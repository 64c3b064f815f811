import type { OutputUnit, Schema } from "@cfworker/json-schema";
import { z } from "zod";
import type { JsonSchema } from "../gemini/model.ts";

/** Keywords whose violation only says that something within is wrong. */
const passedOn: readonly string[] = ["properties", "additionalProperties", "items", "prefixItems"];

/** A schema that was read already: what it may hold is known. */
const validatorSchema = z.custom<Schema>((value) => typeof value === "object");

/**
 * Where and how a value is not of a schema: `at /people/0/age: 1 is less than 3`; null when it is. The
 * validator is loaded when it is wanted.
 */
export async function violationOf(schema: JsonSchema, value: unknown): Promise<string | null> {
  const { Validator } = await import("@cfworker/json-schema");
  const { valid, errors } = new Validator(validatorSchema.parse(schema), "2020-12").validate(value);
  if (valid) return null;
  const own = errors.find(({ keyword }) => !passedOn.includes(keyword)) ?? errors[0];
  return own === undefined ? "it is not of the schema" : tell(own);
}

function tell({ instanceLocation, keyword, error }: OutputUnit): string {
  const path = decodeURI(instanceLocation.slice(1));
  const what = keyword === "false" ? "it is not in the schema" : error.replace(/\.$/, "");
  return path === "" ? what : `at ${path}: ${what}`;
}
