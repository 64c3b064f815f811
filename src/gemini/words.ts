import { z } from "zod";
import type { Milliseconds } from "../units.ts";
import type { ModelWord } from "./model.ts";

const text = z.string().nullish().catch(null);
const offset = z.union([z.string(), z.number()]).nullish().catch(null);

/** A word as generateContent writes it, and as the Interactions API does [types]. */
const wordSchema = z.object({
  word: text,
  text,
  startOffset: offset,
  start_offset: offset,
  endOffset: offset,
  end_offset: offset,
  speakerLabel: text,
  speaker: text,
});

/**
 * The words of an answer, in either API's form; what is none is left out. A word that names no speaker is
 * of the one who speaks all of them, where there is one.
 */
export function readWords(told: unknown, speaker: string | null = null): ModelWord[] {
  if (!Array.isArray(told)) return [];
  return told.flatMap((one: unknown): ModelWord[] => {
    const { data } = wordSchema.safeParse(one);
    const spoken = data?.word ?? data?.text ?? "";
    if (data === undefined || spoken === "") return [];
    return [
      {
        text: spoken,
        start: readOffset(data.startOffset ?? data.start_offset),
        end: readOffset(data.endOffset ?? data.end_offset),
        // A label that is empty is none.
        speaker: data.speakerLabel || data.speaker || speaker || null,
      },
    ];
  });
}

/** A time from the recording's beginning, told in seconds: "0.100s", "12s", "1.5". Null for anything else. */
function readOffset(told: string | number | null | undefined): Milliseconds | null {
  const seconds = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*s?\s*$/i.exec(String(told ?? ""))?.[1];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1_000);
}
