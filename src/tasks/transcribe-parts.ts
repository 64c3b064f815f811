import { nameOf } from "../audio/source.ts";
import type { Failure } from "../failure.ts";
import { mergeChannels, nameSpeakers } from "../transcript/channels.ts";
import { toStretch } from "../transcript/coverage.ts";
import { toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { allowanceFor } from "./allowance.ts";
import { silentAnswer } from "./answer.ts";
import { openBook } from "./answer-book.ts";
import type { Doubt } from "./believe.ts";
import { crowdWarnings } from "./crowd.ts";
import { canDivide, hearAll } from "./hear.ts";
import { type Heard, together, worstOf } from "./heard.ts";
import { finish, joinHeard } from "./join-heard.ts";
import { createLanes } from "./lanes.ts";
import { type LinedUp, lineUpSpeakers, notLinedUp } from "./lineup.ts";
import { mayLineUp } from "./lineup-question.ts";
import type { Hearing, PartQuestion } from "./part.ts";
import type { Progress } from "./progress.ts";
import { disagreement } from "./receive.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import type { TranscribeJob } from "./transcribe-job.ts";
import { type GrowingTranscript, growingTranscript, livePrinter } from "./transcript-printers.ts";
import { writeTranscript } from "./write-transcript.ts";

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
          expected: null,
          // What is elsewhere cannot be listened to, and no part of it asked about by itself.
          watched: audio.kind === "local" ? toStretch(audio.range) : null,
        },
      ];
    }),
  );
}

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
    lineup: lined.use,
    spoken: nameSpeakers(finished, wanted.speakerNames),
    warnings: [
      ...lined.warnings,
      ...crowdWarnings([...parts, ...lined.parts]).map((warning) => `${nameOf(audio.path)}: ${warning}`),
      ...joined.flatMap(({ warnings }) => warnings),
    ],
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
