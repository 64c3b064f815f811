import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Output, TranscribeInvocation } from "../invocation.ts";
import { sumPlans } from "../plan/plan.ts";
import { clockTime } from "../timecode.ts";
import type { Gap, Spoken, Transcript } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import type { Answer } from "./answer.ts";
import type { Prepared } from "./ask.ts";
import { warningsOf } from "./inputs.ts";
import { makingOf, sourceFacts } from "./making.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import { isWorthWriting, silenceWarning } from "./receive.ts";
import { writeOutputs } from "./write-outputs.ts";

interface Writing {
  readonly wanted: Pick<TranscribeInvocation, "language" | "rendering" | "fillsAll">;
  readonly prepared: Prepared;
  readonly ready: readonly ReadyAudio[];
  readonly answers: readonly Answer[];
  /** What all of the answers come to. */
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
  /** Whether it stands on stdout already. */
  readonly isPrinted: boolean;
}

/** Writes a transcript; answers why it is not all that was asked for, or null. */
export async function writeTranscript(
  world: World,
  { wanted, prepared, ready, answers, spoken, gaps, isPrinted, ...writing }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const [first, ...others] = ready;
  if (first === undefined) return null;
  const path = first.audio.path;
  const failure = worstOf(answers.map((answer) => answer.failure)) ?? failureOf(gaps, path);
  const plans = prepared.requests.map(({ plan }) => plan);
  const warnings = [
    ...warningsOf([first.audio]),
    ...ready.flatMap(({ notes }) => notes),
    ...ready.filter(({ isSilent }) => isSilent).map(({ audio }) => silenceWarning(audio)),
    ...answers.flatMap((answer) => answer.warnings),
    ...writing.warnings,
  ];
  progress.pause();
  const used = answers.flatMap(({ usages }, index) =>
    usages.map((usage) => ({ usage, duration: plans[index]?.duration ?? 0 })),
  );
  const { model, duration } = sumPlans(plans);
  const making = makingOf(world, { prepared, model, duration, used, failure, warnings }, progress);
  const transcript: Transcript = {
    ...spoken,
    gaps,
    language: spoken.language ?? wanted.language,
    source: sourceFacts(first, ...others),
    making,
  };
  const isSilent = ready.every((one) => one.isSilent);
  const hasContent = spoken.text !== "" || (spoken.events ?? []).length > 0;
  const isWorth = ({ format }: Output) =>
    isSilent || isWorthWriting(hasContent, format === "json" ? "json" : "text", failure);
  const outputs = isPrinted ? [] : prepared.asking.outputs.filter(isWorth);
  await writeOutputs(world, { ...wanted, transcript, outputs }, progress);
  return failure;
}

/** Where every part was answered, and yet not all is known. */
function failureOf(gaps: readonly Gap[], path: string): Failure | null {
  const [gap] = gaps;
  if (gap === undefined) return null;
  const message = `${nameOf(path)}: from ${clockTime(gap.start)} to ${clockTime(gap.end)}, ${gap.reason}`;
  return new Failure("incomplete", message, {
    hint: "run the command again, with another --chunk or a longer --overlap",
    file: nameOf(path),
    retryable: true,
  });
}

/** Blocked content is told of as such only when nothing else came. */
function worstOf(failures: readonly (Failure | null)[]): Failure | null {
  const known = failures.filter((failure) => failure !== null);
  const [first = null] = known;
  if (first === null || failures.length === 1 || known.length === failures.length) return first;
  if (first.kind !== "blocked") return first;
  const { message, hint, file } = first;
  return new Failure("incomplete", message, {
    ...(hint !== null && { hint }),
    ...(file !== null && { file }),
  });
}
