import type { Invocation } from "../invocation.ts";
import type { World } from "../world.ts";
import { wantsColor } from "./color.ts";

/** How failures are told. */
export interface Manner {
  readonly color: boolean;
  readonly debug: boolean;
  /** Whether scripts read the result: then the last line is the failure as JSON. */
  readonly json: boolean;
}

/** The manner that was asked for; of arguments that could not be understood, as far as they can be. */
export function mannerOf(world: World, invocation: Invocation | null): Manner {
  if (invocation === null) return guess(world);
  return { ...invocation.talk, json: isJson(invocation) };
}

function isJson(invocation: Invocation): boolean {
  if (invocation.kind === "schema") return false;
  const { format } = "asking" in invocation ? invocation.asking : invocation;
  return format === "json";
}

function guess(world: World): Manner {
  const { argv } = world;
  return {
    color: wantsColor(world, !argv.includes("--no-color")),
    debug: argv.includes("--debug"),
    json: argv.includes("--json") || /(^| )(-\w*f ?|--format[ =])json( |$)/.test(argv.join(" ")),
  };
}
