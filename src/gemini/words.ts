import { z } from "zod";
import { parseTimecode } from "../timecode.ts";
import { lenient, text } from "./lenient.ts";
import type { ModelWord } from "./model.ts";

const offset = lenient(z.union([z.string(), z.number()]));

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
        start: parseTimecode(data.startOffset ?? data.start_offset ?? ""),
        end: parseTimecode(data.endOffset ?? data.end_offset ?? "", "end"),
        // A label that is empty is none.
        speaker: data.speakerLabel || data.speaker || speaker || null,
      },
    ];
  });
}
