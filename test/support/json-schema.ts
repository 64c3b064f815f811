import { Ajv2020 } from "ajv/dist/2020.js";

/** What of a document a JSON Schema does not allow; empty when it allows all. */
export function violationsOf(schema: object, document: unknown): string[] {
  const validate = new Ajv2020({ allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(schema);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
