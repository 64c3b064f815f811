import type { Seconds } from "../units.ts";
import { type Model, pricesOn, type TokenPrices } from "./models.ts";

/** Recordings that several questions are about. */
export interface Cacheable {
  readonly model: Model;
  /** What they weigh; null where nobody knows. */
  readonly tokens: number | null;
  /** How often they are asked about; null where nobody knows: as often as it takes. */
  readonly questions: number | null;
  /** How long they are kept. */
  readonly lifetime: Seconds;
}

/** Whether an explicit cache is worth its price. Dollars are to the millionth. */
export type Caching =
  | {
      readonly kind: "pays";
      /** For making the cache, and keeping it to the end of its lifetime. */
      readonly costUsd: number;
      /** How many questions it takes. */
      readonly from: number;
      /** Null where nobody knows how many questions there will be. */
      readonly savedUsd: number | null;
    }
  | { readonly kind: "no"; readonly reason: string };

/**
 * Whether questions cost less about recordings in a cache: that is made at the price of input, and kept at a price for
 * each hour of its lifetime, whether it is deleted before or not; the input of each question is then cheaper. What the
 * service caches by itself is not counted on. `now` is in milliseconds since the epoch.
 */
export function planCaching({ model, tokens, questions, lifetime }: Cacheable, now: number): Caching {
  if (tokens === null) return no("what they weigh is not known");
  const prices = tokenPrices(model, tokens, now);
  if (model.cacheMinimum === null || prices === null || prices.cache === null) {
    return no(`of ${model.name} no price for caching is known`);
  }
  const { cacheMinimum } = model;
  if (tokens < cacheMinimum) {
    return no(`they are some ${tokens} tokens, and ${model.name} caches from ${cacheMinimum} on`);
  }
  const millions = tokens / 1e6;
  const made = millions * prices.audioInput;
  const kept = millions * prices.cache.storageHour * (lifetime / 3_600);
  const savedEach = millions * (prices.audioInput - prices.cache.input);
  const from = Math.floor((made + kept) / savedEach) + 1;
  if (questions !== null && questions < from) {
    return no(
      `it would pay from ${from} questions on, and there ${questions === 1 ? "is 1" : `are ${questions}`}`,
    );
  }
  const savedUsd = questions === null ? null : rounded(questions * savedEach - made - kept);
  return { kind: "pays", costUsd: rounded(made + kept), from, savedUsd };
}

interface CachePrices extends Pick<TokenPrices, "audioInput"> {
  readonly cache: { readonly input: number; readonly storageHour: number } | null;
}

function tokenPrices(model: Model, tokens: number, now: number): CachePrices | null {
  const all = pricesOn(model, now).flatMap((price) => (price.kind === "tokens" ? [price] : []));
  const price = all.findLast(({ abovePromptTokens }) => tokens > abovePromptTokens);
  if (price === undefined) return null;
  const { audioInput, cachedInput: input, cacheStorageHour: storageHour } = price;
  return { audioInput, cache: input === null || storageHour === null ? null : { input, storageHour } };
}

function no(reason: string): Caching {
  return { kind: "no", reason };
}

function rounded(dollars: number): number {
  return Math.round(dollars * 1e6) / 1e6;
}
