import { holeMargin } from "../plan/windows.ts";
import type { SegmentLines } from "../render/segment-lines.ts";
import { type AnsweredSegment, AnswerReader } from "../transcript/answer.ts";
import { assemble } from "../transcript/assemble.ts";
import { nameSpeakers } from "../transcript/channels.ts";
import type { Listener } from "../transcript/collect.ts";
import type { Stretch } from "../transcript/coverage.ts";
import type { Shape } from "../transcript/shape.ts";
import { SpeakerNumbers, speakerKey } from "../transcript/speakers.ts";
import type { Part } from "../transcript/times.ts";
import type { Segment, Speaker, Spoken } from "../transcript/transcript.ts";
import { type Milliseconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { print } from "./print.ts";
import type { Progress } from "./progress.ts";

/** Prints segments as they close within a structured answer. */
export interface SegmentPrinter extends Listener {
  /** Whether nothing was printed yet. */
  readonly isUnused: () => boolean;
  /** Before the answer begins: what was sent is known. */
  readonly begin: (sent: Sent) => void;
  /**
   * Prints what was held back of what counts, and what stands behind its segments. Answers the last segment
   * that was printed when what was printed is not how that begins; else null.
   */
  readonly end: (spoken: Spoken) => Promise<string | null>;
}

/** What an answer is about. */
interface Sent {
  readonly part: Part;
  /** Whether something sounds in a stretch of which the answer tells nothing. */
  readonly isUnheard: (stretch: Stretch) => Promise<boolean>;
}

interface Printed {
  readonly shape: Shape;
  readonly speakerNames: readonly string[];
  readonly lines: SegmentLines;
}

/**
 * A printer for text on stdout. What is printed stands: from the moment on when an answer begins anew, leaves
 * something out, or tells a time that cannot be true, all is held back to the end.
 */
export function segmentPrinter(
  world: Pick<World, "stdout">,
  { shape, speakerNames, lines }: Printed,
  progress: Progress,
): SegmentPrinter {
  const reader = new AnswerReader();
  const numbers = new SpeakerNumbers();
  const printer = linePrinter(world, { speakerNames, lines }, progress);
  /** What may still be heard in another way, should something be missing right behind it. */
  const pending: Segment[] = [];
  /** What comes behind an impossible time. */
  const held: Segment[] = [];
  let sent: Sent | null = null;
  let isHolding = false;
  let isAgain = false;
  /** Until when something was told. */
  let told: Milliseconds = 0;

  const leavesOut = async ({ start, end }: Segment, { isUnheard }: Sent) => {
    const stretch = { start: told, end: start ?? told };
    told = Math.max(told, end ?? start ?? told);
    return stretch.start < stretch.end && (await isUnheard(stretch));
  };

  const take = async (answered: AnsweredSegment) => {
    if (sent === null) return;
    const { part } = sent;
    const one = { language: null, summary: null, segments: [answered], events: [] };
    const { segments, isPlausible } = assemble(one, shape, part);
    isHolding ||= !isPlausible;
    const speaker = shape.hasSpeakers ? numbers.idOf(speakerKey(answered.speaker)) : null;
    for (const segment of segments) {
      isAgain ||= !isHolding && (await leavesOut(segment, sent));
      if (isAgain) return;
      (isHolding ? held : pending).push({ ...segment, speaker });
    }
    const open = pending.findIndex(({ end }) => end !== null && end + settling > told);
    for (const segment of pending.splice(0, open < 0 ? pending.length : open))
      await printer.put(segment, numbers.all);
  };

  return {
    write: async (piece) => {
      if (isAgain) return;
      for (const answered of reader.write(piece)) await take(answered);
    },
    restart: () => {
      isAgain = true;
    },
    begin: (about) => {
      sent = about;
      told = toMilliseconds(about.part.start);
    },
    isUnused: () => printer.printed.length === 0,
    end: async ({ segments, speakers, summary }) => {
      const { printed } = printer;
      const place = printed.at(-1)?.text ?? null;
      // An answer that was given once stands there in its own order; another has to begin as the first did.
      const isLost = isAgain && !printed.every((one, index) => areSame(one, segments[index]));
      const left = isAgain
        ? segments.slice(isLost ? segments.length : printed.length)
        : [...pending, ...held];
      for (const segment of left) await printer.put(segment, speakers);
      await printer.end(isLost ? null : summary);
      return isLost ? place : null;
    },
  };
}

/** So much behind a segment has to be told before it is printed: as much as is asked about together with a hole. */
const settling = toMilliseconds(holeMargin);

/** Prints a transcript that grows at its end. */
export interface GrowingPrinter {
  /** Prints what is new of the segments that stand. */
  readonly add: (segments: readonly Segment[], speakers: readonly Speaker[]) => Promise<void>;
  readonly isUnused: () => boolean;
  readonly end: (spoken: Spoken) => Promise<void>;
}

export function growingPrinter(
  world: Pick<World, "stdout">,
  wanted: Pick<Printed, "speakerNames" | "lines">,
  progress: Progress,
): GrowingPrinter {
  const printer = linePrinter(world, wanted, progress);
  const add = async (segments: readonly Segment[], speakers: readonly Speaker[]) => {
    for (const segment of segments.slice(printer.printed.length)) await printer.put(segment, speakers);
  };
  return {
    add,
    isUnused: () => printer.printed.length === 0,
    end: async ({ segments, speakers, summary }) => {
      await add(segments, speakers);
      await printer.end(summary);
    },
  };
}

interface LinePrinter {
  readonly printed: readonly Segment[];
  readonly put: (segment: Segment, speakers: readonly Speaker[]) => Promise<void>;
  /** Ends the text, if anything of it was printed. */
  readonly end: (summary: string | null) => Promise<void>;
}

function linePrinter(
  world: Pick<World, "stdout">,
  { speakerNames, lines }: Pick<Printed, "speakerNames" | "lines">,
  progress: Progress,
): LinePrinter {
  const printed: Segment[] = [];
  return {
    printed,
    put: async (segment, speakers) => {
      if (printed.length === 0) progress.pause();
      const id = printed.push(segment) - 1;
      await print(world, lines.add({ ...segment, id }, nameSpeakers({ speakers }, speakerNames).speakers));
    },
    end: async (summary) => {
      if (printed.length > 0) await print(world, `${lines.end(summary)}\n`);
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
