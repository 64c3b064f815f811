import { Failure } from "../failure.ts";
import type { Model } from "../plan/models.ts";
import { noUsage } from "../plan/usage.ts";
import { readAnswer } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import { type Collected, collect } from "../transcript/collect.ts";
import { withoutLoopedSegments } from "../transcript/looped-segments.ts";
import { withoutLoop } from "../transcript/loops.ts";
import type { Spoken } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import { spokenOfWords } from "../transcript/words.ts";
import type { Ask } from "./ask.ts";
import { believed, doubtOf, type Judged } from "./believe.ts";
import type { Progress } from "./progress.ts";
import { heardPart, type ReadyAudio } from "./ready.ts";
import { disagreement } from "./receive.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import { shapeOf, type WantedTranscript } from "./transcript-question.ts";

/** What one request answered. */
export interface Answer extends Spoken, Judged {}

interface Receiving {
  readonly wanted: WantedTranscript;
  readonly model: Model;
  readonly ready: ReadyAudio;
  /** How what was sent is called in messages. */
  readonly name: string;
  /** Prints segments as they arrive; null where they are printed when all is known. */
  readonly printer: SegmentPrinter | null;
}

/** A loop within JSON is longer: the same keys come with every segment. */
const leastLoopWords = 600;

/** Asks for a transcript with more than its text, follows the answer to its end, and reads it. */
export async function receiveAnswer(receiving: Receiving, ask: Ask, progress: Progress): Promise<Answer> {
  const { model, name, printer } = receiving;
  const listening = { ...(printer !== null && { listener: printer }), leastLoopWords };
  const attempt = async () =>
    model.kind === "transcription"
      ? readWords(receiving, await collect(ask()))
      : readSegments(receiving, await collect(ask(), listening));
  // Segments that stand on stdout twice or more cannot be taken back.
  const canAskAgain = (doubt: Answer["doubt"]) => doubt !== "loop" || printer === null || printer.isUnused();
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
  // An answer in another form than was asked for may still hold what was said.
  const isReadable = answer.isWhole || said !== "" || end.kind !== "complete";
  const text = isReadable ? said : collected.text.trim();
  const failure = verdictOf({ end, hasContent: text !== "", isWhole: answer.isWhole, name });
  const doubt = doubtOf(end, text !== "") ?? (isPlausible ? null : "times");
  return { ...assembled, text, usage, failure, doubt };
}

function readWords(
  { wanted, ready, name }: Receiving,
  { text: whole, words, end, usage }: Collected,
): Answer {
  const told = (end.kind === "looping" ? withoutLoop(whole) : whole).trim();
  const { hasTimes, hasSpeakers } = shapeOf(wanted);
  const wishes = { hasTimes, hasSpeakers, hasWords: wanted.timestamps === "word" };
  const { isPlausible, ...assembled } = spokenOfWords(words, told, wishes, heardPart(ready));
  // Words may come without a text of the whole.
  const text = told === "" ? assembled.segments.map((segment) => segment.text).join(" ") : told;
  const hasContent = text !== "";
  const verdict = verdictOf({ end, hasContent, isWhole: true, name });
  const lacks = hasContent && words.length === 0 && (hasTimes || hasSpeakers);
  const failure = verdict ?? (lacks ? withoutWords(name) : null);
  const doubt = doubtOf(end, hasContent) ?? (isPlausible ? null : "times");
  return { ...assembled, text, usage, failure, doubt };
}

function withoutWords(name: string): Failure {
  return new Failure("incomplete", `${name}: the model told neither times nor speakers`, {
    hint: "run the command again, or use a general model: gaudio models lists them",
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
  usage: noUsage,
  failure: null,
  doubt: null,
};
