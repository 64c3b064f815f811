import { Failure } from "../failure.ts";
import type { Asking } from "../invocation.ts";
import type { Model } from "./models.ts";
import { chooseThinking } from "./thinking.ts";

/**
 * Makes sure that a model takes the settings that were asked for, before any recording is read.
 * Errors: Failure `usage` for one that it does not take.
 */
export function assertSettings(model: Model, { api, thinking, settings }: Asking): void {
  chooseThinking({ model, api, level: thinking });
  const { name, outputTokens } = model;
  const { maxOutputTokens } = settings;
  if (maxOutputTokens === null || outputTokens === null || maxOutputTokens <= outputTokens) return;
  throw new Failure("usage", `${name} answers at most ${outputTokens} tokens, not ${maxOutputTokens}`, {
    hint: "leave out --max-output-tokens, or make it less",
  });
}
