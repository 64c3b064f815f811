import type { JsonSchema } from "../gemini/model.ts";
import { emotions } from "./transcript.ts";

/** What a transcription is to contain beside the words and their language. */
export interface Shape {
  readonly hasTimes: boolean;
  readonly hasSpeakers: boolean;
  /** How many speakers there are, as far as the user knows; null when nobody said. */
  readonly speakers: number | null;
  /** The language of a translation beside each segment's text, as BCP-47; null for none. */
  readonly translateTo: string | null;
  readonly hasEmotion: boolean;
  /** Sounds that are no speech; they always have times. */
  readonly hasEvents: boolean;
  readonly hasSummary: boolean;
}

/** How a model is to write times. */
export const timeForm = "as MM:SS.mmm from the start of the recording, from one hour on as HH:MM:SS.mmm";

const times = {
  start: { type: "string", description: `When it begins, ${timeForm}` },
  end: { type: "string", description: `When it ends, ${timeForm}` },
} as const;

const code = "as a BCP-47 code";

/**
 * The structure that a model is asked to answer in. Everything is required: models skip what is not.
 * No `$ref` and no `maxItems`: the service refuses them, or some of them (gemini-api.md, [report]).
 */
export function answerSchema(shape: Shape): JsonSchema {
  return objectOf({
    language: { type: "string", description: `The language that is mostly spoken, ${code}` },
    segments: { type: "array", items: segmentSchema(shape) },
    ...(shape.hasEvents && { events: { type: "array", items: eventSchema } }),
    // Last: the model has written down by then what it sums up.
    ...(shape.hasSummary && { summary: { type: "string", description: "What the recording is about" } }),
  });
}

function segmentSchema({ hasTimes, hasSpeakers, translateTo, hasEmotion }: Shape): JsonSchema {
  return objectOf({
    ...(hasTimes && times),
    ...(hasSpeakers && { speaker: { type: "string", description: "Who says it: Speaker 1, Speaker 2 ..." } }),
    language: { type: "string", description: `The language it is said in, ${code}` },
    text: { type: "string", description: "What is said, in the language it is said in" },
    ...(translateTo !== null && {
      translation: { type: "string", description: `The text, translated into ${translateTo}` },
    }),
    ...(hasEmotion && { emotion: { type: "string", enum: emotions, description: "How it is said" } }),
  });
}

const eventSchema = objectOf({
  ...times,
  label: { type: "string", description: "What is heard, in a word or two" },
});

function objectOf(properties: JsonSchema): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties) };
}
