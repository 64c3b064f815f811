import type { Format } from "../invocation.ts";
import {
  defaultGeneralModel,
  defaultTranscriptionModel,
  type Model,
  type Prices,
  pricesAsOf,
} from "../plan/models.ts";
import { thinkingLevels } from "../plan/thinking.ts";
import { printDocument } from "./document.ts";

/** A model, and what holds of it today. */
export interface ModelFacts {
  readonly model: Model;
  readonly prices: readonly Prices[];
  /** Whether the key can use it; null when the service was not asked. */
  readonly isAvailable: boolean | null;
}

/** Every format of models. */
export const modelRenderers = {
  text: renderTable,
  json: (facts) => printDocument({ prices_as_of: pricesAsOf, models: facts.map(modelDocument) }),
} as const satisfies Record<Format, (facts: readonly ModelFacts[]) => string>;

function modelDocument({ model, prices, isAvailable }: ModelFacts) {
  const { name, kind, recordingLimit, thinking } = model;
  return {
    name,
    kind,
    default: name === defaultGeneralModel || name === defaultTranscriptionModel,
    available: isAvailable,
    input_tokens: model.inputTokens,
    output_tokens: model.outputTokens,
    longest_recording:
      recordingLimit === null ? null : { text: recordingLimit.text, words: recordingLimit.words },
    tokens_per_second: model.tokensPerSecond,
    thinking: thinkingLevels(thinking),
    apis: model.apis,
    prices: prices.map(priceDocument),
    source: model.source,
  };
}

function priceDocument(price: Prices) {
  const { until } = price;
  if (price.kind === "minutes") return { unit: "minute", until, input: price.input, output: price.output };
  return {
    unit: "million tokens",
    until,
    above_prompt_tokens: price.abovePromptTokens,
    text_input: price.textInput,
    audio_input: price.audioInput,
    output: price.output,
    cached_input: price.cachedInput,
    cache_storage_hour: price.cacheStorageHour,
  };
}

function renderTable(facts: readonly ModelFacts[]): string {
  const wasAsked = facts.some(({ isAvailable }) => isAvailable !== null);
  const header = row(["model", "kind", "audio in", "text in", "output", "an hour"]);
  const rows = facts.map((fact) => {
    const key = fact.isAvailable === true ? "   yes" : "   no";
    return `${row([fact.model.name, fact.model.kind, ...figuresOf(fact)])}${wasAsked ? key : ""}`;
  });
  return [
    `${header}${wasAsked ? "   for this key" : ""}`,
    ...rows,
    "",
    ...facts.flatMap(notesOn),
    `US dollars a million tokens (/min: a minute of audio), and for an hour of audio (of the transcription model with its output); prices of ${pricesAsOf}`,
  ].join("\n");
}

/** What a row has no room for. */
function notesOn({ model, prices }: ModelFacts): string[] {
  const { name, recordingLimit } = model;
  const [price, above] = prices;
  const later = model.prices.find(({ until }) => until === null);
  return [
    ...(recordingLimit === null
      ? []
      : [
          `${name}: ${recordingLimit.text / 60} minutes a request, ${recordingLimit.words / 60} with times or speakers`,
        ]),
    ...(price?.until == null || later === undefined
      ? []
      : [
          `${name}: until ${price.until}, then ${figuresOf({ model, prices: [later] })
            .slice(0, 3)
            .join(", ")}`,
        ]),
    ...(above?.kind !== "tokens"
      ? []
      : [
          `${name}: ${figuresOf({ model, prices: [above] })
            .slice(0, 3)
            .join(", ")} for more than ${above.abovePromptTokens} tokens`,
        ]),
  ];
}

function figuresOf({ model, prices: [price] }: Pick<ModelFacts, "model" | "prices">): string[] {
  if (price === undefined) return ["unknown", "unknown", "unknown", "unknown"];
  if (price.kind === "minutes") {
    return [
      `$${price.input}/min`,
      "-",
      `$${price.output}/min`,
      `$${((price.input + price.output) * 60).toFixed(3)}`,
    ];
  }
  const hour = (price.audioInput * model.tokensPerSecond * 3_600) / 1e6;
  const dollars = [price.audioInput, price.textInput, price.output].map((amount) => `$${amount.toFixed(2)}`);
  return [...dollars, `$${hour.toFixed(3)}`];
}

function row([name = "", kind = "", ...figures]: readonly string[]): string {
  return `${name.padEnd(24)}${kind.padEnd(15)}${figures.map((figure) => figure.padStart(11)).join("")}`;
}
