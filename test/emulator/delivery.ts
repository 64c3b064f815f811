import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./faults.ts";
import { type Answer, type Exchange, send } from "./http.ts";
import type { Telling } from "./meet-question.ts";

/** Answers in one piece, or with the beginning of it where a fault keeps the rest back. */
export function deliver({ response }: Exchange, answer: Answer, fault: Fault | null): void {
  if (fault?.kind === "stall" || fault?.kind === "disconnect") begin(response, answer, fault);
  else send(response, answer);
}

function begin(
  response: ServerResponse,
  answer: Answer,
  fault: Extract<Fault, { kind: "stall" | "disconnect" }>,
): void {
  if (fault.kind === "disconnect" && fault.keep === 0) return void response.destroy();
  response.writeHead(answer.status, { "content-type": "application/json; charset=UTF-8", ...answer.headers });
  // What is said in it is cut already: without its last brace it is no JSON either.
  response.write(answer.body.slice(0, -1));
  if (fault.kind === "disconnect") setTimeout(() => response.destroy(), lastBytesMs);
}

/** What was written last has to leave before the connection is cut. */
const lastBytesMs = 50;

interface EventStream {
  readonly headers: Readonly<Record<string, string>>;
  readonly events: Iterable<string>;
}

/**
 * Answers as a stream of events, spread over the time that the model takes, as slowly as a fault has it, and up
 * to where it breaks off.
 */
export async function deliverStream(
  { response }: Exchange,
  { headers, events }: EventStream,
  { fault, timing }: Telling,
): Promise<void> {
  if (!(await timing.reach(0, response))) return;
  response.writeHead(200, { "content-type": "text/event-stream", ...headers });
  const pauseMs = (fault?.kind === "slow" ? fault.pauseMs : undefined) ?? 0;
  const all = [...events];
  for (const [index, event] of all.entries()) {
    if (pauseMs > 0 && index > 0) await sleep(pauseMs);
    // A single event is the last.
    if (!(await timing.reach(all.length === 1 ? 1 : index / (all.length - 1), response))) return;
    response.write(event);
  }
  if (fault?.kind === "stall") return;
  if (fault?.kind === "disconnect") setTimeout(() => response.destroy(), lastBytesMs);
  else response.end();
}
