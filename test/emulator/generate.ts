import { answer } from "./answer.ts";
import type { Fault } from "./faults.ts";
import { ending, type Generated, type Said, textOf } from "./generated.ts";
import type { Heard } from "./hearing/hear.ts";
import type { Listener } from "./listener.ts";
import { mishear } from "./mishear.ts";
import type { Question, QuestionPart } from "./question.ts";
import { invalid } from "./refusal.ts";
import {
  charactersPerToken,
  type PromptTokens,
  promptDetailsOf,
  promptText,
  promptTokens,
  thoughtsOf,
  tokensIn,
} from "./tokens.ts";
import { transcribe } from "./transcription.ts";

/** The most audio in one prompt: 9.5 hours [doc]. */
const longestPromptSeconds = 34_200;

/** Answers questions from what is heard in their audio. */
export class Generator {
  private readonly listener: Pick<Listener, "hearAll" | "expireAll">;

  constructor(listener: Pick<Listener, "hearAll" | "expireAll">) {
    this.listener = listener;
  }

  /** What is heard in the audio of a question. Errors: Refusal, as the service would refuse. */
  async hear({ parts }: Question, fault: Fault | null): Promise<Heard[]> {
    if (fault?.kind === "expired") this.listener.expireAll(parts);
    return this.listener.hearAll(parts);
  }

  /** Errors: Refusal, as the service would refuse. */
  generate(question: Question, heard: readonly Heard[], fault: Fault | null): Generated {
    const tokens = promptTokens(question, heard);
    assertWithin(question, heard, tokens);
    const { model, maxOutputTokens, serviceTier } = question;
    const limit = maxOutputTokens ?? model.outputTokenLimit;
    // Thoughts count as output [doc].
    const thoughts = thoughtsOf(question, limit);
    const mostCharacters = (limit - (thoughts ?? 0)) * charactersPerToken;
    const understood = heard.map((one) => mishear(one, fault));
    const whole = sayAbout(question, understood, fault);
    const answered = tokensIn(Math.min(textOf(whole).length, mostCharacters));
    return {
      ...ending(whole, mostCharacters, fault),
      spent: { prompt: tokens, cached: question.cachedTokens, answer: answered, thoughts },
      serviceTier,
    };
  }

  /** What a cache is to hold: parts that were heard, and what they weigh. Errors: Refusal, as the service would refuse. */
  async prepare(question: Question) {
    const heard = await this.listener.hearAll(question.parts);
    const { total: tokens } = promptTokens(question, heard);
    let next = 0;
    const parts = question.parts.map((part): QuestionPart => {
      const one = part.kind === "text" ? undefined : heard[next++];
      return one === undefined ? part : { kind: "heard", heard: one };
    });
    return { model: question.model, parts, tokens };
  }

  /** Errors: Refusal, as the service would refuse. */
  async countTokens(question: Question): Promise<object> {
    const tokens = promptTokens(question, await this.listener.hearAll(question.parts));
    return { totalTokens: tokens.total, promptTokensDetails: promptDetailsOf(tokens) };
  }
}

function assertWithin(
  { model, transcription }: Question,
  heard: readonly Heard[],
  tokens: PromptTokens,
): void {
  const seconds = heard.reduce((sum, one) => sum + one.seconds, 0);
  const isDetailed = transcription?.hasWords === true || transcription?.hasSpeakers === true;
  const limit = model.recordingLimit?.[isDetailed ? "words" : "text"] ?? null;
  if (limit !== null && seconds > limit)
    throw invalid(`The audio (${seconds} s) exceeds the maximum audio duration of ${limit} s.`);
  if (seconds > longestPromptSeconds) throw invalid("The audio in the prompt is longer than 9.5 hours.");
  if (tokens.total > model.inputTokenLimit) {
    throw invalid(
      `The input token count (${tokens.total}) exceeds the maximum number of tokens allowed (${model.inputTokenLimit}).`,
    );
  }
}

/** What the model says, whole, if no fault makes it say something else. */
function sayAbout(question: Question, heard: readonly Heard[], fault: Fault | null): Said {
  const { transcription, schema } = question;
  if (transcription !== null) {
    const [told] = heard.map((one) => transcribe(one, transcription, fault));
    return told === undefined ? { kind: "nothing" } : { kind: "transcription", ...told };
  }
  // What has to be JSON is at least an empty text.
  if (fault?.kind === "empty") return schema === null ? { kind: "nothing" } : { kind: "text", text: "" };
  const text =
    fault?.kind === "say" ? fault.text : answer(heard, { prompt: promptText(question), schema }, fault);
  return text === "" ? { kind: "nothing" } : { kind: "text", text };
}
