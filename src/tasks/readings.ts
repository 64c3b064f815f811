import type { JsonSchema } from "../gemini/model.ts";
import { toJson } from "../render/document.ts";
import { chaptersSchema, chaptersText, readChapters } from "../transcript/chapters.ts";
import { CitationReader } from "../transcript/citations.ts";
import { readJson } from "../transcript/clean-json.ts";
import type { Reply } from "../transcript/reply.ts";
import type { Part } from "../transcript/times.ts";
import { violationOf } from "../transcript/violation.ts";

/** An answer that was read. */
interface ReadReply extends Omit<Reply, "question"> {
  /** Whether what has to be JSON is such. */
  readonly isWhole: boolean;
  /** Whether the times in it can be. */
  readonly areTimed: boolean;
  /** Why it is not what was asked for; null when it is. */
  readonly flaw: string | null;
  readonly warnings: readonly string[];
}

/** What of an answer is shown as it arrives. */
export interface Shown {
  readonly add: (piece: string) => string;
  /** The rest. Nothing more will come. */
  readonly end: () => string;
}

/** How answers about recordings are asked for and read. `parts` are what a model is given of each recording. */
export interface Reading {
  /** What an answer has to look like; null for plain text. */
  readonly schema: JsonSchema | null;
  readonly read: (text: string, parts: readonly Part[]) => Promise<ReadReply>;
  /** What to show of one answer; null for what is shown when it is whole. */
  readonly show: (parts: readonly Part[]) => Shown | null;
}

const plainReply = {
  citations: null,
  chapters: null,
  value: null,
  isWhole: true,
  areTimed: true,
  flaw: null,
  warnings: [],
} as const satisfies Omit<ReadReply, "text">;

/** Text as it is. */
export const plainReading: Reading = {
  schema: null,
  read: async (text) => ({ ...plainReply, text }),
  show: () => ({ add: (piece) => piece, end: () => "" }),
};

/** Text that points to times, which are checked, and told in the time of the whole recordings. */
export const citedReading: Reading = {
  schema: null,
  read: async (written, parts) => {
    const reader = new CitationReader(parts);
    const text = reader.add(written) + reader.end();
    const { citations, outside } = reader;
    const where = parts.length === 1 ? "the recording" : "the recordings";
    const isBare = citations.length === 0 && outside.length === 0 && text !== "";
    const warnings = [
      ...[...new Set(outside)].map((one) => `the answer points to ${one}, which is not in ${where}`),
      ...(isBare ? ["the answer points to no times"] : []),
    ];
    return { ...plainReply, text, citations, areTimed: outside.length === 0, warnings };
  },
  show: (parts) => new CitationReader(parts),
};

/** JSON of a schema of the user's, checked against it. */
export function schemaReading(schema: JsonSchema): Reading {
  return {
    schema,
    read: async (text) => {
      const value = readJson(text);
      if (value === null) return { ...plainReply, text, isWhole: false };
      const violation = await violationOf(schema, value.json);
      const flaw = violation === null ? null : `the answer is not of the schema: ${violation}`;
      return { ...plainReply, text: toJson(value.json, 2), value, flaw };
    },
    show: () => null,
  };
}

/** Chapters of so many recordings. */
export function chaptersReading(recordings: number): Reading {
  return {
    schema: chaptersSchema(recordings),
    read: async (text, parts) => {
      const whole = readJson(text);
      const told = readChapters((whole ?? readJson(closedPart(text)))?.json, parts);
      if (told === null) return { ...plainReply, text: "", chapters: [], isWhole: false };
      const { chapters, areTimed } = told;
      return { ...plainReply, text: chaptersText(chapters), chapters, areTimed, isWhole: whole !== null };
    },
    show: () => null,
  };
}

/** As many chapters as are closed of JSON that was cut: there are no other objects in them. */
function closedPart(json: string): string {
  return `${json.slice(0, json.lastIndexOf("}") + 1)}]}`;
}
