import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { TranscribeInvocation } from "../invocation.ts";
import { generalModelNamed, namesOf, type SendableAudio } from "../plan/plan.ts";
import { noUsage } from "../plan/usage.ts";
import { channelName, mergeChannels, nameSpeakers } from "../transcript/channels.ts";
import { answerSchema, type Shape, transcribeInstructions } from "../transcript/shape.ts";
import type { World } from "../world.ts";
import { ask, assertAddress, type Prepared, prepare, type Question } from "./ask.ts";
import { type Input, localInputs, probeOrFail, withInputs } from "./inputs.ts";
import { planInputs } from "./plan-inputs.ts";
import type { Progress } from "./progress.ts";
import { makeReady, type ReadyAudio } from "./ready.ts";
import { receiveText, writeSilence } from "./receive.ts";
import { type Answer, receiveSegments, writeTranscript } from "./segments.ts";
import { planChannels } from "./sendable.ts";

/**
 * Prints or writes what is said in a recording.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function transcribe(
  world: World,
  invocation: TranscribeInvocation,
  progress: Progress,
): Promise<void> {
  const { asking, source } = invocation;
  const model = generalModelNamed(asking.model);
  assertAddress(world, asking);
  await withInputs(world, [source], async (inputs, workspace) => {
    const audios = invocation.splitChannels
      ? await planEachChannel(world, { invocation, inputs }, progress)
      : await planInputs(world, { inputs, preparing: asking }, progress);
    const questions = audios.map((one): Question => ({ model, audios: [one], ...questionOf(invocation) }));
    const prepared = await prepare(world, { asking, questions, inputs }, progress);
    if (prepared === null) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    const job: Job = { invocation, prepared, ready };
    const failure = isPlain(invocation)
      ? await transcribePlainly(world, job, progress)
      : await transcribeSegments(world, job, progress);
    if (failure !== null) throw failure;
  });
}

interface Job {
  readonly invocation: TranscribeInvocation;
  readonly prepared: Prepared;
  /** What is sent, one for each request. */
  readonly ready: readonly ReadyAudio[];
}

/** Each channel of the recording alone. */
async function planEachChannel(
  world: World,
  { invocation, inputs }: { readonly invocation: TranscribeInvocation; readonly inputs: readonly Input[] },
  progress: Progress,
): Promise<readonly SendableAudio[]> {
  const { asking, speakerNames } = invocation;
  const local = localInputs(inputs, "--split-channels reads a local file");
  const probed = await probeOrFail(world, { inputs: local, preparing: asking }, progress);
  const channels = (await Promise.all(probed.map((audio) => planChannels(world, audio, asking)))).flat();
  if (speakerNames.length <= channels.length) return channels;
  const name = namesOf(probed);
  throw new Failure("usage", `${name}: ${speakerNames.length} names for ${channels.length} channels`, {
    hint: "give --speaker-names one name for each channel, in their order",
    file: name,
  });
}

/** Plain text is cheaper, and can be printed as it arrives, where nothing else is needed. */
function isPlain({ asking, diarize, splitChannels, timestamps }: TranscribeInvocation): boolean {
  return asking.format === "text" && timestamps === "none" && !diarize && !splitChannels;
}

/** What is asked for; of each channel alone the times, by which they are merged. */
function shapeOf({ diarize, splitChannels, timestamps }: TranscribeInvocation): Shape {
  return { hasTimes: timestamps === "segment" || splitChannels, hasSpeakers: diarize };
}

/** People say some 2.5 words a second, and a word is some 1.5 tokens; a segment's JSON doubles that. */
const plainTokensPerSecond = 4;
const segmentTokensPerSecond = 8;

function questionOf(invocation: TranscribeInvocation): Pick<Question, "compose" | "schema" | "outputTokens"> {
  const { asking, language } = invocation;
  const shape = isPlain(invocation) ? null : shapeOf(invocation);
  const text = transcribeInstructions({ shape, language, prompt: asking.prompt });
  const rate = shape === null ? plainTokensPerSecond : segmentTokensPerSecond;
  return {
    compose: (recordings) => [...recordings, { kind: "text", text }],
    schema: shape === null ? null : answerSchema(shape),
    outputTokens: (duration) => Math.ceil(duration * rate),
  };
}

async function transcribePlainly(
  world: World,
  { invocation, prepared, ready }: Job,
  progress: Progress,
): Promise<Failure | null> {
  const [request] = prepared.requests;
  if (request === undefined) return null;
  const receiving = {
    asking: invocation.asking,
    plan: request.plan,
    ready,
    render: ({ text }: { readonly text: string }) => text,
  };
  if (ready.every(({ isSilent }) => isSilent)) {
    await writeSilence(world, receiving, progress);
    return null;
  }
  return ask(world, { ...request, prepared, ready }, progress, (events) =>
    receiveText(world, receiving, events, progress),
  );
}

async function transcribeSegments(world: World, job: Job, progress: Progress): Promise<Failure | null> {
  const { invocation, prepared, ready } = job;
  const settled = await Promise.allSettled(
    prepared.requests.map(async (request, index) => {
      const own = ready[index];
      if (own === undefined || own.isSilent) return silentAnswer;
      const receiving = { ready: own, shape: shapeOf(invocation), name: partName(own, ready.length) };
      return ask(world, { ...request, prepared, ready: [own] }, progress, (events) =>
        receiveSegments(receiving, events),
      );
    }),
  );
  // All have ended, and deleted what they uploaded, before the first failure is told.
  const answers = answersOf(settled);
  const [answer = silentAnswer] = answers;
  const spoken = invocation.splitChannels ? mergeChannels(answers, invocation) : answer;
  const named = nameSpeakers(spoken, invocation.speakerNames);
  return writeTranscript(world, { ...invocation, prepared, ready, answers, spoken: named }, progress);
}

/**
 * What came of all requests. One that failed takes nothing away from the others: what they were paid for is
 * there. Errors: the first failure, when nothing came of any.
 */
function answersOf(settled: readonly PromiseSettledResult<Answer>[]): Answer[] {
  const hasText = settled.some((one) => one.status === "fulfilled" && one.value.text !== "");
  return settled.map((one) => {
    if (one.status === "fulfilled") return one.value;
    if (!hasText || !(one.reason instanceof Failure)) throw one.reason;
    const { message, hint, file, retryable } = one.reason;
    const facts = { ...(hint !== null && { hint }), ...(file !== null && { file }), retryable };
    return { ...silentAnswer, failure: new Failure("incomplete", message, facts) };
  });
}

/** How a channel is called in messages, or all of a recording. */
function partName({ audio: { path, channel } }: ReadyAudio, count: number): string {
  return channel === null ? nameOf(path) : `${nameOf(path)} (${channelName(channel, count)})`;
}

/** Of digital silence nothing is sent, and nothing is said in it. */
const silentAnswer: Answer = {
  text: "",
  language: null,
  segments: [],
  speakers: [],
  warnings: [],
  usage: noUsage,
  failure: null,
};
