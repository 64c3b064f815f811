import { Failure } from "../failure.ts";
import { defaultOverlap, halvesOf } from "../plan/windows.ts";
import { toStretch, within } from "../transcript/coverage.ts";
import type { Seconds } from "../units.ts";
import type { World } from "../world.ts";
import { silentAnswer } from "./answer.ts";
import { gapsOf, missingIn, putIn, questionsAgain } from "./hear-again.ts";
import { areJoined, questionAboutJoint } from "./hear-joint.ts";
import { type Heard, together, windowOf } from "./heard.ts";
import {
  type AskedPart,
  askPart,
  type Hearing,
  longestConfirmed,
  type PartQuestion,
  partName,
} from "./part.ts";
import { questionAbout } from "./part-question.ts";

/** What is not answered well is asked about in halves, down to this. */
const shortestDivided: Seconds = 60;

/**
 * Asks about a part until all of it is known, as far as that can be had: what is blocked, breaks off or cannot be
 * believed is asked about in halves, and what sounds without a word in the answer once more by itself. What fails
 * is told of in what came of it.
 */
async function hear(world: World, hearing: Hearing, question: PartQuestion): Promise<Heard> {
  const part = await askOrFail(world, hearing, question);
  if (part.answer.isDivisible && canDivide(question)) return hearHalves(world, hearing, part);
  const missing = missingIn(part);
  const again = await Promise.all(
    missing.map(async (one) => {
      const questions = await questionsAgain(world, hearing, { part, missing: one });
      if (questions === null) return { windows: [], gaps: gapsOf(one.stretches), parts: [] };
      return hearMore(world, hearing, questions);
    }),
  );
  return putIn(part, missing, again);
}

/**
 * The same for several, in their order, each with the joint to the one before it: what is asked about again where
 * the two do not agree. All begin at once; each is there when it and the one before it are.
 */
export function hearAll(
  world: World,
  hearing: Hearing,
  questions: readonly PartQuestion[],
): Promise<Heard>[] {
  const all = questions.map((question) => hear(world, hearing, question));
  const joined = all.map(async (heard, index) => {
    const [before, own] = await Promise.all([all[index - 1], heard]);
    const joint = before === undefined ? null : await hearJoint(world, hearing, [before, own]);
    return joint === null ? own : together([joint, own]);
  });
  // Who waits for the first is not there yet when a later one fails.
  for (const one of joined) one.catch(() => {});
  return joined;
}

/** The same for what nobody had planned to ask about. */
async function hearMore(world: World, hearing: Hearing, questions: readonly PartQuestion[]): Promise<Heard> {
  const audio = questions.reduce((sum, one) => sum + one.audio.range.end - one.audio.range.start, 0);
  hearing.pace.added({ parts: questions.length, audio });
  return together(await Promise.all(hearAll(world, hearing, questions)));
}

async function hearJoint(
  world: World,
  hearing: Hearing,
  [left, right]: readonly [Heard, Heard],
): Promise<Heard | null> {
  const [before, after, of] = [left.windows.at(-1), right.windows[0], right.parts[0]?.question];
  if (before === undefined || after === undefined || of === undefined) return null;
  const question = await questionAboutJoint(world, hearing, { before, after, of });
  if (question === null) return null;
  const heard = await hearMore(world, hearing, [question]);
  // What does not join them is of no use.
  return areJoined([before, ...heard.windows, after], hearing) ? heard : { ...heard, windows: [] };
}

async function askOrFail(world: World, hearing: Hearing, question: PartQuestion): Promise<AskedPart> {
  const { start, end } = question.audio.range;
  try {
    const part = await askPart(world, hearing, question);
    const isAsked = !part.isRecalled && part.sent?.isSilent !== true;
    hearing.pace[isAsked ? "done" : "skipped"](end - start);
    return part;
  } catch (thrown) {
    hearing.pace.done(end - start);
    if (!(thrown instanceof Failure) || thrown.kind === "output") throw thrown;
    const answer = { ...silentAnswer, failure: thrown, isDivisible: thrown.kind === "blocked" };
    return {
      ...{ question, sent: null, answer, unheard: [] },
      ...{ isRecalled: false, isReplaced: false, forget: async () => {} },
    };
  }
}

/** What is on the service cannot be cut, what is printed not taken back, and a summary is of the whole. */
export function canDivide({
  wanted,
  audio,
  printer,
}: Pick<PartQuestion, "wanted" | "audio" | "printer">): boolean {
  const isPrinted = printer !== null && !printer.isUnused();
  const isOne = wanted.summary && wanted.chunk === null;
  const { start, end } = audio.range;
  return audio.kind === "local" && end - start > shortestDivided && !isPrinted && !isOne;
}

async function hearHalves(world: World, hearing: Hearing, part: AskedPart): Promise<Heard> {
  const { question, answer } = part;
  const ranges = halvesOf(question.audio.range, question.wanted.overlap ?? defaultOverlap);
  const halves = await Promise.all(
    ranges.map(async (range): Promise<PartQuestion> => {
      const half = await questionAbout(world, hearing, { ...question, range });
      const isLast = !canDivide(half);
      const stretch = toStretch(range);
      const isShort = stretch.end - stretch.start <= longestConfirmed;
      return {
        ...half,
        isLast,
        mayAskAgain: () => isLast && hearing.prepared.payAgain(half.request.plan),
        isConfirming: isShort && answer.doubt === "nothing",
        watched: question.watched && within(question.watched, stretch),
      };
    }),
  );
  if (!halves.every(({ request }) => hearing.prepared.payAgain(request.plan)))
    return { windows: [windowOf(part)], gaps: gapsOf(part.unheard), parts: [part] };
  question.printer?.restart();
  const heard = await hearMore(world, hearing, halves);
  const reason = answer.failure?.message ?? `${partName(question)}: the model tells of no words`;
  const warnings = [...answer.warnings, `${reason}; it was asked about in halves`];
  return {
    ...heard,
    parts: [{ ...part, answer: { ...answer, warnings }, isReplaced: true }, ...heard.parts],
  };
}
