import type { SegmentLines } from "../render/segment-lines.ts";
import { type AnsweredSegment, AnswerReader } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import { nameSpeakers } from "../transcript/channels.ts";
import type { Listener } from "../transcript/collect.ts";
import type { Shape } from "../transcript/shape.ts";
import { SpeakerNumbers, speakerKey } from "../transcript/speakers.ts";
import type { Part } from "../transcript/times.ts";
import type { Segment, Speaker, Spoken } from "../transcript/transcript.ts";
import type { Milliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints segments as they close within a structured answer. */
export interface SegmentPrinter extends Listener {
  /** Whether nothing was printed yet. */
  readonly isUnused: () => boolean;
  /**
   * Prints what was held back of the answer that counts, and what stands behind its segments. Answers the last
   * segment that was printed when what was printed is not how that answer begins; else null.
   */
  readonly end: (spoken: Spoken) => Promise<string | null>;
}

interface Printed {
  readonly shape: Shape;
  readonly part: Part;
  readonly speakerNames: readonly string[];
  readonly lines: SegmentLines;
}

/**
 * A printer for text on stdout. What is printed stands: from the moment on when an answer begins anew, or tells a
 * time that cannot be true, all is held back to the end.
 */
export function segmentPrinter(
  world: Pick<World, "stdout">,
  { shape, part, speakerNames, lines }: Printed,
  progress: Progress,
): SegmentPrinter {
  const reader = new AnswerReader();
  const numbers = new SpeakerNumbers();
  const printed: Segment[] = [];
  const held: Segment[] = [];
  let isHolding = false;
  let isAgain = false;

  const put = async (segment: Segment, speakers: readonly Speaker[]) => {
    if (printed.length === 0) progress.pause();
    const id = printed.push(segment) - 1;
    await print(world, lines.add({ ...segment, id }, nameSpeakers({ speakers }, speakerNames).speakers));
  };

  const take = async (answered: AnsweredSegment) => {
    const one = { language: null, summary: null, segments: [answered], events: [] };
    const { segments, isPlausible } = assemble(one, shape, part);
    isHolding ||= !isPlausible;
    const speaker = shape.hasSpeakers ? numbers.idOf(speakerKey(answered.speaker)) : null;
    for (const segment of segments) {
      if (isHolding) held.push({ ...segment, speaker });
      else await put({ ...segment, speaker }, numbers.all);
    }
  };

  return {
    write: async (piece) => {
      if (isAgain) return;
      for (const answered of reader.write(piece)) await take(answered);
    },
    restart: () => {
      isAgain = true;
    },
    isUnused: () => printed.length === 0,
    end: async ({ segments, speakers, summary }) => {
      const place = printed.at(-1)?.text ?? null;
      // An answer that was given once stands there in its own order; another has to begin as the first did.
      const isLost = isAgain && !printed.every((one, index) => areSame(one, segments[index]));
      const left = isAgain ? segments.slice(isLost ? segments.length : printed.length) : held;
      for (const segment of left) await put(segment, speakers);
      if (printed.length > 0) await print(world, `${isLost ? "" : lines.end(summary)}\n`);
      return isLost ? place : null;
    },
  };
}

/** How far a second answer's times may be from those of the first. */
const tolerance: Milliseconds = 1_500;

/** Whether a segment that was printed is the same in another answer. */
function areSame(printed: Segment, other: Segment | undefined): boolean {
  if (other === undefined || plainWords(printed.text) !== plainWords(other.text)) return false;
  const isNear = Math.abs((printed.start ?? 0) - (other.start ?? 0)) <= tolerance;
  return isNear && printed.speaker === other.speaker;
}

/** What is said, without what a model sets anew each time: case and punctuation. */
function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(" ");
}
