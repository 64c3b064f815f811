import { sendGenerated, streamGenerated } from "./answers.ts";
import type { FaultPlan } from "./faults.ts";
import type { FileStore } from "./files.ts";
import type { Generator } from "./generate.ts";
import { type Exchange, headersOf, send } from "./http.ts";
import { meet } from "./meet.ts";
import { describeModel, findModel, listModels } from "./models.ts";
import { badKey, invalid, noKey, notFound } from "./refusal.ts";
import { fileRequest, listFiles } from "./routes-files.ts";
import { startUpload, takeUpload } from "./routes-uploads.ts";
import type { Uploads } from "./uploads.ts";

/** What the routes work on. */
export interface Service {
  readonly key: string;
  readonly files: FileStore;
  readonly uploads: Uploads;
  readonly faults: FaultPlan;
  readonly generator: Generator;
  readonly origin: () => string;
}

/** Answers one request. Errors: Refusal; Broken. */
export async function answerRequest(service: Service, exchange: Exchange): Promise<void> {
  const url = new URL(exchange.request.url ?? "/", service.origin());
  const method = exchange.request.method ?? "GET";
  const headers = headersOf(exchange.request);
  if (url.pathname === "/upload/v1beta/files" && url.searchParams.has("upload_id") && method === "POST") {
    return takeUpload(service, exchange, { headers, session: url.searchParams.get("upload_id") ?? "" });
  }
  assertKey(service, headers);
  if (url.pathname === "/upload/v1beta/files" && method === "POST")
    return startUpload(service, exchange, headers);
  const path = /^\/v1beta\/(.+)$/.exec(url.pathname)?.[1];
  if (path === undefined) throw notFound("Requested entity was not found: this API is at /v1beta.");
  if (path === "files" && method === "GET") return listFiles(service, exchange, url.searchParams);
  if (/^files\/[^/]+$/.test(path)) return fileRequest(service, exchange, { method, name: path });
  if (path === "models" && method === "GET")
    return send(exchange.response, { status: 200, body: JSON.stringify(listModels()) });
  const [, model = "", action] = /^models\/([^/:]+)(?::(\w+))?$/.exec(path) ?? [];
  if (model !== "" && action === undefined && method === "GET") return getModel(service, exchange, model);
  if (model === "" || method !== "POST") throw notFound(`Nothing is at ${method} ${url.pathname}.`);
  if (action === "countTokens") return countTokens(service, exchange, model);
  if (action !== "generateContent" && action !== "streamGenerateContent")
    throw notFound(`There is no ${action}.`);
  const isStreamed = action === "streamGenerateContent";
  if (isStreamed && url.searchParams.get("alt") !== "sse") throw invalid("Only alt=sse is emulated.");
  await generate(service, exchange, { model, isStreamed });
}

function assertKey(service: Service, headers: Headers): void {
  const given = headers.get("x-goog-api-key");
  if (given === null) throw noKey();
  if (given !== service.key) throw badKey();
}

function getModel({ faults }: Service, exchange: Exchange, model: string): Promise<void> {
  return meet(faults, exchange, {
    route: "models.get",
    work: () => describeModel(findModel(model)),
    answer: (described) => send(exchange.response, { status: 200, body: JSON.stringify(described) }),
  });
}

function countTokens({ faults, generator }: Service, exchange: Exchange, model: string): Promise<void> {
  return meet(faults, exchange, {
    route: "countTokens",
    work: async (fault) => generator.countTokens(model, await exchange.body.text(fault)),
    answer: (counted) => send(exchange.response, { status: 200, body: JSON.stringify(counted) }),
  });
}

function generate(
  { faults, generator }: Service,
  exchange: Exchange,
  { model, isStreamed }: { readonly model: string; readonly isStreamed: boolean },
): Promise<void> {
  const answer = isStreamed ? streamGenerated : sendGenerated;
  return meet(faults, exchange, {
    route: "generate",
    work: async (fault) => generator.generate(model, await exchange.body.text(fault), fault),
    answer: (generated, fault) => answer(exchange, generated, fault),
  });
}
