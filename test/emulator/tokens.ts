import type { Heard } from "./hearing/hear.ts";
import type { Question } from "./question.ts";
import { tokensPerPicture } from "./videos.ts";

/** Characters a token, for text. */
export const charactersPerToken = 4;

/** What a prompt weighs. */
export interface PromptTokens {
  readonly audio: number;
  readonly video: number;
  readonly text: number;
  readonly total: number;
}

/** What a request used. */
export interface SpentTokens {
  readonly prompt: PromptTokens;
  /** How much of the prompt was in a cache. */
  readonly cached: number;
  readonly answer: number;
  /** Null for a model that does not think. */
  readonly thoughts: number | null;
}

/** What a model thinks, at any level but none, before it answers. */
const thoughtTokens = 24;

/** What a question weighs, with what was heard in it. */
export function promptTokens(question: Question, heard: readonly Heard[]): PromptTokens {
  const rate = question.model.tokensPerSecond;
  const audio = heard.reduce((sum, one) => sum + Math.ceil(one.seconds * rate), 0);
  const text = tokensIn(promptText(question).length);
  const video = heard.reduce((sum, { pictures }) => sum + pictures * tokensPerPicture, 0);
  return { audio, video, text, total: audio + video + text };
}

/** All that is said to a model in words. */
export function promptText({ parts }: Question): string {
  return parts.map((part) => (part.kind === "text" ? part.text : "")).join("\n");
}

/** What a model thinks before it answers, within the limit of all that it puts out; null for one that does not think. */
export function thoughtsOf({ model, isThinking }: Question, limit: number): number | null {
  if (model.kind === "transcription") return null;
  return isThinking ? Math.min(thoughtTokens, limit) : 0;
}

/** What so many characters weigh. */
export function tokensIn(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}

/** In generateContent's form. */
export function usageMetadataOf({ prompt, cached, answer, thoughts }: SpentTokens): object {
  return {
    promptTokenCount: prompt.total,
    candidatesTokenCount: answer,
    ...(thoughts === null ? {} : { thoughtsTokenCount: thoughts }),
    ...(cached === 0 ? {} : { cachedContentTokenCount: cached }),
    totalTokenCount: prompt.total + answer + (thoughts ?? 0),
    promptTokensDetails: promptDetailsOf(prompt),
  };
}

/** A prompt's tokens by what they stand for, in generateContent's form. */
export function promptDetailsOf({ audio, video, text }: PromptTokens): object[] {
  return [
    { modality: "AUDIO", tokenCount: audio },
    ...(video > 0 ? [{ modality: "VIDEO", tokenCount: video }] : []),
    { modality: "TEXT", tokenCount: text },
  ];
}

/** In the Interactions API's form. */
export function interactionUsageOf({ prompt, answer, thoughts }: SpentTokens): object {
  return {
    total_input_tokens: prompt.total,
    input_tokens_by_modality: [
      { modality: "audio", tokens: prompt.audio },
      ...(prompt.video > 0 ? [{ modality: "video", tokens: prompt.video }] : []),
      { modality: "text", tokens: prompt.text },
    ],
    total_cached_tokens: 0,
    total_output_tokens: answer,
    total_thought_tokens: thoughts ?? 0,
    total_tokens: prompt.total + answer + (thoughts ?? 0),
  };
}
