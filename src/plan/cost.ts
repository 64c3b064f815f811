import { type Model, type Prices, pricesOn } from "./models.ts";
import type { Usage } from "./usage.ts";

/**
 * What a request cost, in US dollars to the millionth; null when the price or the usage is not known.
 * `now` is in milliseconds since the epoch: prices change by date.
 */
export function costOf(model: Model, usage: Usage, now: number): number | null {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === null || outputTokens === null) return null;
  const prices = pricesFor(model, inputTokens, now);
  if (prices === null) return null;
  const cached = prices.cachedInput === null ? 0 : Math.min(usage.cachedTokens ?? 0, inputTokens);
  const audio = Math.min(usage.audioTokens ?? inputTokens, inputTokens);
  // The audio stands first in the prompt, so what is cached is audio first.
  const audioPaid = Math.max(0, audio - cached);
  const textPaid = inputTokens - cached - audioPaid;
  const dollars =
    (audioPaid * prices.audioInput +
      textPaid * prices.textInput +
      cached * (prices.cachedInput ?? 0) +
      (outputTokens + (usage.thoughtTokens ?? 0)) * prices.output) /
    1e6;
  return Math.round(dollars * 1e6) / 1e6;
}

/** What several requests cost together; null when that of one is not known. */
export function addCosts(costs: readonly (number | null)[]): number | null {
  const sum = costs.reduce((total, cost) => (total === null || cost === null ? null : total + cost), 0);
  return sum === null ? null : Math.round(sum * 1e6) / 1e6;
}

function pricesFor(model: Model, promptTokens: number, now: number): Prices | null {
  return pricesOn(model, now).findLast(({ abovePromptTokens }) => promptTokens > abovePromptTokens) ?? null;
}
