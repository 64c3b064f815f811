import type { Format } from "../invocation.ts";
import { cleanText } from "../transcript/clean.ts";
import type { Chapter, Citation, Replies, Reply } from "../transcript/reply.ts";
import { makingDocument, printDocument, sourceDocument } from "./document.ts";
import { toSeconds } from "./time.ts";

/** Every format of one text about recordings: a summary, a description. */
export const textRenderers = {
  text: ({ replies }) => textOfReplies(replies),
  json: ({ replies, ...rest }) =>
    printDocument({
      text: textOfReplies(replies),
      ...chaptersIn(replies),
      ...restOf(rest),
    }),
} as const satisfies Record<Format, (replies: Replies) => string>;

/** Every format of answers to questions about recordings. */
export const answerRenderers = {
  text: textRenderers.text,
  json: ({ replies, ...rest }) =>
    printDocument({
      text: textOfReplies(replies),
      answers: replies.map(answerDocument),
      ...restOf(rest),
    }),
} as const satisfies Record<Format, (replies: Replies) => string>;

function restOf({ sources, making }: Omit<Replies, "replies">) {
  return { sources: sources.map(sourceDocument), ...makingDocument(making) };
}

/** One answer as it is; several each under its question. */
function textOfReplies(replies: readonly Reply[]): string {
  if (replies.length === 1) return replies.map(({ text }) => text).join("");
  return replies
    .filter(({ text }) => text !== "")
    .map(({ question, text }) => `${headingOf(question)}${text}`)
    .join("\n\n");
}

/** What stands above the answer where there are several. */
export function headingOf(question: string | null): string {
  return question === null ? "" : `${cleanText(question)}\n`;
}

function answerDocument({ question, text, citations, value }: Reply) {
  return {
    question,
    text,
    ...(citations !== null && { citations: citations.map(citationDocument) }),
    ...(value !== null && { value: value.json }),
  };
}

function citationDocument({ recording, start, end }: Citation) {
  return {
    ...(recording !== null && { recording }),
    start: toSeconds(start),
    ...(end !== null && { end: toSeconds(end) }),
  };
}

function chaptersIn(replies: readonly Reply[]) {
  const chapters = replies.flatMap((reply) => reply.chapters ?? []);
  return replies.some((reply) => reply.chapters !== null) && { chapters: chapters.map(chapterDocument) };
}

function chapterDocument({ recording, start, title, text }: Chapter) {
  return { ...(recording !== null && { recording }), start: toSeconds(start), title, text };
}
