import type { Listener } from "../transcript/collect.ts";
import { Continuation } from "../transcript/continuation.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints text piece by piece, as it arrives. */
export interface TextPrinter extends Listener {
  /** Whether nothing was printed yet. */
  readonly isUnused: () => boolean;
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
 * What is printed stands: an answer that begins anew is printed from there on. What `heading` makes is
 * printed before the first of it.
 */
export function textPrinter(
  world: Pick<World, "stdout">,
  progress: Progress,
  heading: () => string = () => "",
): TextPrinter {
  let printed = "";
  let heldBack = "";
  /** While an answer is given again, until it has passed what was printed. */
  let again: Continuation | null = null;

  const put = async (piece: string) => {
    const pending = printed === "" ? (heldBack + piece).trimStart() : heldBack + piece;
    const ready = pending.trimEnd();
    heldBack = pending.slice(ready.length);
    if (ready === "") return;
    const isFirst = printed === "";
    if (isFirst) progress.pause();
    printed += ready;
    await print(world, isFirst ? `${heading()}${ready}` : ready);
  };

  const goOn = async (piece: string, isWhole: boolean) => {
    const rest = again?.add(piece, isWhole) ?? null;
    if (rest === null) return;
    again = null;
    await put(rest);
  };

  return {
    write: (piece) => (again === null ? put(piece) : goOn(piece, false)),
    restart: () => {
      heldBack = "";
      again = printed === "" ? null : new Continuation(printed);
    },
    isUnused: () => printed === "",
    end: async () => {
      await goOn("", true);
      if (printed !== "") await print(world, "\n");
      return again === null ? null : printed.slice(-placeCharacters);
    },
  };
}
