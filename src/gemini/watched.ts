import type { World } from "../world.ts";
import { retryAfterMs } from "./retry-after.ts";
import { stoppable } from "./stoppable.ts";
import { unfold } from "./unfold.ts";

/** Who is told of requests. */
export interface Watch {
  /** Told of each request: its method, address and status. Never of headers or bodies. */
  readonly onRequest: (line: string) => void;
  /** Told of what the headers of a refusal ask: the SDK keeps them to itself. */
  readonly onRetryAfter: (milliseconds: number) => void;
  readonly now: () => number;
}

/** A redirect is an error: fetch would carry the key's header along to wherever it points. */
export function watchedFetch(world: Pick<World, "fetch">, watch: Watch): typeof fetch {
  return async (input, given) => {
    const { url, init } = await unfold(input, given);
    return watched(watch, { method: init.method ?? "GET", url }, async () => {
      const response = await world.fetch(url, { ...init, redirect: "error" });
      return response.ok ? stoppable(response, init.signal) : readableRefusal(response);
    });
  };
}

/**
 * The SDK cannot read a refusal that is no JSON though it says so, and throws its SyntaxError [run]; of
 * one that is JSON and does not say so, its interactions tell no reason [run].
 */
async function readableRefusal(response: Response): Promise<Response> {
  const { status } = response;
  const text = await response.text();
  const body = isJson(text) ? text : JSON.stringify({ error: { code: status, message: text } });
  const headers = new Headers(response.headers);
  headers.set("Content-Type", "application/json");
  return new Response(body, { status, headers });
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

export function watchedSend(world: Pick<World, "send">, watch: Watch): World["send"] {
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
