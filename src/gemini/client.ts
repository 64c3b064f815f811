import { createHash } from "node:crypto";
import type { GoogleGenAI } from "@google/genai/web";
import type { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import { apiVersion, baseUrl } from "./address.ts";
import { type Operation, serviceFailure } from "./errors.ts";
import { Patience } from "./retry.ts";
import { retryAfterMs } from "./retry-after.ts";
import { type Watch, watchedFetch, watchedSend } from "./watched.ts";

/** A way to the service, for all requests of one run. */
export interface Client {
  readonly sdk: GoogleGenAI;
  /** What the SDK sends its requests with. */
  readonly fetch: typeof fetch;
  /**
   * The SDK's Interactions, sending by a fetch of one's own: they take one for all requests, not for each [run].
   * Errors: Failure `usage` where they would print the key.
   */
  readonly interactionsBy: (fetch: typeof globalThis.fetch) => GoogleGenAI["interactions"];
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
  // read the variables that would reroute the client, GOOGLE_GENAI_USE_VERTEXAI and others.
  const { GoogleGenAI } = await import("@google/genai/web");
  const fetch = watchedFetch(world, watch);
  const { key, timeoutMs } = access;
  const sdkBy = (way: typeof globalThis.fetch) =>
    new GoogleGenAI({
      apiKey: key,
      vertexai: false,
      apiVersion,
      httpOptions: { baseUrl: address, fetch: way },
    });
  const failureOf = (thrown: unknown, operation: Operation) => {
    const failure = serviceFailure(thrown, { operation, key });
    // A rest is of use only where it is worth asking again.
    if (failure.retryable) patience.rest(Math.max(askedMs, retryAfterMs(thrown, world.now()) ?? 0));
    askedMs = 0;
    return failure;
  };
  return {
    sdk: sdkBy(fetch),
    fetch,
    interactionsBy: (way) => sdkBy(way).interactions,
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
