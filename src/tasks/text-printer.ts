import type { Listener } from "../transcript/collect.ts";
import { continuationOf } from "../transcript/continuation.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints text piece by piece, as it arrives. */
export interface TextPrinter extends Listener {
  /**
   * Ends what was printed with one newline. Answers the last words that were printed when an answer that was given
   * again did not agree with them, so that it could not go on from there; else null.
   */
  readonly end: () => Promise<string | null>;
}

/** How much of what was printed names the place where an answer broke off. */
const placeCharacters = 60;

/**
 * A printer that leaves out the white space around the whole text, as if it had been printed at once.
 * What is printed stands: an answer that begins anew is printed from there on.
 */
export function textPrinter(world: Pick<World, "stdout">, progress: Progress): TextPrinter {
  let printed = "";
  let heldBack = "";
  /** What came again, as long as it has not passed what was printed; null while nothing is repeated. */
  let again: string | null = null;

  const put = async (piece: string) => {
    const pending = printed === "" ? (heldBack + piece).trimStart() : heldBack + piece;
    const ready = pending.trimEnd();
    heldBack = pending.slice(ready.length);
    if (ready === "") return;
    if (printed === "") progress.pause();
    printed += ready;
    await print(world, ready);
  };

  return {
    write: async (piece) => {
      if (again === null) return put(piece);
      again += piece;
      const place = continuationOf(printed, again.trimStart());
      if (place === null) return;
      const rest = again.trimStart().slice(place);
      again = null;
      await put(rest);
    },
    restart: () => {
      heldBack = "";
      again = printed === "" ? null : "";
    },
    end: async () => {
      if (printed !== "") await print(world, "\n");
      return again === null ? null : printed.slice(-placeCharacters);
    },
  };
}
