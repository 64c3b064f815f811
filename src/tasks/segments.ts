import { Failure } from "../failure.ts";
import type { ModelEvent } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import { sumPlans } from "../plan/plan.ts";
import type { Usage } from "../plan/usage.ts";
import { transcriptRenderers } from "../render/renderers.ts";
import { readAnswer } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import type { Spoken } from "../transcript/channels.ts";
import { collect } from "../transcript/collect.ts";
import type { Shape } from "../transcript/shape.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import type { World } from "../world.ts";
import type { Prepared } from "./ask.ts";
import { warningsOf } from "./inputs.ts";
import { makingOf, sourceFacts } from "./making.ts";
import { writeResult } from "./output.ts";
import type { Progress } from "./progress.ts";
import { heardPart, type ReadyAudio } from "./ready.ts";
import { isWorthWriting, silenceWarning } from "./receive.ts";

/** What one request answered. */
export interface Answer extends Spoken {
  readonly warnings: readonly string[];
  readonly usage: Usage;
  /** Why it is not all that was asked for; null when it is. */
  readonly failure: Failure | null;
}

interface Receiving {
  readonly ready: ReadyAudio;
  readonly shape: Shape;
  /** How what was sent is called in messages. */
  readonly name: string;
}

/** Follows a structured answer to its end, and reads it. */
export async function receiveSegments(
  { ready, shape, name }: Receiving,
  events: AsyncIterable<ModelEvent>,
): Promise<Answer> {
  const collected = await collect(events);
  const answer = readAnswer(collected.text);
  const { segments, speakers, warnings } = assemble(answer.segments, shape, heardPart(ready));
  const said = segments.map(({ text }) => text).join(" ");
  // An answer in another form than was asked for may still hold what was said.
  const isReadable = answer.isWhole || segments.length > 0 || collected.end.kind !== "complete";
  const text = isReadable ? said : collected.text.trim();
  const failure = verdictOf({ ...collected, hasContent: text !== "", isWhole: answer.isWhole, name });
  return { text, language: answer.language, segments, speakers, warnings, usage: collected.usage, failure };
}

interface Writing {
  readonly asking: Asking;
  /** The language that the user named. */
  readonly language: string | null;
  readonly prepared: Prepared;
  readonly ready: readonly ReadyAudio[];
  readonly answers: readonly Answer[];
  /** What all of the answers come to. */
  readonly spoken: Spoken;
}

/** Writes a transcript; answers why it is not all that was asked for, or null. */
export async function writeTranscript(
  world: World,
  { asking, language, prepared, ready, answers, spoken }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const [first, ...others] = ready;
  if (first === undefined) return null;
  const failure = worstOf(answers.map((answer) => answer.failure));
  const { model, duration } = sumPlans(prepared.requests.map(({ plan }) => plan));
  const warnings = [
    ...warningsOf([first.audio]),
    ...ready.flatMap(({ notes }) => notes),
    ...ready.filter(({ isSilent }) => isSilent).map(({ audio }) => silenceWarning(audio)),
    ...answers.flatMap((answer) => answer.warnings),
  ];
  progress.pause();
  const usages = answers.map(({ usage }) => usage);
  const making = makingOf(world, { model, duration, usages, failure, warnings }, progress);
  const { text, segments, speakers } = spoken;
  const transcript: Transcript = {
    text,
    language: spoken.language ?? language,
    segments,
    speakers,
    source: sourceFacts(first, ...others),
    making,
  };
  const isSilent = ready.every((one) => one.isSilent);
  if (isSilent || isWorthWriting(text !== "", asking.format, failure)) {
    const rendered = transcriptRenderers[asking.format](transcript);
    await writeResult(world, asking.destination, { text: rendered, isComplete: failure === null });
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
