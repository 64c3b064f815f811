import { nameOf } from "../audio/source.ts";
import type { Failure } from "../failure.ts";
import type { ModelEvent } from "../gemini/model.ts";
import type { Asking, TranscribeInvocation } from "../invocation.ts";
import { generalModelNamed, type Plan, type SendableAudio } from "../plan/plan.ts";
import { transcriptRenderers } from "../render/renderers.ts";
import { readAnswer } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import { collect } from "../transcript/collect.ts";
import { answerSchema, type Shape, transcribeInstructions } from "../transcript/shape.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { verdictOf } from "../transcript/verdict.ts";
import type { World } from "../world.ts";
import { ask, assertAddress, makingOf, prepare, type Question, sourceFacts } from "./ask.ts";
import { probeToSend, warningsOf, withInputs } from "./inputs.ts";
import { writeResult } from "./output.ts";
import type { Progress } from "./progress.ts";
import { isWorthWriting, receiveText } from "./receive.ts";

/**
 * Prints or writes what is said in a recording.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function transcribe(
  world: World,
  invocation: TranscribeInvocation,
  progress: Progress,
): Promise<void> {
  const { asking } = invocation;
  const model = generalModelNamed(asking.model);
  assertAddress(world, asking);
  await withInputs(world, [invocation.source], async (inputs, workspace) => {
    const audios = await probeToSend(world, { ...asking, inputs, workspace }, progress);
    const shape = shapeOf(invocation);
    const question: Question = { model, audios, ...questionOf(invocation, shape) };
    const prepared = await prepare(world, { asking, question, inputs }, progress);
    const [audio] = audios;
    if (prepared === null || audio === undefined) return;
    const job: Job = { asking, language: invocation.language, plan: prepared.plan, audio };
    const failure = await ask(world, prepared, progress, (events) =>
      shape === null
        ? receiveText(world, { ...job, render: ({ text }) => text }, events, progress)
        : receiveSegments(world, { ...job, shape }, events, progress),
    );
    if (failure !== null) throw failure;
  });
}

interface Job {
  readonly asking: Asking;
  readonly language: string | null;
  readonly plan: Plan;
  readonly audio: SendableAudio;
}

/** Null where plain text is all that is needed: it is cheaper, and can be printed as it arrives. */
function shapeOf({ asking, diarize, timestamps }: TranscribeInvocation): Shape | null {
  const shape = { hasTimes: timestamps === "segment", hasSpeakers: diarize };
  return asking.format === "text" && !shape.hasTimes && !shape.hasSpeakers ? null : shape;
}

/** People say some 2.5 words a second, and a word is some 1.5 tokens; a segment's JSON doubles that. */
const plainTokensPerSecond = 4;
const segmentTokensPerSecond = 8;

function questionOf(
  { asking, language }: TranscribeInvocation,
  shape: Shape | null,
): Pick<Question, "compose" | "schema" | "outputTokens"> {
  const text = transcribeInstructions({ shape, language, prompt: asking.prompt });
  const rate = shape === null ? plainTokensPerSecond : segmentTokensPerSecond;
  return {
    compose: (recordings) => [...recordings, { kind: "text", text }],
    schema: shape === null ? null : answerSchema(shape),
    outputTokens: (duration) => Math.ceil(duration * rate),
  };
}

async function receiveSegments(
  world: World,
  { asking, plan, audio, shape, language }: Job & { readonly shape: Shape },
  events: AsyncIterable<ModelEvent>,
  progress: Progress,
): Promise<Failure | null> {
  const collected = await collect(events);
  const answer = readAnswer(collected.text);
  const { segments, speakers, warnings } = assemble(answer.segments, shape, audio.piece);
  const spoken = segments.map(({ text }) => text).join(" ");
  // An answer in another form than was asked for may still hold what was said.
  const isReadable = answer.isWhole || segments.length > 0 || collected.end.kind !== "complete";
  const text = isReadable ? spoken : collected.text.trim();
  const hasContent = text !== "";
  const failure = verdictOf({ ...collected, hasContent, isWhole: answer.isWhole, name: nameOf(audio.path) });
  progress.pause();
  const transcript: Transcript = {
    text,
    language: answer.language ?? language,
    segments,
    speakers,
    source: sourceFacts(audio),
    making: makingOf(
      world,
      { plan, usage: collected.usage, failure, warnings: [...warningsOf([audio]), ...warnings] },
      progress,
    ),
  };
  if (isWorthWriting(hasContent, asking.format, failure)) {
    const rendered = transcriptRenderers[asking.format](transcript);
    await writeResult(world, asking.destination, { text: rendered, isComplete: failure === null });
  }
  return failure;
}
