import { nameOf } from "../audio/source.ts";
import type { Failure } from "../failure.ts";
import type { Routing } from "../plan/route.ts";
import { defaultOverlap } from "../plan/windows.ts";
import { JsonLines } from "../render/jsonl.ts";
import { ParagraphLines } from "../render/paragraph-lines.ts";
import type { SegmentLines } from "../render/segment-lines.ts";
import { TextLines } from "../render/text.ts";
import { mergeChannels, nameSpeakers } from "../transcript/channels.ts";
import { toStretch } from "../transcript/coverage.ts";
import { join } from "../transcript/join/join.ts";
import type { People } from "../transcript/join/speakers.ts";
import type { Gap, Spoken } from "../transcript/transcript.ts";
import { withoutTimes } from "../transcript/untimed.ts";
import { type Milliseconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { allowanceFor } from "./allowance.ts";
import { silentAnswer } from "./answer.ts";
import { openBook } from "./answer-book.ts";
import type { Doubt } from "./believe.ts";
import { canDivide, hearAll } from "./hear.ts";
import { gapsIn, type Heard, together, worstOf } from "./heard.ts";
import { createLanes } from "./lanes.ts";
import { type LinedUp, lineUpSpeakers, notLinedUp } from "./lineup.ts";
import { mayLineUp } from "./lineup-question.ts";
import type { Hearing, PartQuestion } from "./part.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { disagreement } from "./receive.ts";
import { growingPrinter, type SegmentPrinter, segmentPrinter } from "./segment-printer.ts";
import { shapeOf, type WantedTranscript } from "./transcript-question.ts";
import type { WindowedAudio } from "./windows.ts";
import type { Workspace } from "./workspace.ts";
import { writeTranscript } from "./write-transcript.ts";

/** A transcript that is wanted, and all that was found out before anything is asked. */
export interface TranscribeJob {
  readonly wanted: WantedTranscript;
  readonly prepared: Prepared;
  readonly routing: Routing;
  /** The recording, or its channels, and their windows: the requests are about these, one after the other. */
  readonly windowed: readonly WindowedAudio[];
  readonly workspace: Workspace;
}

/** Transcribes a recording in parts, and makes one transcript of them; answers why it is not complete, or null. */
export async function transcribeParts(
  world: World,
  job: TranscribeJob,
  progress: Progress,
): Promise<Failure | null> {
  const { prepared, windowed } = job;
  const live = livePrinter(world, job, progress);
  const growing = live === null ? growingTranscript(world, job, progress) : null;
  const stop = new AbortController();
  const own = { ...world, signal: AbortSignal.any([world.signal, stop.signal]) };
  const hearing = hearingOf(own, job, progress);
  const recordings = questionsOf(job, live).map((questions) => hearAll(own, hearing, questions));
  try {
    const heard = await Promise.all(
      recordings.map(async (parts, index) => {
        const all: Heard[] = [];
        for (const [place, part] of parts.entries()) {
          all.push(await part);
          const next = windowed[index]?.windows[place + 1];
          if (next !== undefined) await growing?.add(together(all), toMilliseconds(next.range.start));
        }
        return together(all);
      }),
    );
    // Where all is silent, nobody else has waited for it.
    await prepared.cleaned;
    const lined = await lineUpAll(own, hearing, { ...job, heard, live });
    tellRecalled(hearing, progress);
    return await write(world, { ...job, heard, lined, live, growing }, progress);
  } catch (thrown) {
    stop.abort(thrown);
    throw thrown;
  } finally {
    await Promise.allSettled(recordings.flat());
  }
}

function hearingOf(
  world: World,
  { wanted, prepared, routing, windowed, workspace }: TranscribeJob,
  progress: Progress,
): Hearing {
  const seconds = windowed.reduce((sum, { audio }) => sum + audio.range.end - audio.range.start, 0);
  const work = { parts: prepared.requests.length, audio: seconds, jobs: wanted.jobs };
  return {
    wanted,
    prepared,
    routing,
    lanes: createLanes(wanted.jobs),
    tools: { workspace, progress: work.parts === 1 ? progress : withoutSteps(progress) },
    book: openBook(world, wanted.journal, prepared),
    allowance: allowanceFor(seconds),
    pace: progress.parts(work),
  };
}

/** Of many parts at once only how many are done is told. */
function withoutSteps(progress: Progress): Progress {
  return { ...progress, step: (text) => progress.detail(text), transfer: () => () => {} };
}

function tellRecalled({ book }: Hearing, progress: Progress): void {
  const recalled = book.recalled();
  if (recalled === 0) return;
  const what = recalled === 1 ? "an answer" : `${recalled} answers`;
  progress.tell(`${what} of an earlier run used, and not paid for again; --fresh asks anew`);
}

/** The questions about each recording, or channel, in their order. */
function questionsOf(
  { wanted, prepared, windowed }: TranscribeJob,
  printer: SegmentPrinter | null,
): (readonly PartQuestion[])[] {
  const requests = [...prepared.requests];
  const channels = windowed.length > 1 ? windowed.length : null;
  return windowed.map(({ audio: whole, windows }) =>
    windows.flatMap((audio) => {
      const request = requests.shift();
      if (request === undefined) return [];
      // Halves tell more of what was answered by nothing.
      const mayAskAgain = (doubt: Doubt) =>
        (doubt !== "nothing" || !canDivide({ wanted, audio, printer })) && prepared.payAgain(request.plan);
      return [
        {
          wanted,
          whole,
          audio,
          request,
          channels,
          printer,
          mayAskAgain,
          isLast: false,
          isConfirming: false,
          // What is elsewhere cannot be listened to, and no part of it asked about by itself.
          watched: audio.kind === "local" ? toStretch(audio.range) : null,
        },
      ];
    }),
  );
}

interface Joined {
  readonly spoken: Spoken;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
}

function joinHeard(
  { windows, gaps }: Heard,
  { wanted, windowed }: TranscribeJob,
  people: People | null = null,
): Joined {
  const left = [...gapsIn(windows), ...gaps];
  const [first, ...others] = windows;
  if (first === undefined) return { spoken: silentAnswer, warnings: [], gaps: left };
  const last = others.at(-1);
  if (last === undefined) return { spoken: first.spoken ?? silentAnswer, warnings: [], gaps: left };
  const { spoken, warnings, unsettled } = join(windows, { hasSpeakers: wanted.diarize, people });
  const name = nameOf(windowed[0]?.audio.path ?? "");
  const half = toMilliseconds((wanted.overlap ?? defaultOverlap) / 2);
  const joints = unsettled.map(({ at }) => ({
    start: Math.max(first.start, at - half),
    end: Math.min(last.end, at + half),
    reason: disagreed,
  }));
  return { spoken, warnings: warnings.map((warning) => `${name}: ${warning}`), gaps: [...left, ...joints] };
}

/** Why nobody knows what is said at a joint. */
const disagreed = "the parts on both sides of it do not agree";

/** The speakers of a recording that was heard in parts; what stands on stdout already is not told otherwise. */
function lineUpAll(
  world: World,
  hearing: Hearing,
  { heard, live, ...job }: TranscribeJob & Pick<Writing, "heard" | "live">,
): Promise<LinedUp> {
  const isOpen = live === null || live.isUnused();
  const [recording] = job.windowed;
  if (!mayLineUp(job) || !isOpen || recording === undefined) return Promise.resolve(notLinedUp);
  return lineUpSpeakers(world, hearing, { whole: recording.audio, windows: together(heard).windows });
}

interface Writing extends TranscribeJob {
  readonly heard: readonly Heard[];
  readonly lined: LinedUp;
  readonly live: SegmentPrinter | null;
  readonly growing: GrowingTranscript | null;
}

async function write(
  world: World,
  { heard, lined, live, growing, ...job }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const { wanted, prepared, windowed } = job;
  const { parts } = together(heard);
  const [audio] = windowed.map((one) => one.audio);
  if (audio === undefined) return null;
  const joined = heard.map((one) => joinHeard(one, job, lined.people));
  const [whole = { spoken: silentAnswer }] = joined;
  const spokens = joined.map(({ spoken }) => spoken);
  const spoken = wanted.splitChannels ? mergeChannels(spokens, wanted) : whole.spoken;
  const isJoined = heard.some(({ windows }) => windows.length > 1);
  const finished = finish(spoken, wanted, { isJoined });
  await growing?.end(spoken);
  const lostPlace = (await live?.end(finished)) ?? null;
  const worst = worstOf(parts);
  const lost = lostPlace === null ? null : disagreement(nameOf(audio.path), lostPlace);
  const writing = {
    wanted,
    prepared,
    audio,
    parts: [...parts, ...lined.parts],
    spoken: nameSpeakers(finished, wanted.speakerNames),
    warnings: [...lined.warnings, ...joined.flatMap(({ warnings }) => warnings)],
    gaps: joined.flatMap(({ gaps }) => gaps).toSorted((a, b) => a.start - b.start),
    failure: worst ?? lost,
    isPrinted: [live, growing].some((printer) => printer !== null && !printer.isUnused()),
  };
  const failure = await writeTranscript(world, writing, progress);
  // What is missing is asked about anew in the next run.
  const failed = parts.filter(({ answer, isReplaced }) => answer.failure !== null && !isReplaced);
  await Promise.all(failed.map(({ forget }) => forget()));
  return failure;
}

function finish(
  spoken: Spoken,
  { timestamps, isTimed }: WantedTranscript,
  { isJoined }: { readonly isJoined: boolean },
): Spoken {
  return timestamps === "none" && isTimed ? withoutTimes(spoken, { isJoined }) : spoken;
}

/** Whether neither times nor speakers nor anything else of the segments is told. */
function isText({ timestamps, diarize, splitChannels, translateTo, emotion }: WantedTranscript): boolean {
  return timestamps === "none" && !diarize && !splitChannels && translateTo === null && !emotion;
}

/** The printer of one answer, while it arrives. */
function livePrinter(world: World, job: TranscribeJob, progress: Progress): SegmentPrinter | null {
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
interface GrowingTranscript {
  /** What was heard from the beginning on, and when the part begins that is not heard yet. */
  readonly add: (heard: Heard, next: Milliseconds) => Promise<void>;
  readonly isUnused: () => boolean;
  readonly end: (spoken: Spoken) => Promise<void>;
}

/** How much before the next part may still change: a joint is asked about together with what is around it. */
const changing: Milliseconds = 25_000;

function growingTranscript(world: World, job: TranscribeJob, progress: Progress): GrowingTranscript | null {
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
