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
  const whole = parseJson(text);
  if (isObject(whole.value)) return { document: whole.value, others: 0 };
  const [first = "", ...others] = text.trim().split("\n");
  const line = whole.problem === null ? whole : parseJson(first);
  if (!isObject(line.value)) {
    const problem = whole.problem ?? "a list, and no transcript";
    throw new Failure("input", `not the JSON of a transcript: ${problem}`, { hint });
  }
  return { document: line.value, others: others.filter((other) => other.trim() !== "").length };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Parsed {
  readonly value: unknown;
  /** Null when it is JSON. */
  readonly problem: string | null;
}

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text), problem: null };
  } catch (thrown) {
    return parsePythons(text) ?? { value: undefined, problem: problemOf(thrown) };
  }
}

/** Python writes NaN and Infinity, which no JSON has: a whisper that is not sure of itself does. */
function parsePythons(text: string): Parsed | null {
  if (!/\b(?:NaN|Infinity)\b/.test(text)) return null;
  const numbersOrStrings = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g;
  try {
    const mended = text.replace(numbersOrStrings, (found) => (found.startsWith('"') ? found : "null"));
    return { value: JSON.parse(mended), problem: null };
  } catch {
    // What the file itself has for a problem is told, not what is left of it.
    return null;
  }
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
