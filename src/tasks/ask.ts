import { Failure } from "../failure.ts";
import { baseUrl } from "../gemini/address.ts";
import type { Client } from "../gemini/client.ts";
import { generate } from "../gemini/generate.ts";
import { readKey } from "../gemini/key.ts";
import type { JsonSchema, ModelEvent, Part } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Model } from "../plan/models.ts";
import {
  assertWithinCost,
  chooseDelivery,
  makePlan,
  namesOf,
  type Plan,
  type PlannedAudio,
  sumPlans,
} from "../plan/plan.ts";
import { planRenderers } from "../render/plan.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { deleteLeftovers, withDelivered } from "./deliver.ts";
import type { Input } from "./inputs.ts";
import { checkDestination } from "./output.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { reach } from "./reach.ts";
import type { ReadyAudio } from "./ready.ts";

/** One question about recordings. */
export interface Question {
  readonly model: Model;
  readonly audios: readonly PlannedAudio[];
  /** Puts the recordings' parts and the instructions in order. */
  readonly compose: (recordings: readonly Part[]) => readonly Part[];
  readonly schema: JsonSchema | null;
  /** How long the answer is expected to be, in tokens. */
  readonly outputTokens: (duration: Seconds) => number;
}

/** A question, and the plan of the request that puts it. */
interface Request {
  readonly question: Question;
  readonly plan: Plan;
}

/** What is needed to put questions, all of it checked. */
export interface Prepared {
  readonly requests: readonly Request[];
  readonly client: Client;
  readonly asking: Asking;
  /** What earlier runs have left is being deleted meanwhile. */
  readonly cleaned: Promise<void>;
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
  { asking, questions, inputs }: { asking: Asking; questions: readonly Question[]; inputs: readonly Input[] },
  progress: Progress,
): Promise<Prepared | null> {
  await checkDestination(world, asking.destination, inputs);
  const key = asking.dryRun ? null : await readKey(world, asking.keyFile);
  const requests = questions.map((question): Request => {
    const { model, audios, outputTokens } = question;
    const { delivery } = asking;
    const prompt = textOf(asking, question);
    const longest = asking.settings.maxOutputTokens ?? Number.POSITIVE_INFINITY;
    const plan = makePlan({
      model,
      audios,
      delivery,
      prompt,
      outputTokens: (duration) => Math.min(longest, outputTokens(duration)),
      now: world.now(),
    });
    return { question, plan };
  });
  const plans = requests.map(({ plan }) => plan);
  const whole = sumPlans(plans);
  if (key === null) {
    await print(world, `${planRenderers[asking.format](whole)}\n`);
    return null;
  }
  assertWithinCost(whole, asking.maxCostUsd);
  const [{ model } = whole] = plans;
  if (asking.settings.temperature !== null && isThirdGeneration(model))
    progress.warn(temperatureWarning(model));
  const client = await reach(world, { key, access: asking }, progress);
  for (const { model, delivery, duration } of plans) {
    progress.detail(`${model.name}, ${delivery}, ${formatDuration(duration)} of audio, ${client.baseUrl}`);
  }
  return { requests, client, asking, cleaned: deleteLeftovers(world, client, progress) };
}

/** Said of the 3.x models [doc]. */
function temperatureWarning({ name }: Model): string {
  return `--temperature is deprecated for ${name}; below 1 it can make it say the same again and again`;
}

function isThirdGeneration({ name }: Model): boolean {
  return name.startsWith("gemini-3");
}

interface Put extends Request {
  readonly prepared: Prepared;
  /** The files that were made of the question's recordings. */
  readonly ready: readonly ReadyAudio[];
}

/**
 * Delivers the recordings, puts the question, and gives `use` the answer's events.
 * Errors: Failure `limit` when a file turned out too large; `key`, `service`, `input` and others of the service.
 */
export async function ask<T>(
  world: World,
  { prepared, question, plan, ready }: Put,
  progress: Progress,
  use: (events: AsyncIterable<ModelEvent>) => Promise<T>,
): Promise<T> {
  const { client, asking } = prepared;
  const pieces = ready.filter((one) => one.kind === "piece");
  const how = chooseDelivery({
    audios: pieces.map(({ audio }) => audio),
    sizes: pieces.map(({ piece }) => piece.sizeBytes),
    delivery: asking.delivery,
    prompt: textOf(asking, question),
  });
  const delivery = { client, ready, how, keepUpload: asking.keepUpload, progress };
  try {
    return await withDelivered(world, delivery, (recordings) => {
      progress.step(`asking ${plan.model.name}`);
      const request = {
        model: plan.model.name,
        thinking: plan.model.thinking,
        parts: question.compose(recordings),
        system: asking.system,
        settings: asking.settings,
        schema: question.schema,
      };
      return aboutRecordings(plan.audios, () => use(generate(client, request, world.signal)));
    });
  } finally {
    await prepared.cleaned;
  }
}

/** What goes wrong while a model is asked is told of the recordings it was asked about. */
async function aboutRecordings<T>(audios: readonly PlannedAudio[], use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (thrown) {
    throw thrown instanceof Failure && thrown.kind !== "output" ? thrown.about(namesOf(audios)) : thrown;
  }
}

/** All text of a request: what counts beside the audio. */
function textOf({ system }: Asking, { compose, audios, schema }: Question): string {
  const noBytes = audios.map((): Part => ({ kind: "inline", bytes: new Uint8Array(), mimeType: "" }));
  const texts = compose(noBytes).map((part) => (part.kind === "text" ? part.text : ""));
  return [system ?? "", ...texts, schema === null ? "" : JSON.stringify(schema)].join("");
}
