import { Failure } from "../failure.ts";
import { baseUrl } from "../gemini/address.ts";
import { askModel } from "../gemini/ask-model.ts";
import { isGoneCache } from "../gemini/caches.ts";
import type { Client } from "../gemini/client.ts";
import { readKey } from "../gemini/key.ts";
import type { ModelEvent, Part } from "../gemini/model.ts";
import type { Asking } from "../invocation.ts";
import { chooseDelivery } from "../plan/delivery.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Model } from "../plan/models.ts";
import {
  assertReckonable,
  assertWithinCap,
  assertWithinCost,
  hasVideo,
  makePlan,
  type Plan,
  sumPlans,
} from "../plan/plan.ts";
import { namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import { estimateThoughts } from "../plan/thinking.ts";
import { planRenderers } from "../render/plan.ts";
import type { World } from "../world.ts";
import { type CacheWish, withCache } from "./cache.ts";
import { deleteLeftovers, withDelivered } from "./deliver.ts";
import type { Input } from "./inputs.ts";
import { checkDestinations } from "./output.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { asksForWords, type Question, textOf } from "./question.ts";
import { reach } from "./reach.ts";
import type { ReadyAudio } from "./ready.ts";

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
  /** When the run began, in milliseconds since the epoch. */
  readonly started: number;
  /** Whether --max-cost leaves room to put a question once more, by its estimate; what is granted is taken from it. */
  readonly payAgain: (plan: Plan) => boolean;
  /** What is paid beside the answers, in US dollars. */
  readonly extraCosts: number[];
}

/** Errors: Failure `usage` for an address of the service that must not be used, if it is going to be. */
export function assertAddress(world: Pick<World, "env">, { dryRun }: Asking): void {
  if (!dryRun) baseUrl(world.env);
}

interface Asked {
  readonly asking: Asking;
  readonly questions: readonly Question[];
  /** Recordings of which each has to fit into one prompt, though it may be asked about in parts. */
  readonly whole: readonly PlannedAudio[];
  readonly inputs: readonly Input[];
  readonly started: number;
}

/**
 * Checks all that can be checked before anything is sent: the key, the limits, where the result goes.
 * With --dry-run it prints the plan instead, and answers null.
 * Errors: Failure `key`, `limit`, `output`, `usage`.
 */
export async function prepare(
  world: World,
  { asking, questions, whole, inputs, started }: Asked,
  progress: Progress,
): Promise<Prepared | null> {
  for (const { audios } of questions) assertReckonable(audios, asking.maxCostUsd);
  await checkDestinations(world, asking.outputs, inputs);
  const key = asking.dryRun ? null : await readKey(world, asking.keyFile);
  for (const audio of whole) assertWithinCap([audio]);
  const requests = questions.map(
    (question): Request => ({ question, plan: planOf(world, asking, question) }),
  );
  const plans = requests.map(({ plan }) => plan);
  const sum = sumPlans(plans);
  if (key === null) await print(world, `${planRenderers[asking.format](sum)}\n`);
  assertWithinCost(sum, asking.maxCostUsd);
  if (key === null) return null;
  const { model, reason } = sum;
  if (asking.settings.temperature !== null && isThirdGeneration(model))
    progress.warn(temperatureWarning(model));
  const client = await reach(world, { key, access: asking }, progress);
  progress.detail(`${model.name}: ${reason}`);
  for (const { delivery, duration } of plans) {
    const length = duration > 0 ? formatDuration(duration) : "?";
    progress.detail(`${delivery}, ${length} of audio, ${client.baseUrl}`);
  }
  const payAgain = purseOf(asking.maxCostUsd, sum.estimate.costUsd);
  const cleaned = deleteLeftovers(world, client, progress);
  return { requests, client, asking, cleaned, started, payAgain, extraCosts: [] };
}

/**
 * The plan of the request that puts a question.
 * Errors: Failure `limit` when it would pass a limit of the service.
 */
export function planOf(world: Pick<World, "now">, asking: Asking, question: Question): Plan {
  const { choice, audios, outputTokens } = question;
  const { settings, delivery } = asking;
  const longest = settings.maxOutputTokens ?? choice.model.outputTokens ?? Number.POSITIVE_INFINITY;
  return makePlan({
    choice,
    audios,
    hasWords: asksForWords(question),
    delivery,
    tier: settings.serviceTier,
    prompt: textOf(question),
    outputTokens: (duration) => Math.min(longest, outputTokens(duration) + estimateThoughts(asking.thinking)),
    now: world.now(),
  });
}

/** What is left below --max-cost, for all that is asked again together. */
function purseOf(maxCostUsd: number | null, plannedUsd: number | null): Prepared["payAgain"] {
  if (maxCostUsd === null) return () => true;
  let left = maxCostUsd - (plannedUsd ?? maxCostUsd);
  return ({ estimate }) => {
    if (estimate.costUsd === null || estimate.costUsd > left) return false;
    left -= estimate.costUsd;
    return true;
  };
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

/** Puts a question: each time anew, about recordings that were delivered once. */
export type Ask = () => AsyncIterable<ModelEvent>;

/**
 * Delivers the recordings, and gives `use` a way to put the question.
 * Errors: Failure `limit` when a file turned out too large; `key`, `service`, `input` and others of the service.
 */
export async function ask<T>(
  world: World,
  { prepared, question, plan, ready }: Put,
  progress: Progress,
  use: (ask: Ask) => Promise<T>,
): Promise<T> {
  const delivering = { prepared, audios: plan.audios, prompt: textOf(question), ready, cache: null };
  return withRecordings(world, delivering, progress, (recordings) =>
    use(putter(world, { prepared, question, plan }, recordings, progress)),
  );
}

interface Delivering {
  readonly prepared: Prepared;
  readonly audios: readonly PlannedAudio[];
  /** The longest text that goes with them. */
  readonly prompt: string;
  readonly ready: readonly ReadyAudio[];
  /** Null where nothing is to be cached. */
  readonly cache: CacheWish | null;
}

/**
 * Delivers recordings once, and gives `use` the parts of requests that stand for them.
 * Errors: as `ask`.
 */
export async function withRecordings<T>(
  world: World,
  { prepared, audios, prompt, ready, cache: wish }: Delivering,
  progress: Progress,
  use: (recordings: readonly Part[]) => Promise<T>,
): Promise<T> {
  const { client, asking } = prepared;
  const pieces = ready.filter((one) => one.kind === "piece");
  const how = chooseDelivery({
    audios: pieces.map(({ audio }) => audio),
    sizes: pieces.map(({ piece }) => piece.sizeBytes),
    delivery: asking.delivery,
    prompt,
  });
  const delivery = { client, ready, how, keepUpload: asking.keepUpload, progress };
  try {
    return await withDelivered(world, delivery, (recordings) =>
      aboutRecordings(audios, () => withCache(world, { prepared, wish, recordings }, progress, use)),
    );
  } finally {
    await prepared.cleaned;
  }
}

/** A way to put a question about recordings that were delivered. */
export function putter(
  world: Pick<World, "signal">,
  { prepared: { client, asking }, question, plan }: Omit<Put, "ready">,
  recordings: readonly Part[],
  progress: Progress,
): Ask {
  progress.step(`asking ${plan.model.name}`);
  const put = (parts: readonly Part[]) =>
    askModel(client, { api: asking.api, request: question.compose(parts) }, world.signal);
  return () => orWithoutCache(put, recordings, progress);
}

/** A cache may be gone before the last question: then the recordings are asked about as they were delivered. */
async function* orWithoutCache(
  put: (parts: readonly Part[]) => AsyncIterable<ModelEvent>,
  recordings: readonly Part[],
  progress: Progress,
): AsyncGenerator<ModelEvent> {
  try {
    yield* put(recordings);
  } catch (thrown) {
    if (!isGoneCache(thrown)) throw thrown;
    progress.detail("the cache is gone: asking without it");
    yield* put(recordings.map((part) => (part.kind === "cached" ? part.recording : part)));
  }
}

/** What goes wrong while a model is asked is told of the recordings it was asked about. */
async function aboutRecordings<T>(audios: readonly PlannedAudio[], use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === "output") throw thrown;
    throw (hasVideo(audios) ? orHidden(thrown) : thrown).about(namesOf(audios));
  }
}

/** A video that is not public is refused as if the key were at fault [report]. */
function orHidden(failure: Failure): Failure {
  if (failure.kind !== "key" || !/permission/i.test(failure.message)) return failure;
  return new Failure("input", failure.message, {
    hint: "the service hears public videos alone, no private or restricted ones; if this one is public, check the key",
    cause: failure,
  });
}
