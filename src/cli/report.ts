import type { Failure } from "../failure.ts";
import { toJson } from "../render/document.ts";
import { printable } from "../render/printable.ts";
import type { World } from "../world.ts";
import { createPaint } from "./color.ts";
import type { Manner } from "./manner.ts";

/** Says on stderr what went wrong, and what to do about it. */
export async function reportFailure(
  world: Pick<World, "stderr">,
  failure: Failure,
  manner: Manner,
): Promise<void> {
  const paint = await createPaint(manner.color);
  const lines = [
    `${paint.error("error:")} ${printable(failure.message)}`,
    ...(failure.hint === null ? [] : ["", `${paint.hint("hint:")} ${printable(failure.hint)}`]),
    ...(manner.debug ? ["", ...stackOf(failure).map(printable)] : []),
    ...(manner.json ? [toJson(failureDocument(failure))] : []),
  ];
  // Where stderr cannot be written either, the exit code has to do.
  await world.stderr.write(`${lines.join("\n")}\n`).catch(() => {});
}

function failureDocument({ kind, exitCode, message, file, retryable }: Failure) {
  return { error: { code: kind, exit: exitCode, message, file, retryable } };
}

function stackOf({ stack, cause }: Failure): string[] {
  const caused = cause instanceof Error ? `\ncaused by: ${cause.stack}` : "";
  return `${stack}${caused}`.split("\n");
}
