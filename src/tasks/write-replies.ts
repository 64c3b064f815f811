import type { Failure } from "../failure.ts";
import type { PlannedAudio } from "../plan/planned-audio.ts";
import { noUsage } from "../plan/usage.ts";
import type { Reply } from "../transcript/reply.ts";
import type { World } from "../world.ts";
import type { Prepared } from "./ask.ts";
import type { Judged } from "./believe.ts";
import { failureOfQuestions } from "./failure-of-questions.ts";
import { warningsOf } from "./inputs.ts";
import type { Inquiry } from "./inquire.ts";
import { makingOf, sourceFacts } from "./making.ts";
import { soleDestination, writeResult } from "./output.ts";
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
  const failure = failureOf(answered, inquiry.wishes.length, progress);
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
        ...answered.flatMap(({ warnings }) => warnings),
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

/** Why not all of so many questions were answered; null when they were. Of several, each failure is told by itself. */
function failureOf(answered: readonly Answered[], count: number, progress: Progress): Failure | null {
  const failures = answered.flatMap(({ failure }) => failure ?? []);
  for (const [index, { failure }] of answered.entries()) {
    if (failure !== null && count > 1) progress.warn(`question ${index + 1}: ${failure.message}`);
  }
  return failureOfQuestions(failures, { count, lacking: count - answered.length + failures.length });
}
