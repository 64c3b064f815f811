import type { JsonSchema } from "../gemini/model.ts";

/** What a transcription is to contain beside the words. */
export interface Shape {
  readonly hasTimes: boolean;
  readonly hasSpeakers: boolean;
}

/** The structure that a model is asked to answer in. Everything is required: models skip what is not. */
export function answerSchema({ hasTimes, hasSpeakers }: Shape): JsonSchema {
  const properties = {
    ...(hasTimes && { start: { type: "string", description: `When it begins, ${timeForm}` } }),
    ...(hasTimes && { end: { type: "string", description: `When it ends, ${timeForm}` } }),
    ...(hasSpeakers && { speaker: { type: "string", description: "Who says it: Speaker 1, Speaker 2 ..." } }),
    text: { type: "string", description: "What is said, word for word" },
  };
  return {
    type: "object",
    properties: {
      language: { type: "string", description: "The language that is mostly spoken, as a BCP-47 code" },
      segments: {
        type: "array",
        items: { type: "object", properties, required: Object.keys(properties) },
      },
    },
    required: ["language", "segments"],
  };
}

const timeForm = "as MM:SS.mmm from the start of the recording, from one hour on as HH:MM:SS.mmm";

interface Wishes {
  /** Null for plain text. */
  readonly shape: Shape | null;
  readonly language: string | null;
  /** The user's own words. */
  readonly prompt: string | null;
}

/** What a model is told about transcribing one recording. */
export function transcribeInstructions({ shape, language, prompt }: Wishes): string {
  const sentences = [
    "Transcribe this recording word for word, from its first second to its last.",
    "Leave nothing out, add nothing, and do not translate.",
    language === null ? "Write in the language that is spoken." : `The language spoken is ${language}.`,
    ...(shape === null
      ? [
          "Answer with the words that are spoken and nothing else: no title, no times, no speakers, no remarks.",
        ]
      : segmentSentences(shape)),
    ...(prompt === null ? [] : [prompt]),
  ];
  return sentences.join("\n");
}

function segmentSentences({ hasTimes, hasSpeakers }: Shape): string[] {
  return [
    "Answer in segments of a sentence or two, in the order they are spoken.",
    ...(hasTimes ? [`Give each segment's start and end ${timeForm}.`] : []),
    ...(hasSpeakers
      ? [
          "Tell the speakers apart by their voices: Speaker 1 is who speaks first, Speaker 2 the next new voice, and so on.",
          "Begin a new segment whenever another person speaks.",
        ]
      : []),
  ];
}
