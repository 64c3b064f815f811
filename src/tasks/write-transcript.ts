import { Failure } from "../failure.ts";
import { sumPlans } from "../plan/plan.ts";
import { transcriptRenderers } from "../render/renderers.ts";
import type { Spoken, Transcript } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import type { Answer } from "./answer.ts";
import type { Prepared } from "./ask.ts";
import { warningsOf } from "./inputs.ts";
import { makingOf, sourceFacts } from "./making.ts";
import { writeResult } from "./output.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import { isWorthWriting, silenceWarning } from "./receive.ts";

interface Writing {
  /** The language that the user named. */
  readonly language: string | null;
  readonly prepared: Prepared;
  readonly ready: readonly ReadyAudio[];
  readonly answers: readonly Answer[];
  /** What all of the answers come to. */
  readonly spoken: Spoken;
  /** Whether it stands on stdout already. */
  readonly isPrinted: boolean;
}

/** Writes a transcript; answers why it is not all that was asked for, or null. */
export async function writeTranscript(
  world: World,
  { language, prepared, ready, answers, spoken, isPrinted }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const [first, ...others] = ready;
  if (first === undefined) return null;
  const { format, destination } = prepared.asking;
  const failure = worstOf(answers.map((answer) => answer.failure));
  const plans = prepared.requests.map(({ plan }) => plan);
  const warnings = [
    ...warningsOf([first.audio]),
    ...ready.flatMap(({ notes }) => notes),
    ...ready.filter(({ isSilent }) => isSilent).map(({ audio }) => silenceWarning(audio)),
    ...answers.flatMap((answer) => answer.warnings),
  ];
  progress.pause();
  const used = answers.map(({ usage }, index) => ({ usage, duration: plans[index]?.duration ?? 0 }));
  const { model } = sumPlans(plans);
  const making = makingOf(world, { prepared, model, used, failure, warnings }, progress);
  const transcript: Transcript = {
    ...spoken,
    language: spoken.language ?? language,
    source: sourceFacts(first, ...others),
    making,
  };
  const isSilent = ready.every((one) => one.isSilent);
  if (!isPrinted && (isSilent || isWorthWriting(spoken.text !== "", format, failure))) {
    const rendered = transcriptRenderers[format](transcript);
    await writeResult(world, destination, { text: rendered, isComplete: failure === null });
  }
  return failure;
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
