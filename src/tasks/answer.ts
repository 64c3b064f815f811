import { Failure } from "../failure.ts";
import type { Model } from "../plan/models.ts";
import { noUsage } from "../plan/usage.ts";
import { looksLikeJson, readAnswer } from "../transcript/answer.ts";
import { AnswerLoops } from "../transcript/answer-loops.ts";
import { assemble } from "../transcript/assemble.ts";
import { type Collected, collect } from "../transcript/collect.ts";
import { withoutLoopedSegments } from "../transcript/looped-segments.ts";
import { withoutLoop } from "../transcript/loops.ts";
import type { Segment, Spoken } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import { spokenOfWords } from "../transcript/words.ts";
import type { Ask } from "./ask.ts";
import { believed, doubtOf, type Judged } from "./believe.ts";
import type { Progress } from "./progress.ts";
import { heardPart, type ReadyAudio } from "./ready.ts";
import { disagreement } from "./receive.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import { isPlain, shapeOf, type WantedTranscript } from "./transcript-question.ts";

/** What one request answered. */
export interface Answer extends Spoken, Judged {}

interface Receiving {
  readonly wanted: WantedTranscript;
  readonly model: Model;
  readonly ready: ReadyAudio;
  /** How what was sent is called in messages. */
  readonly name: string;
  /** Whether a second answer stays below --max-cost. */
  readonly canPayAgain: () => boolean;
  /** Prints segments as they arrive; null where they are printed when all is known. */
  readonly printer: SegmentPrinter | null;
}

/** Asks for a transcript with more than its text, follows the answer to its end, and reads it. */
export async function receiveAnswer(receiving: Receiving, ask: Ask, progress: Progress): Promise<Answer> {
  const { model, name, printer } = receiving;
  const listening = () => ({ ...(printer !== null && { listener: printer }), loops: new AnswerLoops() });
  const attempt = async (isAgain: boolean) => {
    if (isAgain) printer?.restart();
    return model.kind === "transcription" || isPlain(receiving.wanted)
      ? readWords(receiving, await collect(ask()))
      : readSegments(receiving, await collect(ask(), listening()));
  };
  // What stands on stdout cannot be taken back.
  const canAskAgain = () => (printer === null || printer.isUnused()) && receiving.canPayAgain();
  const answer = await believed({ name, attempt, canAskAgain }, progress);
  const lostPlace = printer === null ? null : await printer.end(answer);
  if (lostPlace === null || answer.failure !== null) return answer;
  return { ...answer, failure: disagreement(name, lostPlace) };
}

function readSegments({ wanted, ready, name }: Receiving, collected: Collected): Answer {
  const { end, usage } = collected;
  const answer = readAnswer(collected.text);
  const segments = end.kind === "looping" ? withoutLoopedSegments(answer.segments) : answer.segments;
  const { isPlausible, ...assembled } = assemble({ ...answer, segments }, shapeOf(wanted), heardPart(ready));
  const said = assembled.segments.map(({ text }) => text).join(" ");
  const hasSounds = (assembled.events ?? []).length > 0;
  // An answer in another form than was asked for may still hold what was said.
  const isReadable =
    answer.isWhole || said !== "" || end.kind !== "complete" || looksLikeJson(collected.text);
  const text = isReadable ? said : collected.text.trim();
  const hasContent = text !== "" || hasSounds;
  const verdict = verdictOf({ end, hasContent, isWhole: answer.isWhole, name });
  const doubt = doubtOf(end, hasContent) ?? (isPlausible ? null : "times");
  return { ...assembled, text, usages: [usage], failure: verdict ?? lacking(wanted, assembled, name), doubt };
}

/** Of plain text there are no words, and none are missed. */
function readWords(
  { wanted, ready, name }: Receiving,
  { text: whole, words, end, usage }: Collected,
): Answer {
  const isLooping = end.kind === "looping";
  const told = (isLooping ? withoutLoop(whole) : whole).trim();
  const kept = isLooping ? words.slice(0, told.split(/\s+/).length) : words;
  const { hasTimes, hasSpeakers } = shapeOf(wanted);
  // Where times were asked for, words came with them: subtitles are cut by them.
  const wishes = { hasTimes, hasSpeakers, hasWords: hasTimes };
  const { isPlausible, ...assembled } = spokenOfWords(kept, told, wishes, heardPart(ready));
  // Words may come without a text of the whole.
  const text = told === "" ? assembled.segments.map((segment) => segment.text).join(" ") : told;
  const hasContent = text !== "";
  const verdict = verdictOf({ end, hasContent, isWhole: true, name });
  const doubt = doubtOf(end, hasContent) ?? (isPlausible ? null : "times");
  return { ...assembled, text, usages: [usage], failure: verdict ?? lacking(wanted, assembled, name), doubt };
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
};
