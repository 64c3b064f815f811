import { Failure } from "../failure.ts";
import { baseUrl } from "../gemini/address.ts";
import { type Client, connect } from "../gemini/client.ts";
import { generate } from "../gemini/generate.ts";
import { readKey } from "../gemini/key.ts";
import type { JsonSchema, ModelEvent, Part } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import { costOf } from "../plan/cost.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Model } from "../plan/models.ts";
import { makePlan, namesOf, type Plan, type SendableAudio } from "../plan/plan.ts";
import type { Usage } from "../plan/usage.ts";
import { planRenderers } from "../render/plan.ts";
import type { Making, SourceFacts } from "../transcript/transcript.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { withDelivered } from "./deliver.ts";
import type { Input } from "./inputs.ts";
import { checkDestination } from "./output.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** One question about recordings. */
export interface Question {
  readonly model: Model;
  readonly audios: readonly SendableAudio[];
  /** Puts the recordings' parts and the instructions in order. */
  readonly compose: (recordings: readonly Part[]) => readonly Part[];
  readonly schema: JsonSchema | null;
  /** How long the answer is expected to be, in tokens. */
  readonly outputTokens: (duration: Seconds) => number;
}

/** What is needed to put a question, all of it checked. */
export interface Prepared {
  readonly question: Question;
  readonly plan: Plan;
  readonly client: Client;
  readonly keepUpload: boolean;
}

/** Errors: Failure `usage` for an address of the service that must not be used, if it is going to be. */
export function assertAddress(world: Pick<World, "env">, { dryRun }: Asking): void {
  if (!dryRun) baseUrl(world.env);
}

/**
 * Checks all that can be checked before anything is sent: the key, the limits, where the result goes.
 * With --dry-run it prints the plan instead, and answers null.
 * Errors: Failure `key`, `limit`, `output`, `usage`.
 */
export async function prepare(
  world: World,
  { asking, question, inputs }: { asking: Asking; question: Question; inputs: readonly Input[] },
  progress: Progress,
): Promise<Prepared | null> {
  await checkDestination(world, asking.destination, inputs);
  const key = asking.dryRun ? null : await readKey(world, asking.keyFile);
  const plan = makePlan({
    model: question.model,
    audios: question.audios,
    delivery: asking.delivery,
    prompt: textOf(question),
    outputTokens: question.outputTokens,
    now: world.now(),
  });
  if (key === null) {
    await print(world, `${planRenderers[asking.format](plan)}\n`);
    return null;
  }
  const client = await connect(world, {
    key,
    timeoutMs: asking.timeoutMs,
    onRequest: (line) => progress.debug(line),
  });
  progress.detail(
    `${plan.model.name}, ${plan.delivery}, ${formatDuration(plan.duration)} of audio, ${client.baseUrl}`,
  );
  return { question, plan, client, keepUpload: asking.keepUpload };
}

/** Delivers the recordings, puts the question, and gives `use` the answer's events. */
export function ask<T>(
  world: World,
  { question, plan, client, keepUpload }: Prepared,
  progress: Progress,
  use: (events: AsyncIterable<ModelEvent>) => Promise<T>,
): Promise<T> {
  return withDelivered(world, { client, plan, keepUpload, progress }, (recordings) => {
    progress.step(`asking ${plan.model.name}`);
    const request = {
      model: plan.model.name,
      thinking: plan.model.thinking,
      parts: question.compose(recordings),
      schema: question.schema,
    };
    return aboutRecordings(plan.audios, () => use(generate(client, request, world.signal)));
  });
}

/** What goes wrong while a model is asked is told of the recordings it was asked about. */
async function aboutRecordings<T>(audios: readonly SendableAudio[], use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (thrown) {
    throw thrown instanceof Failure && thrown.kind !== "output" ? thrown.about(namesOf(audios)) : thrown;
  }
}

interface Answered {
  readonly plan: Plan;
  readonly usage: Usage;
  readonly failure: Failure | null;
  readonly warnings: readonly string[];
}

/** How an answer came about, for its document. Tells the user of cost under --verbose. */
export function makingOf(
  world: World,
  { plan, usage, failure, warnings }: Answered,
  progress: Progress,
): Making {
  const costUsd = costOf(plan.model, usage, world.now());
  const cost = costUsd === null ? "price unknown" : `$${costUsd}`;
  progress.detail(
    `${formatDuration(plan.duration)} of audio, ${usage.inputTokens ?? "?"} tokens in, ${usage.outputTokens ?? "?"} out, ${cost}`,
  );
  for (const warning of warnings) progress.warn(warning);
  return {
    model: plan.model.name,
    usage,
    costUsd,
    warnings: failure === null ? warnings : [...warnings, failure.message],
    isComplete: failure === null,
  };
}

/** What a document tells of a recording. */
export function sourceFacts({ path, piece, codec, sizeBytes, duration }: SendableAudio): SourceFacts {
  return { path, mimeType: piece.mimeType, codec, sizeBytes, duration };
}

/** All text of a request: what counts beside the audio. */
function textOf({ compose, audios, schema }: Question): string {
  const noBytes = audios.map(({ piece }): Part => ({ kind: "inline", base64: "", mimeType: piece.mimeType }));
  const texts = compose(noBytes).map((part) => (part.kind === "text" ? part.text : ""));
  return [...texts, schema === null ? "" : JSON.stringify(schema)].join("");
}
