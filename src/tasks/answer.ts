import { Failure } from "../failure.ts";
import type { Model } from "../plan/models.ts";
import { noUsage } from "../plan/usage.ts";
import { looksLikeJson, readAnswer } from "../transcript/answer.ts";
import { AnswerLoops } from "../transcript/answer-loops.ts";
import { assemble } from "../transcript/assemble.ts";
import type { Collected } from "../transcript/collect.ts";
import { type Stretch, tellsOf } from "../transcript/coverage.ts";
import { withoutLoopedSegments } from "../transcript/looped-segments.ts";
import { withoutLoop } from "../transcript/loops.ts";
import type { Segment, Spoken } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import { spokenOfWords } from "../transcript/words.ts";
import type { Ask } from "./ask.ts";
import { believed, type Doubt, doubtOf, type Judged } from "./believe.ts";
import type { Progress } from "./progress.ts";
import { heardPart, type SentAudio } from "./ready.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import { isPlain, shapeOf, type WantedTranscript } from "./transcript-question.ts";

/** What one request answered. */
export interface Answer extends Spoken, Judged {
  /** Whether it may go better with less of the recording at once: what came is no answer about all of it. */
  readonly isDivisible: boolean;
}

interface Receiving {
  readonly wanted: WantedTranscript;
  readonly model: Model;
  readonly sent: SentAudio;
  /** How what was sent is called in messages. */
  readonly name: string;
  /** Whether an answer that was cut at its limit is asked for again. */
  readonly isLast: boolean;
  /** Whether the same may be asked again, where what came cannot be believed. */
  readonly mayAskAgain: (doubt: Doubt) => boolean;
  /** Where it is known, from elsewhere, that something is said; null for nowhere. */
  readonly expected: Stretch | null;
  /** Whether it is known, from elsewhere, that there is nothing to answer. */
  readonly isNothing: () => Promise<boolean>;
  /** Prints segments as they arrive; null where they are printed when all is known. */
  readonly printer: SegmentPrinter | null;
}

/** Asks for a transcript with more than its text, follows the answer to its end, and reads it. */
export async function receiveAnswer(receiving: Receiving, ask: Ask, progress: Progress): Promise<Answer> {
  const { model, name, printer } = receiving;
  const listening = () => ({ ...(printer !== null && { listener: printer }), loops: new AnswerLoops() });
  const attempt = async (isAgain: boolean) => {
    if (isAgain) printer?.restart();
    const answer =
      model.kind === "transcription" || isPlain(receiving.wanted)
        ? readWords(receiving, await ask())
        : readSegments(receiving, await ask(listening()));
    const isRight = answer.doubt === "nothing" && (await receiving.isNothing());
    if (isRight) return { ...answer, doubt: null, failure: null, isDivisible: false };
    return isEarly(answer, receiving) ? { ...answer, doubt: "early" as const, isDivisible: true } : answer;
  };
  // What stands on stdout cannot be taken back.
  const canAskAgain = (doubt: Doubt) =>
    (printer === null || printer.isUnused()) && receiving.mayAskAgain(doubt);
  return believed({ name, attempt, canAskAgain }, progress);
}

/** Whether an answer that seems right leaves out the end, where something is said. */
function isEarly({ doubt, failure, ...answer }: Answer, { expected }: Receiving): boolean {
  return doubt === null && failure === null && expected !== null && !tellsOf(answer, expected);
}

function readSegments({ wanted, sent, name, isLast }: Receiving, collected: Collected): Answer {
  const { end, usage } = collected;
  const answer = readAnswer(collected.text);
  const segments = end.kind === "looping" ? withoutLoopedSegments(answer.segments) : answer.segments;
  const { isPlausible, ...assembled } = assemble({ ...answer, segments }, shapeOf(wanted), heardPart(sent));
  const said = assembled.segments.map(({ text }) => text).join(" ");
  const hasSounds = (assembled.events ?? []).length > 0;
  // An answer in another form than was asked for may still hold what was said.
  const isReadable =
    answer.isWhole || said !== "" || end.kind !== "complete" || looksLikeJson(collected.text);
  const text = isReadable ? said : collected.text.trim();
  const hasContent = text !== "" || hasSounds;
  const verdict = verdictOf({ end, hasContent, isWhole: answer.isWhole, name });
  const doubt = doubtOf(end, { hasContent, isLast }) ?? (isPlausible ? null : "times");
  const failure = verdict ?? lacking(wanted, assembled, name);
  const isDivisible = doubt !== null || (verdict !== null && end.kind !== "cut");
  return { ...assembled, text, usages: [usage], failure, doubt, isDivisible };
}

/** Of plain text there are no words, and none are missed. */
function readWords(
  { wanted, sent, name, isLast }: Receiving,
  { text: whole, words, end, usage }: Collected,
): Answer {
  const isLooping = end.kind === "looping";
  const told = (isLooping ? withoutLoop(whole) : whole).trim();
  const kept = isLooping ? words.slice(0, told.split(/\s+/).length) : words;
  const { hasTimes, hasSpeakers } = shapeOf(wanted);
  // Where times were asked for, words came with them: subtitles are cut by them.
  const wishes = { hasTimes, hasSpeakers, hasWords: hasTimes };
  const { isPlausible, ...assembled } = spokenOfWords(kept, told, wishes, heardPart(sent));
  // Words may come without a text of the whole.
  const text = told === "" ? assembled.segments.map((segment) => segment.text).join(" ") : told;
  const hasContent = text !== "";
  const verdict = verdictOf({ end, hasContent, isWhole: true, name });
  const doubt = doubtOf(end, { hasContent, isLast }) ?? (isPlausible ? null : "times");
  const failure = verdict ?? lacking(wanted, assembled, name);
  const isDivisible = doubt !== null || (verdict !== null && end.kind !== "cut");
  return { ...assembled, text, usages: [usage], failure, doubt, isDivisible };
}

/** Why what was asked for is not there at all, though something was said; null when it is. */
function lacking(
  wanted: WantedTranscript,
  { segments }: Pick<Spoken, "segments">,
  name: string,
): Failure | null {
  const { hasTimes, hasSpeakers, translateTo, hasEmotion } = shapeOf(wanted);
  const isMissing = (isAsked: boolean, isThere: (segment: Segment) => boolean) =>
    isAsked && segments.length > 0 && !segments.some(isThere);
  const missing = [
    ...(isMissing(hasTimes, ({ start }) => start !== null) ? ["times"] : []),
    ...(isMissing(hasSpeakers, ({ speaker }) => speaker !== null) ? ["speakers"] : []),
    ...(isMissing(translateTo !== null, ({ translation }) => translation !== null) ? ["translation"] : []),
    ...(isMissing(hasEmotion, ({ emotion }) => emotion !== null) ? ["emotions"] : []),
  ];
  if (missing.length === 0) return null;
  return new Failure("incomplete", `${name}: the model told no ${missing.join(" and no ")}`, {
    hint: "run the command again, or use another model: gaudio models lists them",
    file: name,
    retryable: true,
  });
}

/** Of digital silence nothing is sent, and nothing is said in it. */
export const silentAnswer: Answer = {
  text: "",
  language: null,
  segments: [],
  speakers: [],
  events: null,
  summary: null,
  warnings: [],
  usages: [noUsage],
  failure: null,
  doubt: null,
  isDivisible: false,
};
