import { z } from "zod";
import type { Transcript } from "../transcript.ts";
import { aside, listOf, seconds, text, time } from "./fields.ts";
import { readBySchema } from "./json.ts";
import { told } from "./told.ts";

/** OpenAI's diarized_json and other offspring of whisper's JSON tell speakers, too. */
const label = aside.transform((speaker) => speaker?.trim() || null);

const word = z
  .object({ word: text, start: time, end: time, speaker: label })
  .transform(({ word, speaker, ...times }) => ({ text: word.trim(), label: speaker, ...times }));

/** A segment of whisper's, and of all that comes from it. */
export const whisperSegment = z
  .object({
    start: time,
    end: time,
    text,
    speaker: label,
    words: listOf(word)
      .nullish()
      .transform((words) => words?.filter(({ text }) => text !== "") ?? null),
  })
  .transform(({ text, speaker, ...facts }) => ({ text: text.trim(), label: speaker, ...facts }));

const document = z.object({
  text,
  segments: listOf(whisperSegment),
  language: aside,
  /** In OpenAI's verbose_json alone. */
  duration: seconds.nullish().transform((duration) => duration ?? 0),
});

/** Reads openai/whisper's JSON (whisper/transcribe.py), and the verbose_json of OpenAI's service. */
export function readWhisper(json: object, path: string): Transcript {
  const { text, ...read } = readBySchema(document, json);
  return told({ ...read, text: text.trim() }, path);
}
