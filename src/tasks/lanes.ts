import pLimit from "p-limit";
import { piecesAtOnce } from "./pieces.ts";

/** How much goes on at once in a run: one object for all of its recordings. What is too much waits for its turn. */
export interface Lanes {
  /** For questions, from the making of what is sent to the end of the answer. */
  readonly ask: Lane;
  /** For what keeps a processor busy. */
  readonly compute: Lane;
}

type Lane = <T>(task: () => Promise<T>) => Promise<T>;

/** Lanes for so many questions at once. */
export function createLanes(jobs: number): Lanes {
  return { ask: pLimit(jobs), compute: pLimit(piecesAtOnce) };
}
