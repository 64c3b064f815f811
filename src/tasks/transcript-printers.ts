import { jointMargin } from "../plan/windows.ts";
import { JsonLines } from "../render/jsonl.ts";
import { ParagraphLines } from "../render/paragraph-lines.ts";
import type { SegmentLines } from "../render/segment-lines.ts";
import { TextLines } from "../render/text.ts";
import type { Spoken } from "../transcript/transcript.ts";
import { type Milliseconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Heard } from "./heard.ts";
import { finish, joinHeard } from "./join-heard.ts";
import { mayLineUp } from "./lineup-question.ts";
import type { Progress } from "./progress.ts";
import { growingPrinter, type SegmentPrinter, segmentPrinter } from "./segment-printer.ts";
import type { TranscribeJob } from "./transcribe-job.ts";
import { shapeOf, type WantedTranscript } from "./transcript-question.ts";

/** Whether neither times nor speakers nor anything else of the segments is told. */
function isText({ timestamps, diarize, splitChannels, translateTo, emotion }: WantedTranscript): boolean {
  return timestamps === "none" && !diarize && !splitChannels && translateTo === null && !emotion;
}

/** The printer of one answer, while it arrives; null where it is printed when all of it is there. */
export function livePrinter(world: World, job: TranscribeJob, progress: Progress): SegmentPrinter | null {
  const { wanted, prepared, windowed } = job;
  const lines = linesOnStdout(job);
  const [request, ...others] = prepared.requests;
  const audio = windowed[0]?.audio;
  const isStreamed = request?.question.choice.model.kind === "general";
  if (lines === null || others.length > 0 || audio === undefined || !isStreamed) return null;
  const { speakerNames } = wanted;
  return segmentPrinter(world, { shape: shapeOf(wanted), speakerNames, lines }, progress);
}

/** A transcript that is printed part by part, as far as nothing of it can change any more. */
export interface GrowingTranscript {
  /** What was heard from the beginning on, and when the part begins that is not heard yet. */
  readonly add: (heard: Heard, next: Milliseconds) => Promise<void>;
  readonly isUnused: () => boolean;
  readonly end: (spoken: Spoken) => Promise<void>;
}

/** How much before the next part may still change: what is asked about with a joint, and a segment across its edge. */
const changing = toMilliseconds(jointMargin + 10);

/** The printer of a transcript of several parts; null where it is printed when all of it is there. */
export function growingTranscript(
  world: World,
  job: TranscribeJob,
  progress: Progress,
): GrowingTranscript | null {
  const { wanted, windowed } = job;
  const lines = linesOnStdout(job);
  if (lines === null || windowed.length > 1) return null;
  if (mayLineUp(job)) {
    progress.detail(
      "nothing is printed before the line-up: the labels of the speakers are not known until then",
    );
    return null;
  }
  const printer = growingPrinter(world, { speakerNames: wanted.speakerNames, lines }, progress);
  // A paragraph ends at a pause, of which only times tell.
  const shown = (spoken: Spoken) =>
    lines instanceof ParagraphLines ? spoken : finish(spoken, wanted, { isJoined: true });
  return {
    isUnused: printer.isUnused,
    end: (spoken) => printer.end(shown(spoken)),
    add: async (heard, next) => {
      const { spoken } = joinHeard(heard, job);
      const open = spoken.segments.findIndex(({ end }) => end === null || end > next - changing);
      const { segments, speakers } = shown({ ...spoken, segments: spoken.segments.slice(0, open) });
      await printer.add(segments, speakers);
    },
  };
}

/** How a transcript is printed bit by bit; null for what is written when all of it is there. */
function linesOnStdout({ wanted, windowed }: TranscribeJob): SegmentLines | null {
  const [output, ...more] = wanted.asking.outputs;
  const [recording] = windowed;
  const isPossible = output?.destination.kind === "stdout" && more.length === 0 && !wanted.events;
  if (!isPossible || recording === undefined) return null;
  const { audio, windows } = recording;
  if (output.format === "text")
    return windows.length > 1 && isText(wanted) ? new ParagraphLines() : new TextLines();
  return output.format === "jsonl" ? new JsonLines(audio.path) : null;
}
