import { z } from "zod";
import type { Transcript } from "../transcript.ts";
import { aside, listOf } from "./fields.ts";
import { readBySchema } from "./json.ts";
import { told } from "./told.ts";
import { whisperSegment } from "./whisper.ts";

const document = z.object({ segments: listOf(whisperSegment), language: aside });

/** Reads whisperX's JSON (whisperx/alignment.py): whisper's with speakers, and without a text of the whole. */
export function readWhisperx(json: object, path: string): Transcript {
  return told(readBySchema(document, json), path);
}
