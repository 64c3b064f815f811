import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { Output, TranscribeInvocation } from "../invocation.ts";
import { sumPlans } from "../plan/plan.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { clockTime } from "../timecode.ts";
import type { Gap, LineupUse, Spoken, Transcript } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import { warningsOf } from "./inputs.ts";
import { makingOf, sourceFacts } from "./making.ts";
import type { AskedPart } from "./part.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { isWorthWriting, silenceWarning } from "./receive.ts";
import { writeOutputs } from "./write-outputs.ts";

interface Writing {
  readonly wanted: Pick<TranscribeInvocation, "language" | "rendering" | "fillsAll">;
  readonly prepared: Prepared;
  /** The recording. */
  readonly audio: PlannedAudio;
  /** All that was asked about. */
  readonly parts: readonly AskedPart[];
  /** What of that were line-ups of the speakers; null where there were none. */
  readonly lineup: LineupUse | null;
  /** What all of the answers come to. */
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
  /** Why it is not all that was asked for, gaps aside; null when it is. */
  readonly failure: Failure | null;
  /** Whether it stands on stdout already. */
  readonly isPrinted: boolean;
}

/** Writes a transcript; answers why it is not all that was asked for, or null. */
export async function writeTranscript(
  world: World,
  { wanted, prepared, audio, parts, lineup, spoken, gaps, isPrinted, ...writing }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const failure = writing.failure ?? failureOf(gaps, audio.path);
  const sent = parts.flatMap((part) => part.sent ?? []);
  const [first, ...others] = sent;
  if (first === undefined) return failure;
  const warnings = [
    ...warningsOf([audio]),
    ...sent.flatMap(({ notes }) => notes),
    ...sent.filter(({ isSilent }) => isSilent).map((one) => silenceWarning(one.audio)),
    ...parts.flatMap(({ answer }) => answer.warnings),
    ...writing.warnings,
  ];
  progress.pause();
  const used = parts.flatMap(({ answer, question }) =>
    answer.usages.map((usage) => ({ usage, duration: question.request.plan.duration })),
  );
  const { model, duration } = sumPlans(parts.map(({ question }) => question.request.plan));
  const making = makingOf(world, { prepared, model, duration, used, failure, warnings }, progress);
  const transcript: Transcript = {
    ...spoken,
    gaps,
    language: spoken.language ?? wanted.language,
    source: sourceFacts(first, ...others),
    making: { ...making, ...(lineup !== null && { lineup }) },
  };
  const isSilent = sent.every((one) => one.isSilent);
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
