import { Failure } from "../failure.ts";
import type { Turn } from "../gemini/model.ts";
import { assertWithinCost } from "../plan/plan.ts";
import type { World } from "../world.ts";
import { ChatCost } from "./chat-cost.ts";
import type { Deliver } from "./deliver.ts";
import { failureOfQuestions } from "./failure-of-questions.ts";
import type { Prepared } from "./prepare.ts";
import type { Progress } from "./progress.ts";
import type { Question } from "./question.ts";
import { openQuestioner, type Questioner } from "./questioner.ts";
import { setApart } from "./reply-printer.ts";
import { takeTurn } from "./turn.ts";

interface Chat {
  readonly prepared: Prepared;
  readonly deliver: Deliver;
  /** The question by which a conversation goes on: the first of it, and what was said since. */
  readonly questionOf: (first: string, turns: readonly Turn[]) => Question;
  /** How the recordings are called. */
  readonly name: string;
}

const help = `/cost  what it has cost so far
/help  this list
/quit  end, as Ctrl-D does`;

/**
 * Answers questions until there are no more. Answers why not all were answered, or null; of a person's, who has
 * seen it, always null.
 * Errors: Failure `output`; the signal's reason when the run is stopped.
 */
export async function converse(world: World, chat: Chat, progress: Progress): Promise<Failure | null> {
  progress.pause();
  const questioner = await openQuestioner(world);
  const cost = new ChatCost(chat.prepared);
  const said: Turn[] = [];
  const apart = setApart();
  const heading = () => apart(null);
  const failures: Failure[] = [];
  let count = 0;
  try {
    for (;;) {
      const line = await questioner.next();
      if (line === null || line === "/quit") break;
      if (line === "/cost" || line === "/help") {
        await tell(world, line === "/cost" ? cost.told(world.now()) : help);
        continue;
      }
      const failure = await answer(world, { ...chat, questioner, cost, said, line, heading }, progress);
      count += 1;
      if (failure === null) continue;
      failures.push(failure);
      const { message, hint } = failure;
      progress.warn(hint === null ? message : `${message}; ${hint}`);
    }
  } finally {
    questioner.close();
  }
  progress.detail(cost.told(world.now()));
  return questioner.isPerson ? null : failureOfQuestions(failures, { count, lacking: failures.length });
}

interface Line extends Chat {
  readonly questioner: Questioner;
  readonly cost: ChatCost;
  /** What was said so far, which goes on here. */
  readonly said: Turn[];
  readonly line: string;
  readonly heading: () => string;
}

/** Answers a line; answers why it could not, or null. A question that came to nothing is not remembered. */
async function answer(
  world: World,
  { prepared, deliver, questionOf, name, questioner, cost, said, line, heading }: Line,
  progress: Progress,
): Promise<Failure | null> {
  try {
    if (line.startsWith("/")) throw unknownCommand(line);
    const [first = { text: line }, ...later] = [...said, { role: "user", text: line } as const];
    const question = questionOf(first.text, later);
    const { plan } = prepared.requestOf(question);
    assertWithinCost(cost.with(plan, world.now()), prepared.asking.maxCostUsd);
    const turn = { prepared, deliver, question, plan, questioner, heading };
    const { text, usages, isKept, failure } = await takeTurn(world, turn, progress);
    cost.add(plan, usages);
    if (isKept) said.push({ role: "user", text: line }, { role: "model", text });
    return failure;
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === "output" || thrown.kind === "bug") throw thrown;
    return thrown.about(name);
  }
}

function unknownCommand(line: string): Failure {
  const [command] = line.split(/\s/);
  return new Failure("usage", `unknown command ${command}`, { hint: "/help lists what there is" });
}

/** What was asked for about the chat is no part of it, and so not for stdout. */
async function tell(world: World, text: string): Promise<void> {
  await world.stderr.write(`${text}\n`).catch(() => {});
}
