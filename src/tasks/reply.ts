import { Failure } from "../failure.ts";
import type { Plan } from "../plan/plan.ts";
import { fileOf, namesOf, type PlannedAudio } from "../plan/planned-audio.ts";
import type { Collected } from "../transcript/collect.ts";
import type { Loops } from "../transcript/loops.ts";
import { verdictOf } from "../transcript/verdict.ts";
import type { World } from "../world.ts";
import { type Ask, putter, withRecordings } from "./ask.ts";
import { doubtOf } from "./believe.ts";
import type { Inquiry } from "./inquire.ts";
import { soleDestination } from "./output.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import { textOf } from "./question.ts";
import { heardPart, type ReadyAudio } from "./ready.ts";
import { follow, textOfAnswer } from "./receive.ts";
import { replyPrinter, setApart } from "./reply-printer.ts";
import type { TextPrinter } from "./text-printer.ts";
import { type Answered, silentAnswer, writeReplies } from "./write-replies.ts";

interface Job {
  readonly inquiry: Inquiry;
  readonly prepared: Prepared;
  readonly audios: readonly PlannedAudio[];
  readonly ready: readonly ReadyAudio[];
}

/**
 * Puts every question of an inquiry and writes the replies: as they arrive where that can be, else all at once.
 * Answers why they are not complete, or null; what there is was written then.
 */
export async function reply(world: World, job: Job, progress: Progress): Promise<Failure | null> {
  const { prepared, audios, ready, inquiry } = job;
  const isStreamed = arePrinted(job);
  if (ready.every(({ isSilent }) => isSilent)) {
    await prepared.cleaned;
    const silent = inquiry.wishes.map(({ question }) => silentAnswer(question));
    return writeReplies(world, { ...job, answered: silent, isStreamed: false, isSilent: true }, progress);
  }
  const prompt = prepared.requests
    .map(({ question }) => textOf(question))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), "");
  const { cache: lifetime } = inquiry;
  const cache = lifetime === null ? null : { lifetime, questions: inquiry.wishes.length };
  const headings = inquiry.wishes.length === 1 ? () => "" : setApart();
  const answered = await withRecordings(
    world,
    { prepared, audios, prompt, make: async () => ready, cache },
    progress,
    (deliver) =>
      answerAll(job, progress, (index) => {
        const request = prepared.requests[index];
        if (request === undefined) throw new Error("a question without a request");
        const { question } = inquiry.wishes[index] ?? { question: null };
        const ask = putter(world, { ...request, prepared, deliver }, progress);
        const heading = () => headings(question);
        const printer = isStreamed
          ? replyPrinter(world, { reading: inquiry.reading, parts: ready.map(heardPart), heading }, progress)
          : null;
        return answerOne(job, { ask, plan: request.plan, question, printer }, progress);
      }),
  );
  return writeReplies(world, { ...job, answered, isStreamed, isSilent: false }, progress);
}

/** Whether the replies are printed as they arrive: what goes to a file, or is JSON, is written at once. */
function arePrinted({ prepared, inquiry, ready }: Job): boolean {
  const { format, outputs } = prepared.asking;
  const isShown = inquiry.reading.show(ready.map(heardPart)) !== null;
  return format === "text" && soleDestination(outputs).kind === "stdout" && isShown;
}

/** One after the other: what is alike in them, the service may have cached. */
async function answerAll(
  { inquiry, audios }: Job,
  progress: Progress,
  answer: (index: number) => Promise<Answered>,
): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  for (const [index, { question }] of inquiry.wishes.entries()) {
    if (inquiry.wishes.length > 1) progress.detail(`question ${index + 1} of ${inquiry.wishes.length}`);
    try {
      answered.push(await answer(index));
    } catch (thrown) {
      // What was answered before is paid for. The next would hardly fare better.
      if (answered.length === 0 || !(thrown instanceof Failure) || thrown.kind === "output") throw thrown;
      const rest = inquiry.wishes.slice(index + 1).map((wish) => silentAnswer(wish.question));
      return [...answered, { ...silentAnswer(question), failure: thrown.about(namesOf(audios)) }, ...rest];
    }
  }
  return answered;
}

interface One {
  readonly ask: Ask;
  readonly plan: Plan;
  readonly question: string | null;
  readonly printer: TextPrinter | null;
}

async function answerOne(
  { inquiry, prepared, ready }: Job,
  { ask, plan, question, printer }: One,
  progress: Progress,
): Promise<Answered> {
  const { reading } = inquiry;
  const name = namesOf(plan.audios);
  const judge = async (collected: Collected): Promise<Answered> => {
    const { isWhole, areTimed, flaw, warnings, ...read } = await reading.read(
      textOfAnswer(collected),
      ready.map(heardPart),
    );
    const { end, usage } = collected;
    const hasContent = read.text !== "";
    const failure = verdictOf({ end, hasContent, isWhole, name }) ?? flawFailure(flaw, plan);
    const doubt = doubtOf(end, { hasContent }) ?? (areTimed ? null : "times");
    const reply = { question, ...read };
    return { reply, text: read.text, usages: [usage], failure, doubt, warnings };
  };
  // What is structured says the same often, and rightly.
  const loops = reading.schema === null ? {} : { loops: () => noLoops };
  return follow({ prepared, plan, printer, judge, ...loops }, ask, progress);
}

const noLoops: Loops = { add: () => false, restart: () => {} };

function flawFailure(flaw: string | null, { audios }: Plan): Failure | null {
  if (flaw === null) return null;
  return new Failure("incomplete", `${namesOf(audios)}: ${flaw}`, {
    hint: "run the command again, or make the schema simpler",
    ...fileOf(audios),
    retryable: true,
  });
}
