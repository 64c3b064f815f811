import { describeCache } from "./caches.ts";
import { type Exchange, send } from "./http.ts";
import { meet } from "./meet.ts";
import { notFound } from "./refusal.ts";
import { readCache } from "./request.ts";
import type { Service } from "./routes.ts";

/** Keeps what requests are to begin with. Errors: Refusal; Broken. */
export function createCache({ caches, faults, generator }: Service, exchange: Exchange): Promise<void> {
  const { body, response } = exchange;
  return meet(faults, exchange, {
    route: "caches.create",
    work: async (fault) => {
      const { lifetimeMs, question } = readCache(await body.text(fault));
      return caches.add({ ...(await generator.prepare(question)), lifetimeMs });
    },
    answer: (cache) => send(response, { status: 200, body: JSON.stringify(describeCache(cache)) }),
  });
}

interface CacheRequest {
  readonly method: string;
  readonly name: string;
}

/** Describes or deletes a cache. Errors: Refusal. */
export async function cacheRequest(
  { caches, faults }: Service,
  exchange: Exchange,
  { method, name }: CacheRequest,
): Promise<void> {
  if (method !== "GET" && method !== "DELETE") throw notFound(`Nothing is at ${method} ${name}.`);
  return meet(faults, exchange, {
    route: method === "GET" ? "caches.get" : "caches.delete",
    work: () => {
      if (method === "GET") return describeCache(caches.get(name));
      caches.delete(name);
      return {};
    },
    answer: (described) => send(exchange.response, { status: 200, body: JSON.stringify(described) }),
  });
}
