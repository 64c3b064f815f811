import type { Failure } from "../failure.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { noUsage } from "../plan/usage.ts";
import type { Reply } from "../transcript/reply.ts";
import type { World } from "../world.ts";
import type { Judged } from "./believe.ts";
import { failureOfQuestions } from "./failure-of-questions.ts";
import { warningsOf } from "./inputs.ts";
import type { Inquiry } from "./inquire.ts";
import { makingOf, sourceFacts } from "./making.ts";
import { soleDestination, writeResult } from "./output.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import type { ReadyAudio } from "./ready.ts";
import { isWorthWriting, silenceWarning } from "./receive.ts";

/** An answer to one question, judged. */
export interface Answered extends Judged {
  readonly reply: Reply;
}

/** The answer to a question that nobody was asked. */
export function silentAnswer(question: string | null): Answered {
  const reply = { question, text: "", citations: null, chapters: null, value: null };
  return { reply, text: "", usages: [], failure: null, doubt: null, warnings: [] };
}

interface Writing {
  readonly inquiry: Inquiry;
  readonly prepared: Prepared;
  readonly audios: readonly PlannedAudio[];
  readonly ready: readonly ReadyAudio[];
  readonly answered: readonly Answered[];
  /** Whether what is text was printed already. */
  readonly isStreamed: boolean;
  /** Whether there was nothing to hear. */
  readonly isSilent: boolean;
}

/**
 * Writes the replies where they go, unless they were printed; answers why they are not complete, or null.
 * Errors: Failure `output`.
 */
export async function writeReplies(
  world: World,
  { inquiry, prepared, audios, ready, answered, isStreamed, isSilent }: Writing,
  progress: Progress,
): Promise<Failure | null> {
  const { format, outputs } = prepared.asking;
  const [{ plan } = { plan: null }] = prepared.requests;
  if (plan === null) return null;
  progress.pause();
  const failure = failureOf(answered);
  const usages = answered.flatMap((one) => one.usages);
  const making = makingOf(
    world,
    {
      prepared,
      model: plan.model,
      duration: plan.duration,
      used: (isSilent ? [noUsage] : usages).map((usage) => ({ usage, duration: plan.duration })),
      failure,
      warnings: [
        ...warningsOf(audios),
        ...ready.flatMap(({ notes }) => notes),
        ...(isSilent ? audios.map(silenceWarning) : []),
        ...answered.flatMap((one, index) => warningsAbout(one, index, answered.length)),
      ],
    },
    progress,
  );
  const replies = {
    replies: answered.map((one) => one.reply),
    sources: ready.map((one) => sourceFacts(one)),
    making,
  };
  const hasContent = isSilent || answered.some(({ text }) => text !== "");
  if (!isStreamed && isWorthWriting(hasContent, format, failure)) {
    const text = inquiry.render(replies);
    await writeResult(world, soleDestination(outputs), { text, isComplete: failure === null });
  }
  return failure;
}

/** Why not all of so many questions were answered; null when they were. */
function failureOf(answered: readonly Answered[]): Failure | null {
  const failures = answered.flatMap(({ failure }) => failure ?? []);
  const lacking = answered.filter(({ failure, text }) => failure !== null || text === "").length;
  return failureOfQuestions(failures, { count: answered.length, lacking });
}

/** What is odd about an answer; of several, also why it is not complete, for which there is no other place. */
function warningsAbout({ warnings, failure }: Answered, index: number, count: number): readonly string[] {
  if (count === 1) return warnings;
  const all = failure === null ? warnings : [...warnings, failure.message];
  return all.map((warning) => `question ${index + 1}: ${warning}`);
}
