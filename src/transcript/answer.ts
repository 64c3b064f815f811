import { JSONParser } from "@streamparser/json";
import { z } from "zod";
import { cleanText } from "./clean.ts";

const segmentSchema = z.object({
  start: z.union([z.string(), z.number()]).optional(),
  end: z.union([z.string(), z.number()]).optional(),
  speaker: z.string().nullish(),
  text: z.string(),
});

/** A segment as the model wrote it. */
export type AnsweredSegment = z.infer<typeof segmentSchema>;

/** A structured answer, as much of it as arrived. */
export interface Answer {
  readonly language: string | null;
  readonly segments: readonly AnsweredSegment[];
  /** Whether the JSON was whole and every segment of the form that was asked for. */
  readonly isWhole: boolean;
}

/**
 * Reads the JSON that answers an answerSchema. Of JSON that is cut short, the segments that were
 * closed are kept: never a half one, whose text or time could be cut too.
 */
export function readAnswer(json: string): Answer {
  let language: string | null = null;
  const segments: AnsweredSegment[] = [];
  let isWhole = true;
  let hasSegments = false;
  const parser = new JSONParser({ paths: ["$.language", "$.segments", "$.segments.*"], keepStack: false });
  parser.onValue = ({ key, value }) => {
    if (key === "segments") {
      hasSegments = Array.isArray(value);
      return;
    }
    if (key === "language") {
      language = typeof value === "string" ? cleanText(value).trim() || null : null;
      return;
    }
    const segment = segmentSchema.safeParse(value);
    if (segment.success) segments.push(segment.data);
    else isWhole = false;
  };
  parser.onError = () => {
    isWhole = false;
  };
  try {
    parser.write(json);
  } catch {
    isWhole = false;
  }
  return { language, segments, isWhole: isWhole && hasSegments && parser.isEnded };
}
