import { nameOf } from "../audio/source.ts";
import type { Failure } from "../failure.ts";
import type { TranscriptFormat } from "../invocation.ts";
import { defaultOverlap } from "../plan/windows.ts";
import { JsonLines } from "../render/jsonl.ts";
import type { SegmentLines } from "../render/segment-lines.ts";
import { TextLines } from "../render/text.ts";
import { mergeChannels, nameSpeakers } from "../transcript/channels.ts";
import { join } from "../transcript/join/join.ts";
import type { Gap, Spoken } from "../transcript/transcript.ts";
import type { Milliseconds, Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { type Answer, silentAnswer } from "./answer.ts";
import { askParts, type Parts } from "./parts.ts";
import type { Progress } from "./progress.ts";
import { heardPart, type ReadyAudio } from "./ready.ts";
import { type SegmentPrinter, segmentPrinter } from "./segment-printer.ts";
import { shapeOf } from "./transcript-question.ts";
import type { WindowedAudio } from "./windows.ts";
import { writeTranscript } from "./write-transcript.ts";

interface Job extends Parts {
  /** The recording, or its channels, whose windows the parts are, one after the other. */
  readonly windowed: readonly WindowedAudio[];
}

/** Transcribes a recording in parts, and makes one transcript of them; answers why it is not complete, or null. */
export async function transcribeParts(world: World, job: Job, progress: Progress): Promise<Failure | null> {
  const { wanted, windowed } = job;
  const printer = printerOf(world, job, progress);
  const answers = await askParts(world, { ...job, printer }, progress);
  const joined = windowed.map((_, index) => joinWindows(job, answers, index));
  const [whole = { spoken: silentAnswer, warnings: [], gaps: [] }] = joined;
  const spoken = wanted.splitChannels
    ? mergeChannels(
        joined.map((one) => one.spoken),
        wanted,
      )
    : whole.spoken;
  const isPrinted = printer !== null && !printer.isUnused();
  const writing = {
    ...job,
    answers,
    spoken: nameSpeakers(spoken, wanted.speakerNames),
    warnings: joined.flatMap(({ warnings }) => warnings),
    gaps: joined.flatMap(({ gaps }) => gaps),
    isPrinted,
  };
  return writeTranscript(world, writing, progress);
}

interface JoinedWindows {
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
}

function joinWindows(
  { wanted, windowed, ready }: Job,
  answers: readonly Answer[],
  index: number,
): JoinedWindows {
  const from = windowed.slice(0, index).reduce((sum, { windows }) => sum + windows.length, 0);
  const windows = (windowed[index]?.windows ?? []).map(({ range }, place) => {
    const answer = answers[from + place] ?? silentAnswer;
    const isLost = answer.failure !== null && answer.text === "" && (answer.events ?? []).length === 0;
    return { start: toMs(range.start), end: toMs(range.end), spoken: isLost ? null : answer, answer };
  });
  const gaps = windows.flatMap(({ answer }, place) => {
    const [before, own, after] = [windows[place - 1], windows[place], windows[place + 1]];
    const start = Math.max(own?.start ?? 0, wholeOf(before)?.end ?? 0);
    const end = Math.min(own?.end ?? 0, wholeOf(after)?.start ?? Number.POSITIVE_INFINITY);
    return gapOf(answer, { start, end });
  });
  const [only, ...others] = windows;
  if (only !== undefined && others.length === 0) return { spoken: only.answer, warnings: [], gaps };
  const { spoken, warnings, unsettled } = join(windows, { hasSpeakers: wanted.diarize });
  const name = nameOf(ready[0]?.audio.path ?? "");
  const half = toMs((wanted.overlap ?? defaultOverlap) / 2);
  const joints = unsettled.map(({ at }) => ({ start: at - half, end: at + half, reason: disagreement }));
  return { spoken, warnings: warnings.map((warning) => `${name}: ${warning}`), gaps: [...gaps, ...joints] };
}

/** Why nobody knows what is said at a joint. */
const disagreement = "the parts on both sides of it do not agree";

interface AnsweredWindow {
  readonly start: Milliseconds;
  readonly end: Milliseconds;
  readonly answer: Answer;
}

/** A window of which all is known: what it shares with its neighbours is no gap of theirs. */
function wholeOf(window: AnsweredWindow | undefined): AnsweredWindow | null {
  return window === undefined || window.answer.failure !== null ? null : window;
}

/** What an answer that is not complete leaves out, as far as its times tell. */
function gapOf({ failure, segments }: Answer, { start, end }: Omit<Gap, "reason">): Gap[] {
  if (failure === null) return [];
  const told = segments.findLast((segment) => segment.end !== null)?.end ?? start;
  const from = Math.max(start, told);
  // Of a video, nobody knows where it ends.
  return from < end && Number.isFinite(end) ? [{ start: from, end, reason: failure.message }] : [];
}

function toMs(time: Seconds): Milliseconds {
  return Math.round(time * 1_000);
}

/** What is merged of several answers, or sorted in between the segments, is printed when all of it is there. */
function printerOf(
  world: World,
  { wanted, prepared, ready }: Job,
  progress: Progress,
): SegmentPrinter | null {
  const [output, ...more] = wanted.asking.outputs;
  const [first, ...others] = ready;
  const lines = output === undefined || more.length > 0 ? null : linesFor(output.format, first);
  const isPossible = output?.destination.kind === "stdout" && !wanted.events;
  const isStreamed = prepared.requests.every(({ question }) => question.choice.model.kind === "general");
  if (first === undefined || others.length > 0 || lines === null || !isPossible || !isStreamed) return null;
  const { speakerNames } = wanted;
  const printed = { shape: shapeOf(wanted), part: heardPart(first), speakerNames, lines };
  return segmentPrinter(world, printed, progress);
}

/** How segments are printed one by one; null for what is written when all of it is there. */
function linesFor(format: TranscriptFormat, ready: ReadyAudio | undefined): SegmentLines | null {
  if (format === "text") return new TextLines();
  return format === "jsonl" && ready !== undefined ? new JsonLines(ready.audio.path) : null;
}
