import pLimit from "p-limit";
import { piecesAtOnce } from "./pieces.ts";

/** How much goes on at once in a run: one object for all of its recordings. What is too much waits for its turn. */
export interface Lanes {
  /** For questions, from the making of what is sent to the end of the answer. */
  readonly ask: Lane;
  /** For making pieces, which keeps a processor busy. */
  readonly make: Lane;
  /** For hearing where it sounds: a decoder leaves so much memory behind that nothing is made beside it. */
  readonly listen: Lane;
}

type Lane = <T>(task: () => Promise<T>) => Promise<T>;

/** Lanes for so many questions at once. */
export function createLanes(jobs: number): Lanes {
  const [make, listen] = [pLimit(piecesAtOnce), pLimit(1)];
  // It takes every place there is: nobody who has one waits for another, so that all are given back.
  const alone: Lane = (task) =>
    Array.from({ length: piecesAtOnce }).reduce<typeof task>((next) => () => make(next), task)();
  return { ask: pLimit(jobs), make, listen: (task) => listen(() => alone(task)) };
}
