import { summaryEnd, TextLines } from "../render/text.ts";
import { type AnsweredSegment, AnswerReader } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import { nameSpeakers } from "../transcript/channels.ts";
import type { Listener } from "../transcript/collect.ts";
import type { Shape } from "../transcript/shape.ts";
import { SpeakerNumbers, speakerKey } from "../transcript/speakers.ts";
import type { Part } from "../transcript/times.ts";
import type { Segment, Speaker, Spoken } from "../transcript/transcript.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints segments as they close within a structured answer. */
export interface SegmentPrinter extends Listener {
  /** Whether nothing was printed yet. */
  readonly isUnused: () => boolean;
  /**
   * Prints what was held back of the answer that counts, and what stands behind its segments. Answers the last
   * segment that was printed when what was printed is not all part of that answer; else null.
   */
  readonly end: (spoken: Spoken) => Promise<string | null>;
}

interface Printed {
  readonly shape: Shape;
  readonly part: Part;
  readonly speakerNames: readonly string[];
}

/**
 * A printer for text on stdout. What is printed stands: from the moment on when an answer begins anew, or tells a
 * time that cannot be true, all is held back to the end.
 */
export function segmentPrinter(
  world: Pick<World, "stdout">,
  { shape, part, speakerNames }: Printed,
  progress: Progress,
): SegmentPrinter {
  const lines = new TextLines();
  const reader = new AnswerReader();
  const numbers = new SpeakerNumbers();
  const printed: string[] = [];
  let isHolding = false;

  const put = async (segment: Segment, speakers: readonly Speaker[]) => {
    if (printed.length === 0) progress.pause();
    printed.push(plainWords(segment.text));
    await print(world, lines.add(segment, nameSpeakers({ speakers }, speakerNames).speakers));
  };

  const take = async (answered: AnsweredSegment) => {
    const one = { language: null, summary: null, segments: [answered], events: [] };
    const { segments, isPlausible } = assemble(one, shape, part);
    isHolding ||= !isPlausible;
    if (isHolding) return;
    const speaker = shape.hasSpeakers ? numbers.idOf(speakerKey(answered.speaker)) : null;
    for (const segment of segments) await put({ ...segment, speaker }, numbers.all);
  };

  return {
    write: async (piece) => {
      if (isHolding) return;
      for (const answered of reader.write(piece)) await take(answered);
    },
    restart: () => {
      isHolding = true;
    },
    isUnused: () => printed.length === 0,
    end: async ({ segments, speakers, summary }) => {
      const place = printed.at(-1);
      const unexplained = [...printed];
      const left = segments.filter((segment) => !takeOut(unexplained, plainWords(segment.text)));
      const isLost = unexplained.length > 0;
      if (!isLost) for (const segment of left) await put(segment, speakers);
      if (printed.length > 0) await print(world, `${isLost ? "" : summaryEnd(summary)}\n`);
      return isLost ? (place ?? "") : null;
    },
  };
}

/** Takes a text out of others; answers whether it was there. */
function takeOut(texts: string[], text: string): boolean {
  const index = texts.indexOf(text);
  if (index === -1) return false;
  texts.splice(index, 1);
  return true;
}

/** What is said, without what a model sets anew each time: case and punctuation. */
function plainWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(" ");
}
