import { cleanText } from "./clean.ts";

/** Half of a character that was cut in two. */
const halves = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Reads JSON that a model answered, fenced or not, every text in it as it may reach a terminal: in the JSON,
 * control characters may be hidden in escapes. Null when it is none.
 */
export function readJson(text: string): { readonly json: unknown } | null {
  const bare = text.replace(/^\s*```\w*\s*\n(.*)\n\s*```\s*$/s, "$1");
  try {
    return { json: cleaned(JSON.parse(bare)) };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value).replace(halves, "\uFFFD");
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [cleanedKey(key), cleaned(one)]));
}

function cleanedKey(key: string): string {
  return cleanText(key).replace(halves, "\uFFFD");
}
