import { baseUrl } from "../gemini/address.ts";
import type { Client } from "../gemini/client.ts";
import { readKey } from "../gemini/key.ts";
import type { Asking } from "../invocation.ts";
import { formatDuration } from "../plan/duration.ts";
import type { Model } from "../plan/models.ts";
import {
  assertReckonable,
  assertWithinCap,
  assertWithinCost,
  makePlan,
  type Plan,
  sumPlans,
} from "../plan/plan.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { estimateThoughts } from "../plan/thinking.ts";
import { planRenderers } from "../render/plan.ts";
import type { World } from "../world.ts";
import { deleteLeftovers } from "./deliver.ts";
import type { Input } from "./inputs.ts";
import { checkDestinations } from "./output.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";
import { asksForWords, type Question, textOf } from "./question.ts";
import { reach } from "./reach.ts";

/** A question, and the plan of the request that puts it. */
export interface Request {
  readonly question: Question;
  readonly plan: Plan;
}

/** What is needed to put questions, all of it checked. */
export interface Prepared {
  readonly requests: readonly Request[];
  /** The request that puts another question. Errors: Failure `limit` when it would pass a limit of the service. */
  readonly requestOf: (question: Question) => Request;
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
  /** What may be asked besides, as far as --max-cost allows. */
  readonly lineups?: readonly Question[];
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
  { asking, questions, whole, inputs, started, lineups = [] }: Asked,
  progress: Progress,
): Promise<Prepared | null> {
  for (const { audios } of questions) assertReckonable(audios, asking.maxCostUsd);
  await checkDestinations(world, asking.outputs, inputs);
  const key = asking.dryRun ? null : await readKey(world, asking.keyFile);
  for (const audio of whole) assertWithinCap([audio]);
  const requestOf = (question: Question): Request => ({ question, plan: planOf(world, asking, question) });
  const requests = questions.map(requestOf);
  const plans = requests.map(({ plan }) => plan);
  const sum = sumPlans(plans);
  if (key === null) {
    const besides = lineups.map((question) => planOf(world, asking, question));
    const lineup = besides.length === 0 ? null : sumPlans(besides);
    await print(world, `${planRenderers[asking.format]({ ...sum, lineup })}\n`);
  }
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
  return { requests, requestOf, client, asking, cleaned, started, payAgain, extraCosts: [] };
}

function planOf(world: Pick<World, "now">, asking: Asking, question: Question): Plan {
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
