import type { World } from "../world.ts";

/** The colours of what is said on stderr, by meaning. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly hint: (text: string) => string;
  readonly debug: (text: string) => string;
}

/** Paints with chalk, which is loaded only where there is colour; else leaves text as it is. */
export async function createPaint(isColored: boolean): Promise<Paint> {
  const plain = (text: string) => text;
  if (!isColored) return { error: plain, warning: plain, hint: plain, debug: plain };
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  return { error: chalk.red, warning: chalk.yellow, hint: chalk.cyan, debug: chalk.gray };
}

/**
 * Whether stderr is coloured. chalk does not know NO_COLOR, so gaudio decides:
 * --no-color, then NO_COLOR, FORCE_COLOR, CLICOLOR=0, and last whether it is a terminal, with columns, not dumb and not under CI.
 */
export function wantsColor({ env, stderr }: Pick<World, "env" | "stderr">, isAllowed: boolean): boolean {
  if (!isAllowed || env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return env["CLICOLOR"] !== "0" && isLively({ env, stderr });
}

/** Whether a spinner may be drawn on stderr; otherwise each event is a plain line. */
export function wantsSpinner(world: Pick<World, "env" | "stderr">): boolean {
  return isLively(world);
}

/** Whether a person looks at stderr, on a terminal that can do more than print lines. */
function isLively({ env, stderr }: Pick<World, "env" | "stderr">): boolean {
  return stderr.isTerminal && stderr.columns > 0 && env["TERM"] !== "dumb" && !env["CI"];
}
