import { nameOf } from "../audio/source.ts";
import { once } from "../once.ts";
import { formatDuration } from "../plan/duration.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import type { Routing } from "../plan/route.ts";
import { clockTime } from "../timecode.ts";
import { channelName } from "../transcript/channels.ts";
import { type Stretch, tellsOf } from "../transcript/coverage.ts";
import type { Milliseconds } from "../units.ts";
import type { World } from "../world.ts";
import type { Allowance } from "./allowance.ts";
import { type Answer, receiveAnswer, silentAnswer } from "./answer.ts";
import type { AnswerBook } from "./answer-book.ts";
import { ask } from "./ask.ts";
import type { Doubt } from "./believe.ts";
import type { Lanes } from "./lanes.ts";
import type { Tools } from "./pieces.ts";
import type { Prepared, Request } from "./prepare.ts";
import type { PartsProgress } from "./progress.ts";
import { heardPart, makeOneReady, type ReadyAudio, type SentAudio } from "./ready.ts";
import type { SegmentPrinter } from "./segment-printer.ts";
import type { WantedTranscript } from "./transcript-question.ts";
import { holdsNoSound, isUnheard, loudnessIn, unheardIn } from "./unheard.ts";

/** What it takes to ask about parts of a recording. */
export interface Hearing {
  readonly wanted: WantedTranscript;
  readonly prepared: Prepared;
  readonly routing: Routing;
  readonly lanes: Lanes;
  readonly tools: Tools;
  readonly book: AnswerBook;
  /** What may be asked about again because it is missing. */
  readonly allowance: Allowance;
  readonly pace: PartsProgress;
}

/** A part of a recording, and the question about it. */
export interface PartQuestion {
  /** What of the transcript is asked for. */
  readonly wanted: WantedTranscript;
  /** The recording, or the channel of it, that the part is of. */
  readonly whole: PlannedAudio;
  readonly audio: PlannedAudio;
  readonly request: Request;
  /** Of how many channels; null where they are asked about together. */
  readonly channels: number | null;
  readonly printer: SegmentPrinter | null;
  /** Whether it may be asked about once more as it is, where the answer cannot be believed. */
  readonly mayAskAgain: (doubt: Doubt) => boolean;
  /** Whether nothing can be done about an answer that was cut at its limit but to ask again. */
  readonly isLast: boolean;
  /** Whether an answer that is empty only confirms what is known. */
  readonly isConfirming: boolean;
  /** Where something is known to be said: an answer that tells nothing there broke off. Null where nobody knows. */
  readonly expected: Stretch | null;
  /** Where nothing that sounds may be left out; null for nowhere: others are asked about that, or it is not here. */
  readonly watched: Stretch | null;
}

/** A part that was asked about. */
export interface AskedPart {
  readonly question: PartQuestion;
  /** Null when it failed before anything was made of it. */
  readonly sent: SentAudio | null;
  readonly answer: Answer;
  /** What sounds in it, and the answer tells nothing of. */
  readonly unheard: readonly Stretch[];
  /** Whether its answer was there already. */
  readonly isRecalled: boolean;
  /** Whether others were asked about in its place. */
  readonly isReplaced: boolean;
  /** Has it asked anew in the next run. */
  readonly forget: () => Promise<void>;
}

/**
 * Asks about a part: makes what is sent of it, delivers it and reads the answer, or finds it in the book.
 * Errors: Failure `input`, `limit`, `key`, `service` and others, as `ask` has them.
 */
export function askPart(world: World, hearing: Hearing, question: PartQuestion): Promise<AskedPart> {
  return hearing.lanes.ask(async () => {
    world.signal.throwIfAborted();
    const { lanes, tools, prepared } = hearing;
    const { client } = prepared;
    const made: ReadyAudio[] = [];
    const file = once(async () => {
      const ready = await lanes.make(() => makeOneReady(world, question.audio, { ...tools, client }));
      made.push(ready);
      return ready;
    });
    try {
      return await askAbout(world, hearing, { question, file });
    } finally {
      await Promise.all(made.map((ready) => removeFile(world, ready)));
    }
  });
}

interface Asking {
  readonly question: PartQuestion;
  /** Makes what is sent, once. */
  readonly file: () => Promise<ReadyAudio>;
}

async function askAbout(
  world: World,
  { prepared, lanes, tools, book }: Hearing,
  { question, file }: Asking,
): Promise<AskedPart> {
  const { wanted, audio, request, printer, mayAskAgain, isConfirming, watched } = question;
  const { model } = request.question.choice;
  const page = book.page(audio, request);
  const known = await page.first();
  const sent = known?.sent ?? (await file());
  const part = { question, sent, isRecalled: known !== null, isReplaced: false, forget: page.forget };
  if (sent.isSilent) return { ...part, answer: silentAnswer, unheard: [] };
  const loudness = once(() => loudnessIn(world, lanes, file));
  const isNothing = async () => isConfirming || holdsNoSound(await loudness());
  const listening = { model, loudness };
  printer?.begin({
    part: heardPart(sent),
    isUnheard: async (stretch) => watched !== null && wanted.isTimed && isUnheard(stretch, listening),
  });
  const { isLast } = question;
  const receiving = {
    ...{ wanted, model, sent, name: partName(question), printer },
    ...{ mayAskAgain, isNothing, isLast, expected: question.expected },
  };
  const { progress } = tools;
  const putting = { ...request, prepared, make: async () => [await file()] };
  const answer = await ask(world, putting, progress, (put) =>
    receiveAnswer(receiving, page.through(put, sent), progress),
  );
  if (answer.failure !== null || watched === null || !wanted.isTimed) return { ...part, answer, unheard: [] };
  const look = () => unheardIn(answer, watched, listening);
  const unheard = (answer.usages.length === 1 ? known?.unheard : null) ?? (await look());
  await page.note(unheard);
  if (unheard.length === 0 || tellsOf(answer, watched)) return { ...part, answer, unheard };
  // That nothing at all is said while something sounds is believed of no long stretch.
  const isLong = watched.end - watched.start > longestConfirmed;
  const told = isLong ? { ...answer, isDivisible: true } : withWarning(answer, unheard, partName(question));
  return { ...part, answer: told, unheard: isLong ? unheard : [] };
}

/** So much that sounds is believed to be no speech when a second answer tells of none. */
export const longestConfirmed: Milliseconds = 300_000;

/** Less is not worth a word. */
const worthTelling: Milliseconds = 3_000;

/** What sounds, and is no speech for all that the model says, is told of. */
function withWarning(answer: Answer, sounds: readonly Stretch[], name: string): Answer {
  const all = sounds.reduce((sum, { start, end }) => sum + end - start, 0);
  if (all < worthTelling) return answer;
  const times = sounds.map(({ start, end }) => `${clockTime(start)} to ${clockTime(end)}`).join(", ");
  const warning = `${name}: something sounds from ${times}; asked about it again, the model tells of no words`;
  return { ...answer, warnings: [...answer.warnings, warning] };
}

/** The file that was made of a part is of no use any more. */
async function removeFile(world: World, ready: ReadyAudio): Promise<void> {
  if (ready.kind === "piece" && ready.piece.file !== ready.audio.file)
    await world.files.remove(ready.piece.file).catch(() => {});
}

/** How a part is called in messages: by its channel, or its times, where it is not all of the recording. */
export function partName({ whole, audio, channels }: PartQuestion): string {
  const { start, end } = audio.range;
  const isAll = start === whole.range.start && end === whole.range.end;
  const parts = [
    ...(audio.channel === null ? [] : [channelName(audio.channel, channels ?? 1)]),
    ...(isAll ? [] : [`${formatDuration(start)} to ${formatDuration(end)}`]),
  ];
  const name = nameOf(audio.path);
  return parts.length === 0 ? name : `${name} (${parts.join(", ")})`;
}
