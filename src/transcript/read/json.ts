import { z } from "zod";
import { Failure } from "../../failure.ts";
import { cleanText } from "../clean.ts";

interface Documents {
  readonly document: object;
  /** How many more lines there are, each with a document of its own. */
  readonly others: number;
}

/**
 * Parses a JSON object: all of a text, or its first line where each line has one. Failure `input` for anything
 * else, with this hint.
 */
export function parseDocuments(text: string, hint: string): Documents {
  const whole = parseObject(text);
  if (whole.kind === "object") return { document: whole.document, others: 0 };
  const [first = "", ...others] = text.trim().split("\n");
  const line = parseObject(first);
  if (line.kind === "object") {
    return { document: line.document, others: others.filter((other) => other.trim() !== "").length };
  }
  throw new Failure("input", `not the JSON of a transcript: ${whole.problem}`, { hint });
}

type Parsed =
  | { readonly kind: "object"; readonly document: object }
  | { readonly kind: "none"; readonly problem: string };

function parseObject(text: string): Parsed {
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
    return isObject ? { kind: "object", document } : { kind: "none", problem: "it is no object" };
  } catch (thrown) {
    const mended = withoutPythons(text);
    return mended === text ? { kind: "none", problem: problemOf(thrown) } : parseObject(mended);
  }
}

/** Python writes NaN and Infinity, which no JSON has: a whisper that is not sure of itself does. */
function withoutPythons(text: string): string {
  if (!/\b(?:NaN|Infinity)\b/.test(text)) return text;
  let isInString = false;
  // No expression for a whole string: the engine runs out of stack in one of some megabytes.
  return text.replace(/\\[\s\S]|"|-?\b(?:NaN|Infinity)\b/g, (found) => {
    if (found === '"') isInString = !isInString;
    return isInString || found === '"' || found.startsWith("\\") ? found : "null";
  });
}

/** The engine quotes what it stumbled upon, which may be anything. */
function problemOf(thrown: unknown): string {
  return cleanText(thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
}

/** Reads a document by its schema. Failure `input` that tells the first key that is wrong. */
export function readBySchema<Schema extends z.ZodType>(schema: Schema, document: object): z.output<Schema> {
  const read = schema.safeParse(document);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = z.core.toDotPath(issue?.path ?? []);
  throw new Failure("input", `${place}: ${issue?.message ?? "it is wrong"}`, {
    hint: "transcribe the recording again, or mend the file by hand",
  });
}
