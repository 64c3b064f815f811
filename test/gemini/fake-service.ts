import { afterEach, expect, vi } from "vitest";
import { type Client, connect } from "../../src/gemini/client.ts";
import type { GeneralRequest, ModelEvent, TranscriptionRequest } from "../../src/gemini/model.ts";

/** A request as it went out. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal | null;
}

/** What a request is answered with; an error breaks the connection. */
export type Reply = Response | Error | ((sent: Sent) => Response | Promise<Response>);

export const key = "AQ.secret";

interface Circumstances {
  readonly retries?: number;
  readonly timeoutMs?: number;
  readonly env?: Record<string, string>;
  readonly fetch?: typeof fetch;
}

/** A service that gives each of its answers once, and a client of it. A request too many fails. */
export async function fakeService(replies: readonly Reply[], circumstances: Circumstances = {}) {
  const { retries = 0, timeoutMs = 5_000, env = {} } = circumstances;
  const sent: Sent[] = [];
  const slept: number[] = [];
  const requests: string[] = [];
  let now = 1_000_000;
  const answer: typeof fetch = async (input, init = {}) => {
    if (input instanceof Request) throw new Error("the service was given a Request");
    expect(init.redirect).toBe("error");
    const one: Sent = {
      method: init.method ?? "GET",
      path: new URL(input).pathname + new URL(input).search,
      headers: new Headers(init.headers),
      body: init.body ? await new Response(init.body).text() : "",
      signal: init.signal ?? null,
    };
    const reply = replies[sent.length];
    sent.push(one);
    if (reply === undefined) throw new Error("a request too many");
    if (reply instanceof Error) throw reply;
    return typeof reply === "function" ? reply(one) : reply;
  };
  const world = {
    env,
    fetch: circumstances.fetch ?? answer,
    send: () => Promise.reject(new Error("nothing is uploaded here")),
    now: () => now,
    sleep: async (milliseconds: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
    },
    randomHex: () => "00000000",
    signal: new AbortController().signal,
  };
  const client: Client = await connect(world, {
    key,
    timeoutMs,
    retries,
    onWait: () => {},
    onRequest: (line) => requests.push(line),
  });
  return { client, sent, slept, requests };
}

export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), {
    headers: { "Content-Type": "application/json", ...init.headers },
    status: init.status ?? 200,
  });
}

/** A stream of events, as both APIs write them; each of its pieces arrives by itself. */
export function events(told: readonly unknown[], { ending = "close" }: { ending?: "close" | "break" } = {}) {
  const pieces = told.map((one) => `data: ${typeof one === "string" ? one : JSON.stringify(one)}\n\n`);
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[next++];
      if (piece !== undefined) controller.enqueue(Buffer.from(piece));
      else if (ending === "close") controller.close();
      else controller.error(new TypeError("terminated"));
    },
  });
  return new Response(stream, { headers: { "Content-Type": "text/event-stream" } });
}

export const general: GeneralRequest = {
  kind: "general",
  turns: [],
  model: "gemini-3.8-flash",
  thinking: { kind: "default" },
  parts: [{ kind: "text", text: "Who speaks?" }],
  system: null,
  settings: {
    maxOutputTokens: null,
    temperature: null,
    seed: null,
    safety: null,
    serviceTier: "standard",
  },
  schema: null,
};

export const transcription: TranscriptionRequest = {
  kind: "transcription",
  model: "gemini-3.5-transcribe",
  parts: [{ kind: "file", uri: "https://example.com/files/a", mimeType: "audio/flac" }],
  languages: [],
  vocabulary: [],
  mode: "verbatim",
  hasWords: false,
  hasSpeakers: false,
};

/** All that happens until the end. */
export async function all(told: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const happened: ModelEvent[] = [];
  for await (const one of told) happened.push(one);
  return happened;
}

/** Fails each test of a file in which anything is printed, by whomever. */
export function expectNothingPrinted(): void {
  const methods = ["log", "info", "warn", "error", "debug", "group"] as const;
  const printed: unknown[][] = [];
  for (const method of methods)
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => printed.push(said));
  afterEach(() => expect(printed).toEqual([]));
}
