import type { TranscriptionMode } from "../invocation.ts";
import { languageName } from "./language.ts";
import { type Shape, timeForm } from "./shape.ts";

interface Wishes {
  /** Null for plain text. */
  readonly shape: Shape | null;
  /** The language that is spoken, as BCP-47; null to detect it. */
  readonly language: string | null;
  /** Words and names that may be said. */
  readonly vocabulary: readonly string[];
  /** As it was said, or tidied up; null for the model's own way. */
  readonly mode: TranscriptionMode | null;
  /** The user's own words. */
  readonly prompt: string | null;
}

/** What a model is told about transcribing one recording. */
export function transcribeInstructions({ shape, language, vocabulary, mode, prompt }: Wishes): string {
  const sentences = [
    ...(mode === "smart" ? tidied(shape) : asSaid(shape)),
    ...(mode === "verbatim" ? ["Keep fillers, repetitions and false starts as they are said."] : []),
    language === null ? "Write in the language that is spoken." : `The language spoken is ${language}.`,
    ...vocabularySentences(vocabulary),
    ...(shape === null ? plainSentences : shapeSentences(shape)),
    ...(prompt === null ? [] : [prompt]),
  ];
  return sentences.join("\n");
}

function asSaid(shape: Shape | null): string[] {
  return [
    "Transcribe this recording word for word, from its first second to its last.",
    `Leave nothing out, add nothing, and do not translate${translated(shape)}.`,
  ];
}

function tidied(shape: Shape | null): string[] {
  return [
    "Transcribe this recording, from its first second to its last.",
    "Leave out fillers, repetitions and false starts, and mend small slips.",
    `Leave nothing else out, add nothing, and do not translate${translated(shape)}.`,
  ];
}

/** What is not to be translated, where something is. */
function translated(shape: Shape | null): string {
  return shape === null || shape.translateTo === null ? "" : " the text itself";
}

/** Each term on one line, whatever it was read from. */
function vocabularySentences(vocabulary: readonly string[]): string[] {
  const terms = vocabulary.map((term) => term.replace(/\s+/g, " ").trim()).filter((term) => term !== "");
  return terms.length === 0 ? [] : [`Names and terms that may be said: ${terms.join(", ")}.`];
}

const plainSentences = [
  "Answer with the words that are spoken and nothing else: no title, no times, no speakers, no remarks.",
];

function shapeSentences({ hasTimes, hasEvents, hasSummary, ...shape }: Shape): string[] {
  return [
    "Answer in segments of a sentence or two, in the order they are spoken.",
    ...(hasTimes ? [`Give each segment's start and end ${timeForm}.`] : []),
    ...(shape.hasSpeakers ? speakerSentences(shape.speakers) : []),
    "Give each segment's language as a BCP-47 code.",
    ...(shape.translateTo === null ? [] : [translationSentence(shape.translateTo)]),
    ...(shape.hasEmotion
      ? ["Give each segment's emotion: of the voice, or of the music where nobody speaks."]
      : []),
    ...(hasEvents ? [eventsSentence] : []),
    ...(hasSummary ? ["At the end, sum up in a few sentences what the recording is about."] : []),
  ];
}

function speakerSentences(speakers: number | null): string[] {
  return [
    "Tell the speakers apart by their voices: Speaker 1 is who speaks first, Speaker 2 the next new voice, and so on.",
    ...(speakers === null
      ? []
      : [speakers === 1 ? "There is 1 speaker." : `There are ${speakers} speakers.`]),
    "Begin a new segment whenever another person speaks.",
  ];
}

function translationSentence(language: string): string {
  const name = languageName(language);
  const target = name === null ? language : `${name} (${language})`;
  return `Beside each segment's text, give its translation into ${target}; of text that is in that language already, the text again.`;
}

const eventsSentence = `List the sounds that are no speech, such as laughter, applause, music, birdsong or a siren, with the start and end of each ${timeForm}.`;
