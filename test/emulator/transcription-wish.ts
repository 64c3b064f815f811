import type { QuestionPart } from "./question.ts";
import { invalid } from "./refusal.ts";

/** What is wanted of a transcription model. */
export interface TranscriptionWish {
  /** BCP-47; none to detect them. */
  readonly languages: readonly string[];
  readonly vocabulary: readonly string[];
  readonly mode: "verbatim" | "smart";
  readonly hasWords: boolean;
  readonly hasSpeakers: boolean;
}

/** The most terms of a vocabulary [doc: the transcribe page]. */
const mostTerms = 1_000;

/** Errors: Refusal 400 for what does not go together, or is not known [doc: the transcribe page]. */
export function assertWish({ languages, vocabulary, mode, hasWords, hasSpeakers }: TranscriptionWish): void {
  const isDetailed = hasWords || hasSpeakers;
  if (mode === "smart" && isDetailed)
    throw invalid("Timestamps and diarization are not supported in SMART mode.");
  if (vocabulary.length > 0 && isDetailed)
    throw invalid("Custom vocabulary is not supported with timestamps or diarization.");
  if (vocabulary.length > mostTerms)
    throw invalid(`Custom vocabulary has ${vocabulary.length} terms; ${mostTerms} are the most.`);
  for (const code of languages) {
    if (!isLanguage(code)) throw invalid(`Invalid language code: ${code}`);
  }
}

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Whether a code is BCP-47, and of a language that there is. */
function isLanguage(code: string): boolean {
  try {
    return languageNames.of(new Intl.Locale(code).language) !== undefined;
  } catch {
    return false;
  }
}

/** Errors: Refusal 400 unless the input is the audio alone [doc: the transcribe page], of one recording. */
export function assertAudioAlone(parts: readonly QuestionPart[]): void {
  if (parts.some(({ kind }) => kind === "text"))
    throw invalid("The model takes audio alone: text parts are not supported.");
  if (parts.some(({ kind }) => kind === "video"))
    throw invalid("The model takes audio alone: video parts are not supported.");
  if (parts.length !== 1) throw invalid(`The model takes one audio part, not ${parts.length}.`);
}
