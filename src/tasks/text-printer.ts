import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints text piece by piece, as it arrives. */
export interface TextPrinter {
  readonly write: (piece: string) => Promise<void>;
  /** Ends what was printed with one newline. */
  readonly end: () => Promise<void>;
}

/** A printer that leaves out the white space around the whole text, as if it had been printed at once. */
export function textPrinter(world: Pick<World, "stdout">, progress: Progress): TextPrinter {
  let hasBegun = false;
  let heldBack = "";
  return {
    write: async (piece) => {
      const pending = hasBegun ? heldBack + piece : (heldBack + piece).trimStart();
      const ready = pending.trimEnd();
      heldBack = pending.slice(ready.length);
      if (ready === "") return;
      if (!hasBegun) progress.pause();
      hasBegun = true;
      await print(world, ready);
    },
    end: async () => {
      if (hasBegun) await print(world, "\n");
    },
  };
}
