import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./faults.ts";
import type { Generated } from "./generate.ts";
import { type Exchange, send } from "./http.ts";
import { Refusal } from "./refusal.ts";
import { lastChunk, streamOf } from "./stream.ts";

/** Answers with what was generated, in one piece. */
export function sendGenerated({ response }: Exchange, generated: Generated, fault: Fault | null): void {
  if (generated.isCut) return void response.destroy();
  if (fault?.kind === "stream-error") throw new Refusal(fault.code, fault.status, fault.message);
  send(response, { status: 200, body: JSON.stringify(lastChunk(generated, generated.text)) });
}

/** Answers with what was generated, as a stream of events. */
export async function streamGenerated(
  { response }: Exchange,
  generated: Generated,
  fault: Fault | null,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const pauseMs = (fault?.kind === "slow" ? fault.pauseMs : undefined) ?? 0;
  let isFirst = true;
  for (const chunk of streamOf(generated)) {
    if (pauseMs > 0 && !isFirst) await sleep(pauseMs);
    isFirst = false;
    response.write(eventOf(JSON.stringify(chunk)));
  }
  if (fault?.kind === "stall") return;
  if (fault?.kind === "stream-error")
    response.write(eventOf(new Refusal(fault.code, fault.status, fault.message).body));
  // What was written so far has to leave before the connection is cut.
  if (generated.isCut) setTimeout(() => response.destroy(), 50);
  else response.end();
}

const eventOf = (json: string) => `data: ${json}\r\n\r\n`;
