import type { Face } from "./faces.ts";
import type { Link } from "./links.ts";
import type { Voice } from "./voices.ts";

/** What is known of who the voices of several answers are: by overlaps, and by line-ups. */
export interface Evidence {
  readonly voices: readonly Voice[];
  readonly links: readonly Link[];
  readonly faceOf: (voice: Voice) => Face;
}
