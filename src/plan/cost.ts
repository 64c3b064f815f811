import type { ServiceTier } from "../invocation.ts";
import type { Seconds } from "../units.ts";
import { type Model, pricesOn, type TokenPrices } from "./models.ts";
import type { Usage } from "./usage.ts";

/** What was asked, as far as its price depends on it. */
export interface Asked {
  readonly model: Model;
  readonly usage: Usage;
  /** Of the audio in each request. */
  readonly duration: Seconds;
  readonly tier: ServiceTier;
}

/** How much of the standard price each tier costs: priority 1.75 to 2 times, so at most [doc: the optimization page]. */
const tierFactors = { standard: 1, flex: 0.5, priority: 2 } as const satisfies Record<ServiceTier, number>;

/**
 * What requests about a recording cost, in US dollars to the millionth; null when the price or the usage is not
 * known. `now` is in milliseconds since the epoch: prices change by date.
 */
export function costOf({ model, usage, duration, tier }: Asked, now: number): number | null {
  if (usage.requests === 0) return 0;
  const prices = pricesOn(model, now);
  const byMinute = prices.find(({ kind }) => kind === "minutes");
  if (byMinute?.kind === "minutes") {
    return rounded((usage.requests * duration * (byMinute.input + byMinute.output)) / 60);
  }
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  const byToken = prices.flatMap((price) => (price.kind === "tokens" ? [price] : []));
  const price = byToken.findLast(({ abovePromptTokens }) => inputTokens > abovePromptTokens);
  if (price === undefined) return null;
  const output = outputTokens + (usage.thoughtTokens ?? 0);
  return rounded(
    ((inputDollars(price, usage, inputTokens) + output * price.output) / 1e6) * tierFactors[tier],
  );
}

/** In millionths of a dollar. */
function inputDollars(prices: TokenPrices, usage: Usage, inputTokens: number): number {
  const cached = prices.cachedInput === null ? 0 : Math.min(usage.cachedTokens ?? 0, inputTokens);
  const audio = Math.min(usage.audioTokens ?? inputTokens, inputTokens);
  // The audio stands first in the prompt, so what is cached is audio first.
  const audioPaid = Math.max(0, audio - cached);
  const textPaid = inputTokens - cached - audioPaid;
  return audioPaid * prices.audioInput + textPaid * prices.textInput + cached * (prices.cachedInput ?? 0);
}

/** What several requests cost together; null when that of one is not known. */
export function addCosts(costs: readonly (number | null)[]): number | null {
  const sum = costs.reduce((total, cost) => (total === null || cost === null ? null : total + cost), 0);
  return sum === null ? null : rounded(sum);
}

function rounded(dollars: number): number {
  return Math.round(dollars * 1e6) / 1e6;
}
