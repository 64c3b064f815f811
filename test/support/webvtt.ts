import { createRequire } from "node:module";
import { z } from "zod";

interface Parser {
  parse(text: string, mode: "metadata" | "subtitles" | "chapters"): unknown;
}

const milliseconds = z.number().transform((seconds) => Math.round(seconds * 1_000));

const parsed = z.object({
  cues: z.array(z.object({ startTime: milliseconds, endTime: milliseconds, text: z.string() })),
  errors: z.array(z.object({ message: z.string(), line: z.number() })),
});

const require = createRequire(import.meta.url);

/** The W3C's own reader of WebVTT, which has no types. */
const { WebVTTParser } = z
  .object({ WebVTTParser: z.custom<new () => Parser>((value) => typeof value === "function") })
  .parse(require("webvtt-parser"));

/** What the W3C's reader finds in a WebVTT file: its cues, in milliseconds, and all that is wrong with it. */
export function readVtt(text: string): z.infer<typeof parsed> {
  return parsed.parse(new WebVTTParser().parse(text, "subtitles"));
}
