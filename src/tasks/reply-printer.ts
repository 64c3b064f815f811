import { headingOf } from "../render/replies.ts";
import type { Part } from "../transcript/times.ts";
import type { World } from "../world.ts";
import type { Progress } from "./progress.ts";
import type { Reading, Shown } from "./readings.ts";
import { type TextPrinter, textPrinter } from "./text-printer.ts";

/** What stands above each reply that is printed, each under its question. */
export function setApart(): (question: string | null) => string {
  let isFirst = true;
  return (question) => {
    const heading = `${isFirst ? "" : "\n"}${headingOf(question)}`;
    isFirst = false;
    return heading;
  };
}

interface Printed {
  readonly reading: Reading;
  /** What the model was given of each recording. */
  readonly parts: readonly Part[];
  readonly heading: () => string;
}

/** A printer of one reply, which shows of it what is read so far. */
export function replyPrinter(
  world: World,
  { reading, parts, heading }: Printed,
  progress: Progress,
): TextPrinter {
  const printer = textPrinter(world, progress, heading);
  const begin = () => reading.show(parts) ?? asItIs;
  let shown = begin();
  return {
    write: (piece) => printer.write(shown.add(piece)),
    restart: () => {
      shown = begin();
      printer.restart();
    },
    isUnused: printer.isUnused,
    end: async () => {
      await printer.write(shown.end());
      return printer.end();
    },
  };
}

const asItIs: Shown = { add: (piece) => piece, end: () => "" };
