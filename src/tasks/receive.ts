import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Asking } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Plan } from "../plan/plan.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { noUsage } from "../plan/usage.ts";
import type { Collected } from "../transcript/collect.ts";
import { type Loops, withoutLoop } from "../transcript/loops.ts";
import type { Making } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import type { World } from "../world.ts";
import type { Ask } from "./ask.ts";
import { believed, doubtOf, type Judged } from "./believe.ts";
import { warningsOf } from "./inputs.ts";
import { makingOf } from "./making.ts";
import { soleDestination, writeResult } from "./output.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import type { SentAudio } from "./ready.ts";
import { type TextPrinter, textPrinter } from "./text-printer.ts";

/** A plain text that a model answered, received to its end. */
interface Received {
  readonly text: string;
  readonly making: Making;
}

interface Receiving {
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly ready: readonly SentAudio[];
  /** The text in the format that was asked for. */
  readonly render: (received: Received) => string;
}

/**
 * Asks for plain text, follows the answer to its end and brings it to its destination: to stdout as it
 * arrives, if it is wanted as it is; else in one piece. What is incomplete is written too, and
 * the failure that it means returned.
 */
export async function receiveText(
  world: World,
  { prepared, plan, ready, render }: Receiving,
  ask: Ask,
  progress: Progress,
): Promise<Failure | null> {
  const { outputs, format } = prepared.asking;
  const destination = soleDestination(outputs);
  const isStreamed = format === "text" && destination.kind === "stdout";
  const printer = isStreamed ? textPrinter(world, progress) : null;
  const name = namesOf(plan.audios);
  const judge = (collected: Collected) => judgeText(collected, name);
  const answer = await follow({ prepared, plan, printer, judge }, ask, progress);
  const { failure } = answer;
  progress.pause();
  const making = makingOf(
    world,
    {
      prepared,
      model: plan.model,
      duration: plan.duration,
      used: answer.usages.map((usage) => ({ usage, duration: plan.duration })),
      failure,
      warnings: [...warningsOf(plan.audios), ...ready.flatMap(({ notes }) => notes), ...answer.warnings],
    },
    progress,
  );
  const { text } = answer;
  if (!isStreamed && isWorthWriting(text !== "", format, failure)) {
    await writeResult(world, destination, { text: render({ text, making }), isComplete: failure === null });
  }
  return failure;
}

interface Following<T> {
  readonly prepared: Pick<Prepared, "payAgain">;
  readonly plan: Plan;
  /** Who prints the answer as it arrives; null for nobody. */
  readonly printer: TextPrinter | null;
  /** What an answer comes to. */
  readonly judge: (collected: Collected) => T | Promise<T>;
  /** Who notices that it loops; the usual for text when absent. */
  readonly loops?: () => Loops;
}

/**
 * Follows an answer to its end, prints it meanwhile, and asks once more where it cannot be believed and
 * nothing of it was printed yet.
 * Errors: as `ask` when no answer began.
 */
export async function follow<T extends Judged>(
  { prepared, plan, printer, judge, loops }: Following<T>,
  ask: Ask,
  progress: Progress,
): Promise<T> {
  const name = namesOf(plan.audios);
  const attempt = async (isAgain: boolean) => {
    if (isAgain) printer?.restart();
    const following = {
      ...(printer !== null && { listener: printer }),
      ...(loops !== undefined && { loops: loops() }),
    };
    return judge(await ask(following));
  };
  const canAskAgain = () => (printer === null || printer.isUnused()) && prepared.payAgain(plan);
  const answer = await believed({ name, attempt, canAskAgain }, progress);
  const lostPlace = (await printer?.end()) ?? null;
  if (lostPlace === null || answer.failure !== null) return answer;
  return { ...answer, failure: disagreement(name, lostPlace) };
}

/** Plain text, judged by how it ended. */
export function judgeText(collected: Collected, name: string): Judged {
  const { usage, end } = collected;
  const text = textOfAnswer(collected);
  const hasContent = text !== "";
  const failure = verdictOf({ end, hasContent, isWhole: true, name });
  return { text, usages: [usage], failure, doubt: doubtOf(end, { hasContent }), warnings: [] };
}

/** What was said before it was said again and again. */
export function textOfAnswer({ text, end }: Collected): string {
  return (end.kind === "looping" ? withoutLoop(text) : text).trim();
}

/** What was printed cannot be taken back, and what came again is another text. */
export function disagreement(name: string, place: string): Failure {
  const message = `${name}: the answer broke off, and what came again does not agree with what was printed, which ends: ${place}`;
  return new Failure("incomplete", message, {
    hint: "write to a file with -o, which takes the whole second answer",
    file: name,
    retryable: true,
  });
}

/** The plain answer to a question about recordings in which there is nothing to hear: nobody was asked. */
export async function writeSilence(
  world: World,
  { prepared, plan, ready, render }: Receiving,
  progress: Progress,
): Promise<void> {
  const notes = ready.flatMap((one) => (one.kind === "piece" ? one.notes : []));
  const warnings = [...warningsOf(plan.audios), ...notes, ...plan.audios.map(silenceWarning)];
  progress.pause();
  const used = [{ usage: noUsage, duration: plan.duration }];
  const { model, duration } = plan;
  const making = makingOf(world, { prepared, model, duration, used, failure: null, warnings }, progress);
  await writeResult(world, soleDestination(prepared.asking.outputs), {
    text: render({ text: "", making }),
    isComplete: true,
  });
  await prepared.cleaned;
}

/** Told of a recording of which nothing was sent. */
export function silenceWarning({ path, channel, range, duration }: PlannedAudio): string {
  const isWhole = duration === null || range.end - range.start >= duration;
  const where = isWhole ? "" : ` from ${formatDuration(range.start)} to ${formatDuration(range.end)}`;
  const what = `${channel === null ? "it" : `channel ${channel + 1}`}${where}`;
  return `${nameOf(path)}: ${what} is digital silence, nothing of it was sent`;
}

/** A document says even of an empty answer what became of it; of a blocked one, there is nothing to say. */
export function isWorthWriting(
  hasContent: boolean,
  format: Asking["format"],
  failure: Failure | null,
): boolean {
  return hasContent || (format === "json" && failure?.kind !== "blocked");
}
