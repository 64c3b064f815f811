import { z } from "zod";
import type { JsonSchema } from "../gemini/model.ts";
import { minuteTime, parseTimecode } from "../timecode.ts";
import type { Milliseconds } from "../units.ts";
import { cleanText, oneLine } from "./clean.ts";
import type { Chapter } from "./reply.ts";
import { timeForm } from "./shape.ts";
import { areBelievable, inRecording, type Part, withinPart } from "./times.ts";

/** The structure in which chapters are asked for. Everything is required: models skip what is not. */
export function chaptersSchema(recordings: number): JsonSchema {
  const properties = {
    ...(recordings > 1 && {
      recording: { type: "integer", description: "The number of the recording: 1 for Recording 1" },
    }),
    start: { type: "string", description: `When it begins, ${timeForm}` },
    title: { type: "string", description: "What it is about, in a few words" },
    summary: { type: "string", description: "What is said in it" },
  };
  const chapter = { type: "object", properties, required: Object.keys(properties) };
  return {
    type: "object",
    properties: { chapters: { type: "array", items: chapter } },
    required: ["chapters"],
  };
}

const chapterSchema = z.object({
  recording: z.int().positive().nullish().catch(null),
  start: z.union([z.string(), z.number()]).nullish().catch(null),
  title: z.string(),
  summary: z.string(),
});

const answerSchema = z.object({ chapters: z.array(chapterSchema) });

/** Chapters as a model told them. */
export interface ToldChapters {
  readonly chapters: readonly Chapter[];
  /** Whether their times can be those of the recordings. */
  readonly areTimed: boolean;
}

/** Reads the JSON that answers a chaptersSchema; null for what is none. */
export function readChapters(value: unknown, parts: readonly Part[]): ToldChapters | null {
  const told = answerSchema.safeParse(value).data?.chapters;
  if (told === undefined) return null;
  const placed = told.map(({ recording, start, title, summary }) => {
    const number = parts.length === 1 ? 1 : (recording ?? 0);
    const time = typeof start === "string" || typeof start === "number" ? parseTimecode(start) : null;
    return { number, start: time, title: oneLine(title), text: cleanText(summary).trim() };
  });
  const areTimed = placed.every(({ number }) => parts[number - 1] !== undefined);
  return {
    chapters: placed.map(({ number, start, ...rest }) => ({
      recording: parts.length === 1 ? null : number,
      start: startOf(start, parts[number - 1]),
      ...rest,
    })),
    areTimed: areTimed && parts.every((part, index) => areTimesOf(part, startsIn(placed, index + 1))),
  };
}

function startOf(start: Milliseconds | null, part: Part | undefined): Milliseconds | null {
  return part === undefined ? null : inRecording(withinPart({ start, end: null }, part), part).start;
}

function startsIn(
  placed: readonly { readonly number: number; readonly start: Milliseconds | null }[],
  number: number,
): (Milliseconds | null)[] {
  return placed.flatMap((one) => (one.number === number ? [one.start] : []));
}

/** A chapter has no end: that of its beginning stands for it. */
function areTimesOf(part: Part, starts: readonly (Milliseconds | null)[]): boolean {
  return areBelievable(
    starts.map((start) => ({ start, end: start })),
    part,
  );
}

/** Chapters to read: a line with the time and the title, and what is said in it. */
export function chaptersText(chapters: readonly Chapter[]): string {
  return chapters
    .map(({ recording, start, title, text }) => {
      const name = recording === null ? "" : `Recording ${recording} `;
      const time = start === null ? "" : `[${minuteTime(start)}] `;
      return `${name}${time}${title}\n${text}`;
    })
    .join("\n\n");
}
