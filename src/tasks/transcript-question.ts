import type { TranscriptionRequest } from "../gemini/model.ts";
import type { TranscribeInvocation } from "../invocation.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { type Choice, isDetailed } from "../plan/route.ts";
import { transcribeInstructions } from "../transcript/instructions.ts";
import { answerSchema, type Shape } from "../transcript/shape.ts";
import { instructed, type Question } from "./question.ts";

/** A transcript that is wanted, with all that was in files read. */
export interface WantedTranscript extends TranscribeInvocation {
  readonly system: string | null;
  readonly terms: readonly string[];
  /**
   * Whether times are asked for, wanted or not: by them parts are joined, and it is seen what an answer leaves out.
   */
  readonly isTimed: boolean;
}

/** People say some 2.5 words a second, and a word is some 1.5 tokens; a segment's JSON doubles that. */
const plainTokensPerSecond = 4;
const segmentTokensPerSecond = 8;

/** What a translation adds to a segment, in tokens a second, and what a summary is in all. */
const translationTokensPerSecond = 4;
const summaryTokens = 400;

/**
 * The question by which a recording is transcribed.
 * Errors: Failure `usage` for a level of thinking that the model does not take.
 */
export function transcriptQuestion(wanted: WantedTranscript, choice: Choice, audio: PlannedAudio): Question {
  if (choice.model.kind === "transcription") {
    const request = transcriptionRequest(wanted, choice);
    return {
      choice,
      audios: [audio],
      compose: (parts) => ({ ...request, parts }),
      outputTokens: (duration) => Math.ceil(duration * plainTokensPerSecond),
    };
  }
  const shape = isPlain(wanted) ? null : shapeOf(wanted);
  const { asking, language, terms, mode } = wanted;
  const text = transcribeInstructions({ shape, language, vocabulary: terms, mode, prompt: asking.prompt });
  const request = {
    ...instructed({ ...wanted, choice }),
    schema: shape === null ? null : answerSchema(shape),
  };
  return {
    choice,
    audios: [audio],
    compose: (recordings) => ({ ...request, parts: [...recordings, { kind: "text", text }] }),
    outputTokens: (duration) => outputTokensOf(shape, duration),
  };
}

/** Plain text is cheaper, and can be printed as it arrives, where nothing else is needed. */
export function isPlain(wanted: WantedTranscript): boolean {
  const { asking, translateTo, emotion, events, summary, isTimed } = wanted;
  const hasNotes = translateTo !== null || emotion || events || summary;
  return (
    asking.outputs.every(({ format }) => format === "text") && !isDetailed(wanted) && !isTimed && !hasNotes
  );
}

/** What is asked for. */
export function shapeOf(wanted: WantedTranscript): Shape {
  const { diarize, speakers, isTimed, translateTo, emotion, events, summary } = wanted;
  return {
    hasTimes: isTimed,
    hasSpeakers: diarize,
    speakers,
    translateTo,
    hasEmotion: emotion,
    hasEvents: events,
    hasSummary: summary,
  };
}

function transcriptionRequest(wanted: WantedTranscript, { model }: Choice): TranscriptionRequest {
  const { language, terms, mode, diarize, isTimed } = wanted;
  return {
    kind: "transcription",
    model: model.name,
    parts: [],
    languages: language === null ? [] : [language],
    vocabulary: terms,
    mode: mode ?? "verbatim",
    hasWords: isTimed,
    hasSpeakers: diarize,
  };
}

function outputTokensOf(shape: Shape | null, duration: number): number {
  if (shape === null) return Math.ceil(duration * plainTokensPerSecond);
  const rate = segmentTokensPerSecond + (shape.translateTo === null ? 0 : translationTokensPerSecond);
  return Math.ceil(duration * rate) + (shape.hasSummary ? summaryTokens : 0);
}
