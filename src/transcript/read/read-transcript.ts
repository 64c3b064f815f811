import { Failure } from "../../failure.ts";
import type { Transcript } from "../transcript.ts";
import { readGaudio } from "./gaudio.ts";
import { parseDocuments } from "./json.ts";
import { isSrt, readSrt } from "./srt.ts";
import { isVtt, readVtt } from "./vtt.ts";
import { readWhisper } from "./whisper.ts";
import { readWhisperx } from "./whisperx.ts";

const readable =
  "what can be read: gaudio's own JSON, that of whisper and whisperX, and subtitles as SRT or WebVTT";

/**
 * Reads a transcript from a file's text: gaudio's JSON, whisper's, whisperX's, SRT or WebVTT, told by what is in it
 * and not by its name. Failure `input` that names the file, and the line or the key that is wrong.
 */
export function readTranscript(text: string, { path }: { readonly path: string }): Transcript {
  try {
    return readText(text.replace(/^\uFEFF/, ""), path);
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown.about(path) : thrown;
  }
}

function readText(text: string, path: string): Transcript {
  const start = text.slice(0, 1_000).trimStart();
  if (start === "" && text.trim() === "") throw unreadable("the file is empty");
  if (isVtt(start)) return readVtt(text, path);
  if (start.startsWith("{")) return readJson(text, path);
  if (isSrt(text)) return readSrt(text, path);
  throw unreadable("no transcript that can be read");
}

/** Of several documents, one a line, the first: what the others hold is not of the same recording. */
function readJson(text: string, path: string): Transcript {
  const { document, others } = parseDocuments(text, readable);
  const transcript = readDocument(document, path);
  if (others === 0) return transcript;
  const warning = `only the first of ${others + 1} documents in ${path} is read`;
  const { making } = transcript;
  return { ...transcript, making: { ...making, warnings: [...making.warnings, warning] } };
}

function readDocument(document: object, path: string): Transcript {
  if (!("segments" in document)) throw unreadable("JSON that is no transcript: it has no segments");
  if ("source" in document && "usage" in document) return readGaudio(document);
  if ("word_segments" in document || !("text" in document)) return readWhisperx(document, path);
  return readWhisper(document, path);
}

function unreadable(message: string): Failure {
  return new Failure("input", message, { hint: readable });
}
