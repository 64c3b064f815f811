import type { Format } from "../invocation.ts";
import type { Summary, Transcript } from "../transcript/transcript.ts";
import { makingDocument, printDocument, sourceDocument } from "./document.ts";
import { renderJson } from "./json.ts";
import { renderText } from "./text.ts";

/** Every format of a transcript. The text has no newline at its end. */
export const transcriptRenderers = {
  text: renderText,
  json: renderJson,
} as const satisfies Record<Format, (transcript: Transcript) => string>;

/** Every format of a summary. */
export const summaryRenderers = {
  text: ({ text }) => text,
  json: ({ text, sources, making }) =>
    printDocument({ text, sources: sources.map(sourceDocument), ...makingDocument(making) }),
} as const satisfies Record<Format, (summary: Summary) => string>;
