import type { GoogleGenAI } from "@google/genai/web";
import type { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import { apiVersion, baseUrl } from "./address.ts";
import { type Operation, serviceFailure } from "./errors.ts";

/** A way to the service, for all requests of one run. */
export interface Client {
  readonly sdk: GoogleGenAI;
  readonly fetch: typeof fetch;
  readonly baseUrl: string;
  readonly key: string;
  /** How long the service may be silent. */
  readonly timeoutMs: number;
  /** What was thrown by a request, as a Failure; the key is in none of it. */
  readonly failureOf: (thrown: unknown, operation: Operation) => Failure;
}

interface Access {
  readonly key: string;
  readonly timeoutMs: number;
  /** Told of each request: its method, address and status. Never of headers or bodies. */
  readonly onRequest: (line: string) => void;
}

/**
 * Makes a client. Nothing is sent yet.
 * Errors: Failure `usage` for a base URL that must not be used.
 */
export async function connect(world: Pick<World, "env" | "fetch" | "now">, access: Access): Promise<Client> {
  const address = baseUrl(world.env);
  const request = watchedFetch(world, access.onRequest);
  // The SDK's build for the web loads in a third of the time of the one for Node, and does not
  // read the environment, which would let GOOGLE_GENAI_USE_VERTEXAI and others reroute the client.
  const { GoogleGenAI } = await import("@google/genai/web");
  const sdk = new GoogleGenAI({
    apiKey: access.key,
    vertexai: false,
    apiVersion,
    httpOptions: { baseUrl: address, fetch: request },
  });
  const { key, timeoutMs } = access;
  const failureOf = (thrown: unknown, operation: Operation) => serviceFailure(thrown, { operation, key });
  return { sdk, fetch: request, baseUrl: address, key, timeoutMs, failureOf };
}

/** A redirect is an error: fetch would carry the key's header along to wherever it points. */
function watchedFetch(world: Pick<World, "fetch" | "now">, onRequest: (line: string) => void): typeof fetch {
  return async (input, init) => {
    const started = world.now();
    const { origin, pathname } = new URL(input instanceof Request ? input.url : input);
    const line = `${init?.method ?? "GET"} ${origin}${pathname}`;
    try {
      const response = await world.fetch(input, { ...init, redirect: "error" });
      onRequest(`${line} ${response.status} after ${world.now() - started} ms`);
      return response;
    } catch (thrown) {
      onRequest(`${line} failed after ${world.now() - started} ms`);
      throw thrown;
    }
  };
}
