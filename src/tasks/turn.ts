import type { Failure } from "../failure.ts";
import type { Plan } from "../plan/plan.ts";
import { namesOf } from "../plan/planned-audio.ts";
import { type Usage, unknownUsage } from "../plan/usage.ts";
import type { Collected } from "../transcript/collect.ts";
import type { World } from "../world.ts";
import { type Ask, putter } from "./ask.ts";
import type { Deliver } from "./deliver.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import type { Question } from "./question.ts";
import type { Questioner } from "./questioner.ts";
import { follow, judgeText } from "./receive.ts";
import { type TextPrinter, textPrinter } from "./text-printer.ts";

interface Asked {
  readonly prepared: Prepared;
  readonly deliver: Deliver;
  readonly question: Question;
  readonly plan: Plan;
  readonly questioner: Questioner;
  /** What sets the answer apart from those that were printed before. */
  readonly heading: () => string;
}

/** What came of a question. */
interface Taken {
  readonly text: string;
  readonly usages: readonly Usage[];
  /** Whether the conversation can go on from it. */
  readonly isKept: boolean;
  /** Why it is not all that was asked for; null when it is, or is not wanted any more. */
  readonly failure: Failure | null;
}

/**
 * Puts one question of a conversation and prints the answer as it arrives. One that is cancelled ends where it was.
 * Errors: as `ask`.
 */
export async function takeTurn(world: World, asked: Asked, progress: Progress): Promise<Taken> {
  const { prepared, deliver, question, plan, questioner, heading } = asked;
  const cancel = new AbortController();
  const signal = AbortSignal.any([world.signal, cancel.signal]);
  const heard = listenIn(textPrinter(world, progress, heading), signal);
  const ask = putter({ signal }, { prepared, question, plan, deliver }, progress);
  const put: Ask = (following) => ask({ ...following, onUsage: heard.count });
  const judge = (collected: Collected) => judgeText(collected, namesOf(plan.audios));
  questioner.onInterrupt = () => cancel.abort(new Error("cancelled"));
  try {
    const answering = follow({ prepared, plan, printer: heard.printer, judge }, put, progress);
    const { text, usages, failure, doubt } = await orCancelled(answering, cancel.signal);
    return { text, usages, isKept: text !== "" && doubt === null, failure };
  } catch (thrown) {
    if (world.signal.aborted || !cancel.signal.aborted) throw thrown;
    progress.pause();
    await heard.printer.end();
    const text = heard.said().trim();
    return { text, usages: [heard.usage()], isKept: text !== "", failure: null };
  } finally {
    questioner.onInterrupt = null;
  }
}

/** A pause between two tries may be long: who cancels does not wait for its end. */
function orCancelled<T>(answering: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    answering.then(resolve, reject);
  });
}

/** What is known of an answer that is not waited for to its end. What comes after the signal is not printed. */
function listenIn(printer: TextPrinter, signal: AbortSignal) {
  let text = "";
  let usage: Usage = unknownUsage;
  return {
    said: () => text,
    usage: () => usage,
    count: (told: Usage) => {
      usage = told;
    },
    printer: {
      ...printer,
      write: async (piece: string) => {
        if (signal.aborted) return;
        text += piece;
        await printer.write(piece);
      },
      restart: () => {
        text = "";
        printer.restart();
      },
    },
  };
}
