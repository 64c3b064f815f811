import { Failure, ReaderGone, systemCode, systemReason } from "../failure.ts";
import type { World } from "../world.ts";

/** Prints a piece of the result. Errors: ReaderGone when nobody reads any more; Failure `output`. */
export async function print(world: Pick<World, "stdout">, text: string): Promise<void> {
  try {
    await world.stdout.write(text);
  } catch (thrown) {
    if (systemCode(thrown) === "EPIPE") throw new ReaderGone();
    throw new Failure("output", `cannot write to stdout: ${systemReason(thrown)}`, {
      hint: "make room where the output goes, then run the command again",
      cause: thrown,
    });
  }
}

/** Prints lines, a newline at their end; nothing at all when there are none. */
export async function printLines(world: Pick<World, "stdout">, text: string): Promise<void> {
  if (text !== "") await print(world, `${text}\n`);
}
