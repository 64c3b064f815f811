import { join } from "node:path";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";

/** A range of a recording, in its own time. */
export interface Range {
  readonly start: Seconds;
  /** Exclusive. */
  readonly end: Seconds;
}

/** A file that Gemini takes, with all or some of a recording in it. */
export interface Piece {
  readonly file: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly duration: Seconds;
  /**
   * When the piece begins in the recording's own time. Below zero where a decoder of the whole would
   * drop an encoder's delay, which one of the piece does not know of.
   */
  readonly start: Seconds;
  /** How much of the range was not there to copy: what is behind such a hole comes too early in the piece. */
  readonly missing: Seconds;
}

/** A name for a new piece in a folder. */
export function pieceName(world: Pick<World, "randomHex">, directory: string): string {
  return join(directory, `piece-${world.randomHex(6)}`);
}
