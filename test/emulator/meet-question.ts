import type { Fault } from "./faults.ts";
import type { Generated } from "./generated.ts";
import type { Exchange } from "./http.ts";
import { isStruckAfter, isStruckBefore } from "./meet.ts";
import { Timing } from "./pace.ts";
import type { Question } from "./question.ts";
import type { Service } from "./routes.ts";

/** A request that asks a model. */
export interface ReadQuestion {
  readonly question: Question;
  readonly isStreamed: boolean;
}

/** How a request that asks a model is answered. */
export interface AskedModel<Read extends ReadQuestion, Done> {
  readonly route: "generate" | "interactions";
  readonly read: (fault: Fault | null) => Promise<Read>;
  /** What is done although the answer may never come. */
  readonly work: (read: Read, generated: Generated) => Done;
  readonly answer: (done: Done, told: Telling) => void | Promise<void>;
}

/** How an answer is told. */
export interface Telling {
  readonly fault: Fault | null;
  readonly timing: Timing;
}

/** Asks a model and answers, in the time that it takes, if no fault strikes. Errors: Refusal; Broken. */
export async function meetQuestion<Read extends ReadQuestion, Done>(
  { faults, generator, questions, pace }: Service,
  exchange: Exchange,
  { route, read, work, answer }: AskedModel<Read, Done>,
): Promise<void> {
  const { response } = exchange;
  const early = faults.take(route);
  if (await isStruckBefore(exchange, route, early)) return;
  const asked = await read(early);
  const arrived = { arrivedMs: performance.now(), epochMs: Date.now() };
  const heard = await generator.hear(asked.question, early);
  const late = early === null ? faults.takeHeard(route, heard) : null;
  const fault = early ?? late;
  questions.add({ route, fault, heard, question: asked.question, arrivedMs: arrived.epochMs }, response);
  if (await isStruckBefore(exchange, route, late)) return;
  if (late?.kind === "expired") await generator.hear(asked.question, late);
  const done = work(asked, generator.generate(asked.question, heard, fault));
  if (await isStruckAfter(exchange, fault)) return;
  const seconds = heard.reduce((sum, one) => sum + one.seconds, 0);
  const timing = new Timing(pace(), { arrivedMs: arrived.arrivedMs, seconds });
  if (!asked.isStreamed && !(await timing.reach(1, response))) return;
  await answer(done, { fault, timing });
}
