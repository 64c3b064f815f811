import { createHash } from "node:crypto";
import type { GoogleGenAI } from "@google/genai/web";
import type { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import { apiVersion, baseUrl } from "./address.ts";
import { type Operation, serviceFailure } from "./errors.ts";
import { Patience } from "./retry.ts";
import { retryAfterMs } from "./retry-after.ts";
import { stoppable } from "./stoppable.ts";

/** A way to the service, for all requests of one run. */
export interface Client {
  readonly sdk: GoogleGenAI;
  /** What the SDK sends its requests with. */
  readonly fetch: typeof fetch;
  /** Sends a large body; the answer has been read. */
  readonly send: World["send"];
  readonly patience: Patience;
  readonly baseUrl: string;
  readonly key: string;
  /** A fingerprint of the key, by which its uploads are remembered; the key cannot be told from it. */
  readonly owner: string;
  /** How long the service may be silent. */
  readonly timeoutMs: number;
  /** What was thrown by a request, as a Failure; the key is in none of it. */
  readonly failureOf: (thrown: unknown, operation: Operation) => Failure;
}

interface Access {
  readonly key: string;
  readonly timeoutMs: number;
  /** How often a request that failed is tried again. */
  readonly retries: number;
  /** Told of each wait before another try. */
  readonly onWait: (line: string) => void;
  /** Told of each request: its method, address and status. Never of headers or bodies. */
  readonly onRequest: (line: string) => void;
}

/**
 * Makes a client. Nothing is sent yet.
 * Errors: Failure `usage` for a base URL that must not be used.
 */
export async function connect(world: ClientWorld, access: Access): Promise<Client> {
  const address = baseUrl(world.env);
  const patience = new Patience(world, access);
  let askedMs = 0;
  const onRetryAfter = (milliseconds: number) => {
    askedMs = milliseconds;
  };
  const watch: Watch = { ...access, onRetryAfter, now: () => world.now() };
  // The SDK's build for the web loads in a third of the time of the one for Node, and does not
  // read the environment, which would let GOOGLE_GENAI_USE_VERTEXAI and others reroute the client.
  const { GoogleGenAI } = await import("@google/genai/web");
  const fetch = watchedFetch(world, watch);
  const sdk = new GoogleGenAI({
    apiKey: access.key,
    vertexai: false,
    apiVersion,
    httpOptions: { baseUrl: address, fetch },
  });
  const { key, timeoutMs } = access;
  const failureOf = (thrown: unknown, operation: Operation) => {
    const failure = serviceFailure(thrown, { operation, key });
    // A rest is of use only where it is worth asking again.
    if (failure.retryable) patience.rest(Math.max(askedMs, retryAfterMs(thrown, world.now()) ?? 0));
    askedMs = 0;
    return failure;
  };
  return {
    sdk,
    fetch,
    send: watchedSend(world, watch),
    patience,
    baseUrl: address,
    key,
    owner: fingerprintOf(key),
    timeoutMs,
    failureOf,
  };
}

function fingerprintOf(key: string): string {
  return createHash("sha256").update(`gaudio ${key}`).digest("hex").slice(0, 16);
}

type ClientWorld = Pick<World, "env" | "fetch" | "send" | "now" | "sleep" | "randomHex" | "signal">;

interface Watch extends Pick<Access, "onRequest"> {
  /** Told of what the headers of a refusal ask: the SDK keeps them to itself. */
  readonly onRetryAfter: (milliseconds: number) => void;
  readonly now: () => number;
}

/** A redirect is an error: fetch would carry the key's header along to wherever it points. */
function watchedFetch(world: Pick<World, "fetch">, watch: Watch): typeof fetch {
  return (input, init) => {
    const url = input instanceof Request ? input.url : input;
    return watched(watch, { method: init?.method ?? "GET", url }, async () => {
      const response = await world.fetch(input, { ...init, redirect: "error" });
      return response.ok ? stoppable(response, init?.signal) : readableRefusal(response);
    });
  };
}

/** The SDK cannot read a refusal that is no JSON though it says so, and throws its SyntaxError [run]. */
async function readableRefusal(response: Response): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  const body = isJson(text) ? text : JSON.stringify({ error: { code: status, message: text } });
  return new Response(body, { status, headers });
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

function watchedSend(world: Pick<World, "send">, watch: Watch): World["send"] {
  return (url, sending) => watched(watch, { method: sending.method, url }, () => world.send(url, sending));
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
}

async function watched<T extends Answered>(
  { onRequest, onRetryAfter, now }: Watch,
  { method, url }: { readonly method: string; readonly url: string | URL },
  request: () => Promise<T>,
): Promise<T> {
  const started = now();
  const { origin, pathname } = new URL(url);
  const line = `${method} ${origin}${pathname}`;
  try {
    const response = await request();
    onRequest(`${line} ${response.status} after ${now() - started} ms`);
    const asked = response.status < 400 ? null : retryAfterMs({ headers: response.headers }, now());
    if (asked !== null) onRetryAfter(asked);
    return response;
  } catch (thrown) {
    onRequest(`${line} failed after ${now() - started} ms`);
    throw thrown;
  }
}
