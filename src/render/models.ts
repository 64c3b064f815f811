import type { Format } from "../invocation.ts";
import { defaultModel, type Model, type Prices, pricesAsOf } from "../plan/models.ts";
import { printDocument } from "./document.ts";

/** A model, and the prices that hold today. */
export interface ModelFacts {
  readonly model: Model;
  readonly prices: readonly Prices[];
}

/** Every format of the models that gaudio knows. */
export const modelRenderers = {
  text: renderTable,
  json: (facts) =>
    printDocument({
      prices_as_of: pricesAsOf,
      models: facts.map(({ model, prices }) => ({
        name: model.name,
        kind: model.kind,
        default: model.name === defaultModel,
        input_tokens: model.inputTokens,
        tokens_per_second: model.tokensPerSecond,
        prices: prices.map((price) => ({
          above_prompt_tokens: price.abovePromptTokens,
          until: price.until,
          text_input: price.textInput,
          audio_input: price.audioInput,
          output: price.output,
          cached_input: price.cachedInput,
        })),
      })),
    }),
} as const satisfies Record<Format, (facts: readonly ModelFacts[]) => string>;

function renderTable(facts: readonly ModelFacts[]): string {
  const header = row(["model", "kind", "audio in", "text in", "output", "an hour in"]);
  const rows = facts.map(({ model, prices }) => {
    const [price] = prices;
    const dollars = (amount: number | undefined) =>
      amount === undefined ? "unknown" : `$${amount.toFixed(2)}`;
    const hour = price && (price.audioInput * model.tokensPerSecond * 3_600) / 1e6;
    return row([
      model.name,
      model.kind,
      dollars(price?.audioInput),
      dollars(price?.textInput),
      dollars(price?.output),
      hour === undefined ? "unknown" : `$${hour.toFixed(3)}`,
    ]);
  });
  return [
    header,
    ...rows,
    "",
    `US dollars a million tokens, and for an hour of audio; prices of ${pricesAsOf}`,
  ].join("\n");
}

function row([name = "", kind = "", ...figures]: readonly string[]): string {
  return `${name.padEnd(24)}${kind.padEnd(15)}${figures.map((figure) => figure.padStart(11)).join("")}`;
}
