import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import type { TranscribeInvocation, TranscriptFormat } from "../invocation.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { choiceFor, routeTranscript } from "../plan/route.ts";
import { assertSettings } from "../plan/settings.ts";
import { JsonLines } from "../render/jsonl.ts";
import type { SegmentLines } from "../render/segment-lines.ts";
import { TextLines } from "../render/text.ts";
import { channelName, mergeChannels, nameSpeakers } from "../transcript/channels.ts";
import type { World } from "../world.ts";
import { type Answer, receiveAnswer, silentAnswer } from "./answer.ts";
import { ask, assertAddress, canPayTwice, type Prepared, prepare } from "./ask.ts";
import { type Input, localInputs, probeOrFail, withInputs } from "./inputs.ts";
import { planInputs } from "./plan-inputs.ts";
import type { Progress } from "./progress.ts";
import { heardPart, makeReady, type ReadyAudio } from "./ready.ts";
import { receiveText, writeSilence } from "./receive.ts";
import { type SegmentPrinter, segmentPrinter } from "./segment-printer.ts";
import { planChannels } from "./sendable.ts";
import { readTerms, readTold } from "./told.ts";
import { isPlain, shapeOf, transcriptQuestion, type WantedTranscript } from "./transcript-question.ts";
import { writeTranscript } from "./write-transcript.ts";

/**
 * Prints or writes what is said in a recording.
 * Errors: every Failure kind but `partial`; after an incomplete answer, what there is was written.
 */
export async function transcribe(
  world: World,
  invocation: TranscribeInvocation,
  progress: Progress,
): Promise<void> {
  const started = world.now();
  const { asking, source } = invocation;
  const terms = await readTerms(world, invocation.vocabulary);
  const wanted = { ...invocation, terms, system: await readTold(world, asking.system) };
  const routing = routeTranscript(invocation, terms.length);
  assertSettings(routing.choice.model, asking);
  assertAddress(world, asking);
  await withInputs(world, [source], async (inputs, workspace) => {
    const audios = invocation.splitChannels
      ? await planEachChannel(world, { invocation, inputs }, progress)
      : await planInputs(world, { inputs, preparing: asking }, progress);
    const questions = audios.map((audio) => {
      const { start, end } = audio.range;
      return transcriptQuestion(wanted, choiceFor(routing, invocation, end - start), audio);
    });
    const prepared = await prepare(world, { asking, questions, inputs, started }, progress);
    if (prepared === null) return;
    const ready = await makeReady(world, audios, { ...prepared, workspace, progress });
    const job: Job = { wanted, prepared, ready };
    const failure = isPlain(wanted)
      ? await transcribePlainly(world, job, progress)
      : await transcribeSegments(world, job, progress);
    if (failure !== null) throw failure;
  });
}

interface Job {
  readonly wanted: WantedTranscript;
  readonly prepared: Prepared;
  /** What is sent, one for each request. */
  readonly ready: readonly ReadyAudio[];
}

/** Each channel of the recording alone. */
async function planEachChannel(
  world: World,
  { invocation, inputs }: { readonly invocation: TranscribeInvocation; readonly inputs: readonly Input[] },
  progress: Progress,
): Promise<readonly PlannedAudio[]> {
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

async function transcribePlainly(
  world: World,
  { prepared, ready }: Job,
  progress: Progress,
): Promise<Failure | null> {
  const [request] = prepared.requests;
  if (request === undefined) return null;
  const render = ({ text }: { readonly text: string }) => text;
  const receiving = { prepared, plan: request.plan, ready, render };
  if (ready.every(({ isSilent }) => isSilent)) {
    await writeSilence(world, receiving, progress);
    return null;
  }
  return ask(world, { ...request, prepared, ready }, progress, (put) =>
    receiveText(world, receiving, put, progress),
  );
}

async function transcribeSegments(world: World, job: Job, progress: Progress): Promise<Failure | null> {
  const { wanted, prepared, ready } = job;
  const { speakerNames } = wanted;
  const printer = printerOf(world, job, progress);
  const settled = await Promise.allSettled(
    prepared.requests.map(async (request, index) => {
      const own = ready[index];
      if (own === undefined || own.isSilent) return silentAnswer;
      const { model } = request.question.choice;
      const name = partName(own, ready.length);
      const paysTwice = canPayTwice(prepared, request.plan);
      const receiving = { wanted, model, ready: own, name, printer, canPayTwice: paysTwice };
      return ask(world, { ...request, prepared, ready: [own] }, progress, (put) =>
        receiveAnswer(receiving, put, progress),
      );
    }),
  );
  // All have ended, and deleted what they uploaded, before the first failure is told.
  const answers = answersOf(settled);
  const [answer = silentAnswer] = answers;
  const spoken = nameSpeakers(wanted.splitChannels ? mergeChannels(answers, wanted) : answer, speakerNames);
  const isPrinted = printer !== null && !printer.isUnused();
  return writeTranscript(world, { wanted, prepared, ready, answers, spoken, isPrinted }, progress);
}

/** What is merged of several answers, or sorted in between the segments, is printed when all of it is there. */
function printerOf(
  world: World,
  { wanted, prepared, ready }: Job,
  progress: Progress,
): SegmentPrinter | null {
  const [output, ...more] = wanted.asking.outputs;
  const [first, ...others] = ready;
  const lines = output === undefined || more.length > 0 ? null : linesFor(output.format, first);
  const isPossible = output?.destination.kind === "stdout" && !wanted.events;
  const isStreamed = prepared.requests.every(({ question }) => question.choice.model.kind === "general");
  if (first === undefined || others.length > 0 || lines === null || !isPossible || !isStreamed) return null;
  const { speakerNames } = wanted;
  const printed = { shape: shapeOf(wanted), part: heardPart(first), speakerNames, lines };
  return segmentPrinter(world, printed, progress);
}

/** How segments are printed one by one; null for what is written when all of it is there. */
function linesFor(format: TranscriptFormat, ready: ReadyAudio | undefined): SegmentLines | null {
  if (format === "text") return new TextLines();
  return format === "jsonl" && ready !== undefined ? new JsonLines(ready.audio.path) : null;
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
