import { deliver, deliverStream } from "./delivery.ts";
import type { Fault } from "./faults.ts";
import type { Generated } from "./generated.ts";
import type { Exchange } from "./http.ts";
import type { Telling } from "./meet-question.ts";
import { Refusal } from "./refusal.ts";
import { lastChunk, streamOf } from "./stream.ts";

/** Answers generateContent in one piece. */
export function sendGenerated(exchange: Exchange, generated: Generated, { fault }: Telling): void {
  if (fault?.kind === "stream-error") throw new Refusal(fault.code, fault.status, fault.message);
  const body = JSON.stringify(lastChunk(generated));
  deliver(exchange, { status: 200, headers: headersOf(generated), body }, fault);
}

/** Answers generateContent as a stream of events. */
export function streamGenerated(exchange: Exchange, generated: Generated, told: Telling): Promise<void> {
  const events = eventsOf(generated, told.fault);
  return deliverStream(exchange, { headers: headersOf(generated), events }, told);
}

/** The header that tells by which tier a request was served [doc]. */
export function headersOf({ serviceTier }: Generated): Readonly<Record<string, string>> {
  return { "x-gemini-service-tier": serviceTier };
}

function* eventsOf(generated: Generated, fault: Fault | null): Generator<string> {
  for (const chunk of streamOf(generated)) yield eventOf(JSON.stringify(chunk));
  if (fault?.kind === "stream-error")
    yield eventOf(new Refusal(fault.code, fault.status, fault.message).body);
}

const eventOf = (json: string) => `data: ${json}\r\n\r\n`;
