import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./faults.ts";
import type { LogEntry } from "./http.ts";
import { invalid } from "./refusal.ts";

/** The most that a request may weigh, uploads aside [doc: 20 MB]. */
const largestRequestBytes = 20_000_000;

/** The connection is gone before the request was whole. */
export class Broken extends Error {}

/** A request's body as it arrives: counted in the log, and as slow or short as a fault has it. */
export class RequestBody {
  private readonly request: IncomingMessage;
  private readonly entry: LogEntry;

  constructor(request: IncomingMessage, entry: LogEntry) {
    this.request = request;
    this.entry = entry;
  }

  /** Errors: Broken when the connection breaks, or is to be broken. */
  async *receive(fault: Fault | null): AsyncGenerator<Buffer> {
    const limit = breakingPoint(fault);
    const bytesPerSecond = (fault?.kind === "slow" ? fault.bytesPerSecond : undefined) ?? null;
    try {
      for await (const chunk of this.request.iterator({ destroyOnReturn: false })) {
        for (const piece of drip(chunk, bytesPerSecond)) {
          if (bytesPerSecond !== null) await sleep((piece.length / bytesPerSecond) * 1_000);
          const kept = piece.subarray(0, (limit ?? Number.POSITIVE_INFINITY) - this.entry.bodyBytes);
          this.entry.bodyBytes += kept.length;
          yield kept;
          if (this.entry.bodyBytes === limit) this.breakOff();
          if (this.isGone && !this.request.complete) throw new Broken();
        }
      }
    } catch {
      throw new Broken();
    }
    if (limit !== null) this.breakOff();
    if (limit !== null || !this.request.complete) throw new Broken();
  }

  /** The body as text, which the log then has. Errors: Refusal 400 above 20 MB; Broken. */
  async text(fault: Fault | null): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.receive(fault)) {
      chunks.push(chunk);
      if (this.entry.bodyBytes > largestRequestBytes)
        throw invalid(`Request payload size exceeds the limit: ${largestRequestBytes} bytes.`);
    }
    this.entry.body = Buffer.concat(chunks).toString("utf8");
    return this.entry.body;
  }

  /** Reads what is left, for nothing but its size. Errors: Broken. */
  async drain(): Promise<void> {
    for await (const _ of this.receive(null));
  }

  /** Resets the connection. */
  breakOff(): void {
    this.request.socket.resetAndDestroy();
  }

  /** Whether there is nobody any more to answer. */
  get isGone(): boolean {
    return this.request.socket.destroyed;
  }
}

function breakingPoint(fault: Fault | null): number | null {
  return fault?.kind === "reset" && fault.when.at === "during" ? fault.when.bytes : null;
}

/** Pieces of a tenth of a second each. */
function* drip(chunk: Buffer, bytesPerSecond: number | null): Generator<Buffer> {
  const size = bytesPerSecond === null ? chunk.length : Math.ceil(bytesPerSecond / 10);
  for (let at = 0; at < chunk.length; at += size) yield chunk.subarray(at, at + size);
}
