import pMap from "p-map";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import { formatDuration } from "../plan/duration.ts";
import { channelName } from "../transcript/channels.ts";
import type { World } from "../world.ts";
import { type Answer, receiveAnswer, silentAnswer } from "./answer.ts";
import { ask, type Prepared } from "./ask.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import type { WantedTranscript } from "./transcript-question.ts";

/** A transcript's parts, each a request of its own: the channels of a recording, or its windows. */
export interface Parts {
  readonly wanted: WantedTranscript;
  readonly prepared: Prepared;
  /** What is sent, one for each request. */
  readonly ready: readonly ReadyAudio[];
}

type Settled =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly reason: unknown };

/**
 * Asks about all parts, several at once. One that failed takes nothing away from the others: what they were paid
 * for is there. Errors: the first failure, when nothing came of any, after all have ended.
 */
export async function askParts(
  world: World,
  parts: Parts & { readonly printer: SegmentPrinter | null },
  progress: Progress,
): Promise<Answer[]> {
  const { prepared, wanted } = parts;
  let done = 0;
  const settled = await pMap(
    prepared.requests,
    async (_, index): Promise<Settled> => {
      try {
        return { kind: "answered", answer: await askPart(world, { ...parts, index }, progress) };
      } catch (reason) {
        return { kind: "failed", reason };
      } finally {
        done += 1;
        if (prepared.requests.length > 1) progress.step(`${done} of ${prepared.requests.length} parts`);
      }
    },
    { concurrency: wanted.jobs },
  );
  // Where all is silent, nobody else has waited for it.
  await prepared.cleaned;
  world.signal.throwIfAborted();
  return answersOf(settled);
}

interface Part extends Parts {
  readonly index: number;
  readonly printer: SegmentPrinter | null;
}

async function askPart(world: World, part: Part, progress: Progress): Promise<Answer> {
  const { wanted, prepared, ready, index, printer } = part;
  const request = prepared.requests[index];
  const own = ready[index];
  world.signal.throwIfAborted();
  if (request === undefined || own === undefined || own.isSilent) return silentAnswer;
  const { model } = request.question.choice;
  const canPayAgain = () => prepared.payAgain(request.plan);
  const receiving = { wanted, model, ready: own, name: partName(part, own), printer, canPayAgain };
  return ask(world, { ...request, prepared, ready: [own] }, progress, (put) =>
    receiveAnswer(receiving, put, progress),
  );
}

function answersOf(settled: readonly Settled[]): Answer[] {
  const hasText = settled.some((one) => one.kind === "answered" && one.answer.text !== "");
  return settled.map((one) => {
    if (one.kind === "answered") return one.answer;
    if (!hasText || !(one.reason instanceof Failure)) throw one.reason;
    const { message, hint, file, retryable } = one.reason;
    const facts = { ...(hint !== null && { hint }), ...(file !== null && { file }), retryable };
    return { ...silentAnswer, failure: new Failure("incomplete", message, facts) };
  });
}

/** How a part is called in messages: by its channel, or its times, where it is not all of the recording. */
function partName({ ready }: Pick<Parts, "ready">, { audio }: ReadyAudio): string {
  const channels = new Set(ready.map((one) => one.audio.channel)).size;
  const { start, end } = audio.range;
  const isWindow = ready.length > channels;
  const parts = [
    ...(audio.channel === null ? [] : [channelName(audio.channel, channels)]),
    ...(isWindow ? [`${formatDuration(start)} to ${formatDuration(end)}`] : []),
  ];
  const name = nameOf(audio.path);
  return parts.length === 0 ? name : `${name} (${parts.join(", ")})`;
}
