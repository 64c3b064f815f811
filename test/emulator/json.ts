import { z } from "zod";
import { invalid } from "./refusal.ts";

/** A request's body in the form that a schema gives it. Errors: Refusal 400 for no JSON, and another form. */
export function parseBody<Schema extends z.ZodType>(body: string, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(body));
  if (!parsed.success) throw invalid(`Invalid JSON payload received. ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("Invalid JSON payload received.");
  }
}
