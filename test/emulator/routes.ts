import type { CacheStore } from "./caches.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { FileStore } from "./files.ts";
import type { Generator } from "./generate.ts";
import { type Exchange, headersOf } from "./http.ts";
import { refusedInteraction } from "./interaction-refusal.ts";
import type { InteractionStore } from "./interaction-store.ts";
import type { Pace } from "./pace.ts";
import type { QuestionLog } from "./question-log.ts";
import { badKey, noKey, notFound, Refusal } from "./refusal.ts";
import { cacheRequest, createCache } from "./routes-caches.ts";
import { fileRequest, listFiles } from "./routes-files.ts";
import { createInteraction } from "./routes-interactions.ts";
import { answerModels, modelRequest } from "./routes-models.ts";
import { startUpload, takeUpload } from "./routes-uploads.ts";
import type { Uploads } from "./uploads.ts";

/** What the routes work on. */
export interface Service {
  readonly key: string;
  readonly files: FileStore;
  readonly uploads: Uploads;
  readonly faults: FaultPlan;
  readonly generator: Generator;
  readonly interactions: InteractionStore;
  readonly questions: QuestionLog;
  /** Null for answers at once. */
  readonly pace: () => Pace | null;
  readonly caches: CacheStore;
  readonly origin: () => string;
}

/** Answers one request. Errors: Refusal; Broken. */
export async function answerRequest(service: Service, exchange: Exchange): Promise<void> {
  const url = new URL(exchange.request.url ?? "/", service.origin());
  try {
    await route(service, exchange, url);
  } catch (thrown) {
    const isInteraction = /^\/v1beta\/interactions(\/|$)/.test(url.pathname);
    throw isInteraction && thrown instanceof Refusal ? refusedInteraction(thrown) : thrown;
  }
}

async function route(service: Service, exchange: Exchange, url: URL): Promise<void> {
  const method = exchange.request.method ?? "GET";
  const headers = headersOf(exchange.request);
  const query = url.searchParams;
  if (url.pathname === "/upload/v1beta/files" && query.has("upload_id") && method === "POST")
    return takeUpload(service, exchange, { headers, session: query.get("upload_id") ?? "" });
  assertKey(service, headers);
  if (url.pathname === "/upload/v1beta/files" && method === "POST")
    return startUpload(service, exchange, headers);
  const path = /^\/v1beta\/(.+)$/.exec(url.pathname)?.[1];
  if (path === undefined) throw notFound("Requested entity was not found: this API is at /v1beta.");
  if (path === "files" && method === "GET") return listFiles(service, exchange, query);
  if (/^files\/[^/]+$/.test(path)) return fileRequest(service, exchange, { method, name: path });
  if (path === "cachedContents" && method === "POST") return createCache(service, exchange);
  if (/^cachedContents\/[^/]+$/.test(path)) return cacheRequest(service, exchange, { method, name: path });
  if (path === "interactions" && method === "POST") return createInteraction(service, exchange);
  if (path === "models" && method === "GET") return answerModels(service, exchange, query);
  const [, model, action = null] = /^models\/([^/:]+)(?::(\w+))?$/.exec(path) ?? [];
  if (model === undefined) throw notFound(`Nothing is at ${method} ${url.pathname}.`);
  return modelRequest(service, exchange, { method, model, action, query });
}

function assertKey(service: Service, headers: Headers): void {
  const given = headers.get("x-goog-api-key");
  if (given === null) throw noKey();
  if (given !== service.key) throw badKey();
}
