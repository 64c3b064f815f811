import { Failure } from "../failure.ts";
import type { Api, ThinkingLevel } from "../invocation.ts";
import type { Model } from "./models.ts";

/** How a model lets itself be told how much to think. */
export type ThinkingControl =
  /** Which levels it takes, the lowest first. */
  | { readonly kind: "levels"; readonly levels: readonly ThinkingLevel[] }
  /** How many tokens of thinking each level stands for, the lowest first. */
  | { readonly kind: "budgets"; readonly tokens: Readonly<Partial<Record<ThinkingLevel, number>>> }
  /** It does not think. */
  | { readonly kind: "none" }
  /** Nobody knows. */
  | { readonly kind: "unknown" };

/** How much a model is told to think. */
export type Thinking =
  | { readonly kind: "level"; readonly level: ThinkingLevel }
  | { readonly kind: "budget"; readonly tokens: number }
  /** It is told nothing. */
  | { readonly kind: "default" };

interface Wanted {
  readonly model: Model;
  readonly api: Api;
  /** What the user asks for; null for as little as can be: thinking counts as output, and eats its budget. */
  readonly level: ThinkingLevel | null;
}

/**
 * How much a model is to think.
 * Errors: Failure `usage` for a level that the model, or the API, does not take.
 */
export function chooseThinking({ model, api, level }: Wanted): Thinking {
  const { thinking, name } = model;
  switch (thinking.kind) {
    case "levels": {
      const [lowest] = thinking.levels;
      const chosen = level ?? lowest;
      if (chosen === undefined) return { kind: "default" };
      if (!thinking.levels.includes(chosen)) throw refused(name, chosen, thinking.levels);
      return { kind: "level", level: chosen };
    }
    case "budgets": {
      // The Interactions API takes levels alone [types]; nothing tells what those mean to a model of budgets.
      if (api === "interactions") {
        if (level === null) return { kind: "default" };
        throw new Failure("usage", `${name} takes no --thinking over the Interactions API`, {
          hint: "leave out --api interactions, or --thinking",
        });
      }
      const [lowest] = Object.values(thinking.tokens);
      const tokens = level === null ? lowest : thinking.tokens[level];
      if (tokens !== undefined) return { kind: "budget", tokens };
      throw refused(name, String(level), Object.keys(thinking.tokens));
    }
    case "none":
      if (level === null) return { kind: "default" };
      throw new Failure("usage", `${name} does not think`, { hint: "leave out --thinking" });
    case "unknown":
      return level === null ? { kind: "default" } : { kind: "level", level };
  }
}

function refused(name: string, level: string, levels: readonly string[]): Failure {
  return new Failure("usage", `${name} does not take --thinking ${level}`, {
    hint: `it takes ${levels.join(", ")}`,
  });
}

/** Of a level, about so many tokens come; as little as can be is not worth an estimate. */
const levelTokens = { minimal: 0, low: 1_024, medium: 8_192, high: 24_576 } as const satisfies Record<
  ThinkingLevel,
  number
>;

/** How much a model will think, in tokens, about; null for as little as it can. */
export function estimateThoughts(level: ThinkingLevel | null): number {
  return level === null ? 0 : levelTokens[level];
}

/** The levels that a model takes, the lowest first; null when nobody knows. */
export function thinkingLevels(thinking: ThinkingControl): readonly string[] | null {
  switch (thinking.kind) {
    case "levels":
      return thinking.levels;
    case "budgets":
      return Object.keys(thinking.tokens);
    case "none":
      return [];
    case "unknown":
      return null;
  }
}
