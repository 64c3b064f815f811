import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPlan } from "./fault-plan.ts";
import type { Fault, Route } from "./faults.ts";
import { type Exchange, send } from "./http.ts";

/** What a request asks for, and how that is answered. */
export interface Asked<Done> {
  readonly route: Route;
  /** Whether a fault concerns this request, or waits for another. */
  readonly canStrike?: (fault: Fault) => boolean;
  readonly work: (fault: Fault | null) => Done | Promise<Done>;
  readonly answer: (done: Done, fault: Fault | null) => void | Promise<void>;
}

/** Does what a request asks for and answers it, if no fault strikes before, within or after. Errors: as `work`. */
export async function meet<Done>(
  faults: FaultPlan,
  exchange: Exchange,
  { route, canStrike, work, answer }: Asked<Done>,
): Promise<void> {
  const fault = faults.take(route, canStrike);
  if (await isStruckBefore(exchange, route, fault)) return;
  const done = await work(fault);
  if (await isStruckAfter(exchange, fault)) return;
  await answer(done, fault);
}

/** Whether a fault strikes instead of an answer. */
export async function isStruckBefore(
  { response, body }: Exchange,
  route: Route,
  fault: Fault | null,
): Promise<boolean> {
  if (fault?.kind === "reset" && fault.when.at === "before") {
    body.breakOff();
    return true;
  }
  // A generated answer is cut within.
  const isCut = fault?.kind === "disconnect" && route !== "generate" && route !== "interactions";
  if (!isCut && fault?.kind !== "status" && fault?.kind !== "hang") return false;
  await body.drain();
  if (isCut) response.destroy();
  if (fault.kind === "status") send(response, fault);
  return true;
}

/** Whether a fault strikes when all is done, and keeps the answer back. */
export async function isStruckAfter({ body }: Exchange, fault: Fault | null): Promise<boolean> {
  if (fault?.kind === "reset") body.breakOff();
  if (fault?.kind === "silence") await sleep(fault.ms);
  return fault?.kind === "lost-answer" || body.isGone;
}
