import { join } from "../audio/encode/join.ts";
import type { Range } from "../audio/piece.ts";
import { nameOf } from "../audio/source.ts";
import { Failure } from "../failure.ts";
import { once } from "../once.ts";
import { addCosts, costOf } from "../plan/cost.ts";
import { formatDuration } from "../plan/duration.ts";
import { lineupLimit, longestLineup, mostLineup } from "../plan/lineup.ts";
import { sumPlans } from "../plan/plan.ts";
import type { PlannedAudio, SendableAudio } from "../plan/planned-audio.ts";
import type { People } from "../transcript/join/speakers.ts";
import { countVoices, lineUp } from "../transcript/lineup/lineup.ts";
import type { LineupUse } from "../transcript/transcript.ts";
import { type Seconds, toMilliseconds } from "../units.ts";
import type { World } from "../world.ts";
import { type Answer, receiveAnswer } from "./answer.ts";
import { ask } from "./ask.ts";
import type { HeardWindow } from "./heard.ts";
import { clipsOfAudio, gap, lengthOf, lineupQuestion, wantedOfClips } from "./lineup-question.ts";
import type { AskedPart, Hearing } from "./part.ts";
import type { ReadyPiece } from "./pieces.ts";

/** What came of the line-ups of a recording. */
export interface LinedUp {
  /** Null where nobody knows more of the speakers than the joints tell. */
  readonly people: People | null;
  /** What was asked, for what it used. */
  readonly parts: readonly AskedPart[];
  /** What went into it; null where nothing did. */
  readonly use: LineupUse | null;
  readonly warnings: readonly string[];
}

/** None was needed. */
export const notLinedUp: LinedUp = { people: null, parts: [], use: null, warnings: [] };

interface Speakers {
  /** The recording. */
  readonly whole: PlannedAudio;
  /** What was heard of it. */
  readonly windows: readonly HeardWindow[];
}

/**
 * Finds out who the speakers are whom the answers about parts of a recording have numbered anew, each by itself:
 * clips of their voices are asked about together. Where that cannot be had, what the parts share tells, and a warning
 * says so.
 */
export async function lineUpSpeakers(
  world: World,
  hearing: Hearing,
  { whole, windows }: Speakers,
): Promise<LinedUp> {
  const { wanted, routing, tools } = hearing;
  if (whole.kind !== "local" || wanted.lineup === null) return notLinedUp;
  const duration = whole.range.end - whole.range.start;
  const limit = lineupLimit(duration, wanted.lineup);
  const parts: AskedPart[] = [];
  const reasons: string[] = [];
  let shown = 0;
  const lineup = {
    windows,
    budget: toMilliseconds(limit),
    longest: toMilliseconds(longestLineup(routing.choice.model)),
    most: wanted.speakers,
  };
  const lined = await lineUp(lineup, async (clips) => {
    const ranges = clips.map(({ start, end }) => ({ start: start / 1_000, end: end / 1_000 }));
    const share = ((lengthOf(ranges) / duration) * 100).toFixed(1);
    tools.progress.detail(
      `line-up: ${clips.length} clips of ${countVoices(clips)} voices, ${lengthOf(ranges).toFixed(1)} s, ${share} % of the recording (all of them together ${formatDuration(limit)} at most)`,
    );
    const { part, reason } = await askOrFail(world, hearing, { whole, ranges });
    if (part !== null) parts.push(part);
    if (part !== null) shown += clips.length;
    if (reason !== null) reasons.push(reason);
    return part !== null && tellsSpeakers(part.answer) ? part.answer : null;
  });
  const use = parts.length === 0 ? null : useOf(world, hearing, { parts, clips: shown });
  if (use !== null) tellUse(hearing, use);
  const reason = lined.why ?? reasons[0] ?? null;
  const warnings = [
    ...(reason === null ? [] : [`no line-up of the speakers: ${reason}; ${withoutIt(lined.people)}`]),
    ...(lined.lacksRoom ? lackOfRoom(duration, wanted.lineup) : []),
  ];
  return {
    people: lined.people,
    parts,
    use,
    warnings: warnings.map((warning) => `${nameOf(whole.path)}: ${warning}`),
  };
}

function withoutIt(people: People | null): string {
  if (people !== null) return "what was in dispute stays uncertain";
  return "labels are matched by who speaks where parts overlap";
}

/** Short recordings have a minute, whatever the share. */
function lackOfRoom(duration: Seconds, share: number): string[] {
  const more = [2, 4, 8].map((times) => Math.min(mostLineup, Number((share * 100 * times).toPrecision(4))));
  const enough = more.find((percent) => lineupLimit(duration, percent / 100) > lineupLimit(duration, share));
  const hint = enough === undefined ? "" : `: --lineup ${enough} asks about more of it`;
  return [`there was no room for two clips of everybody, and one alone makes nobody certain${hint}`];
}

function useOf(
  world: World,
  { prepared }: Hearing,
  { parts, clips }: { readonly parts: readonly AskedPart[]; readonly clips: number },
): LineupUse {
  const tier = prepared.asking.settings.serviceTier;
  const costs = parts.flatMap(({ question, answer }) => {
    const { model, duration } = question.request.plan;
    return answer.usages.map((usage) => costOf({ model, tier, usage, duration }, world.now()));
  });
  const { duration } = sumPlans(parts.map(({ question }) => question.request.plan));
  return { requests: parts.length, clips, duration, costUsd: addCosts(costs) };
}

function tellUse({ tools }: Hearing, { requests, costUsd }: LineupUse): void {
  const cost = costUsd === null ? "cost unknown" : `$${costUsd}`;
  tools.progress.detail(`line-up: ${requests === 1 ? "1 request" : `${requests} requests`}, ${cost}`);
}

interface Clips {
  readonly whole: SendableAudio;
  readonly ranges: readonly Range[];
}

interface Outcome {
  /** What was asked; null where nothing could be. */
  readonly part: AskedPart | null;
  /** Why nothing came of it; null where something did. */
  readonly reason: string | null;
}

async function askOrFail(world: World, hearing: Hearing, clips: Clips): Promise<Outcome> {
  try {
    return await hearing.lanes.ask(() => askAbout(world, hearing, clips));
  } catch (thrown) {
    world.signal.throwIfAborted();
    if (thrown instanceof Failure && thrown.kind !== "output") return { part: null, reason: thrown.message };
    throw thrown;
  }
}

/** Errors: Failure `limit` where --max-cost leaves no room, and others as `ask` has them. */
async function askAbout(world: World, hearing: Hearing, { whole, ranges }: Clips): Promise<Outcome> {
  const { wanted, prepared, routing, tools, book } = hearing;
  const audio = clipsOfAudio(whole, lengthOf(ranges));
  const request = prepared.requestOf(lineupQuestion(wanted, routing, audio));
  const page = book.page(audio, request, ranges);
  const known = await page.first();
  if (known === null && !prepared.payAgain(request.plan))
    throw new Failure("limit", "--max-cost leaves no room for one");
  const made: ReadyPiece[] = [];
  const file = once(async () => {
    const ready = await hearing.lanes.make(() => makeClips(world, hearing, { whole, ranges }));
    made.push(ready);
    return ready;
  });
  try {
    const sent = known?.sent ?? (await file());
    const receiving = {
      wanted: wantedOfClips(wanted),
      model: request.question.choice.model,
      sent,
      name: nameOf(whole.path),
      printer: null,
      mayAskAgain: () => false,
      isLast: false,
      expected: null,
      isNothing: async () => false,
    };
    tools.progress.step("comparing the voices of the parts");
    const putting = { ...request, prepared, make: async () => [await file()] };
    const answer = await ask(world, putting, tools.progress, (put) =>
      receiveAnswer(receiving, page.through(put, sent), tools.progress),
    );
    const reason = answer.failure?.message ?? (tellsSpeakers(answer) ? null : "the model told no speakers");
    if (reason !== null) await page.forget();
    const question = { wanted, whole, audio, request, channels: null, printer: null, ...askedOnce };
    // What is wrong with it is no fault of the transcript.
    const harmless = { ...answer, failure: null, warnings: [] };
    return {
      part: {
        ...{ question, sent, answer: harmless, unheard: [] },
        ...{ isRecalled: known !== null, isReplaced: true, forget: page.forget },
      },
      reason,
    };
  } finally {
    await Promise.all(made.map(({ piece }) => world.files.remove(piece.file).catch(() => {})));
  }
}

const askedOnce = {
  mayAskAgain: () => false,
  isLast: false,
  isConfirming: false,
  expected: null,
  watched: null,
} as const;

/** What broke off may tell of some. */
function tellsSpeakers({ doubt, segments }: Answer): boolean {
  return doubt === null && segments.some(({ speaker }) => speaker !== null);
}

async function makeClips(world: World, { tools }: Hearing, { whole, ranges }: Clips): Promise<ReadyPiece> {
  tools.progress.step(`cutting clips of ${nameOf(whole.path)}`);
  const directory = await tools.workspace.directory();
  const piece = await join(world, { audio: whole, ranges, gap, directory });
  const audio = clipsOfAudio(whole, lengthOf(ranges));
  return { kind: "piece", audio, piece: { ...piece, start: 0, missing: 0 }, isSilent: false, notes: [] };
}
