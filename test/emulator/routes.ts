import type { Fault, FaultPlan } from "./faults.ts";
import type { FileStore } from "./files.ts";
import type { Generator } from "./generate.ts";
import { type Exchange, headersOf, sendJson } from "./http.ts";
import { describeModel, findModel, listModels } from "./models.ts";
import { badKey, invalid, noKey, notFound } from "./refusal.ts";
import { lastChunk, streamOf } from "./stream.ts";

/** The most that a request may weigh [doc: 20 MB]. */
const largestRequestBytes = 20_000_000;

/** What the routes work on. */
export interface Service {
  readonly key: string;
  readonly files: FileStore;
  readonly faults: FaultPlan;
  readonly generator: Generator;
  readonly origin: () => string;
}

/** Answers one request. Errors: Refusal. */
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
    return sendJson(exchange.response, 200, JSON.stringify(listModels()));
  const [, model = "", action] = /^models\/([^/:]+)(?::(\w+))?$/.exec(path) ?? [];
  if (model !== "" && action === undefined && method === "GET") {
    return sendJson(exchange.response, 200, JSON.stringify(describeModel(findModel(model))));
  }
  if (model === "" || method !== "POST") throw notFound(`Nothing is at ${method} ${url.pathname}.`);
  if (exchange.body.length > largestRequestBytes) {
    throw invalid(`Request payload size exceeds the limit: ${largestRequestBytes} bytes.`);
  }
  const body = exchange.body.toString("utf8");
  if (action === "countTokens") {
    return sendJson(exchange.response, 200, JSON.stringify(await service.generator.countTokens(model, body)));
  }
  if (action !== "generateContent" && action !== "streamGenerateContent")
    throw notFound(`There is no ${action}.`);
  const isStreamed = action === "streamGenerateContent";
  if (isStreamed && url.searchParams.get("alt") !== "sse") throw invalid("Only alt=sse is emulated.");
  await generate(service, exchange, { model, body, isStreamed });
}

function assertKey(service: Service, headers: Headers): void {
  const given = headers.get("x-goog-api-key");
  if (given === null) throw noKey();
  if (given !== service.key) throw badKey();
}

/** Lets a fault strike that needs no answer; true when it did. */
function struck({ response }: Exchange, fault: Fault | null): boolean {
  switch (fault?.kind) {
    case "status":
      sendJson(response, fault.status, fault.body);
      return true;
    case "hang":
      return true;
    default:
      return false;
  }
}

function startUpload(service: Service, exchange: Exchange, headers: Headers): void {
  const fault = service.faults.take("upload.start");
  if (struck(exchange, fault)) return;
  if (fault?.kind === "disconnect") return void exchange.response.destroy();
  const { session, granularity } = service.files.start(headers, exchange.body.toString("utf8"));
  exchange.response.writeHead(200, {
    "x-goog-upload-url": `${service.origin()}/upload/v1beta/files?upload_id=${session}&upload_protocol=resumable`,
    "x-goog-upload-chunk-granularity": String(granularity),
    "x-goog-upload-status": "active",
  });
  exchange.response.end();
}

function takeUpload(
  service: Service,
  exchange: Exchange,
  { headers, session }: { readonly headers: Headers; readonly session: string },
): void {
  const fault = service.faults.take("upload.send");
  if (struck(exchange, fault)) return;
  if (fault?.kind === "disconnect") return void exchange.response.destroy();
  const { status, file, received } = service.files.take(session, headers, exchange.body);
  if (fault?.kind === "lost-answer") return;
  exchange.response.setHeader("x-goog-upload-size-received", String(received));
  exchange.response.setHeader("x-goog-upload-status", status);
  const body = file === null ? "" : JSON.stringify({ file: service.files.describe(file, service.origin()) });
  sendJson(exchange.response, 200, body);
}

function listFiles({ files, origin }: Service, { response }: Exchange, query: URLSearchParams): void {
  const pageSize = Number(query.get("pageSize") ?? 10);
  if (!(pageSize >= 1 && pageSize <= 100)) throw invalid("The page size must be from 1 to 100.");
  const from = Number(query.get("pageToken") ?? 0);
  const all = files.list();
  const page = all.slice(from, from + pageSize).map((file) => files.describe(file, origin()));
  const next = from + pageSize < all.length ? { nextPageToken: String(from + pageSize) } : {};
  sendJson(response, 200, JSON.stringify({ ...(page.length > 0 ? { files: page } : {}), ...next }));
}

function fileRequest(
  { files, faults, origin }: Service,
  exchange: Exchange,
  { method, name }: { readonly method: string; readonly name: string },
): void {
  if (method === "GET") {
    sendJson(exchange.response, 200, JSON.stringify(files.describe(files.get(name), origin())));
    return;
  }
  if (method !== "DELETE") throw notFound(`Nothing is at ${method} ${name}.`);
  if (struck(exchange, faults.take("files.delete"))) return;
  files.delete(name);
  sendJson(exchange.response, 200, "{}");
}

interface Wanted {
  readonly model: string;
  readonly body: string;
  readonly isStreamed: boolean;
}

async function generate(
  service: Service,
  exchange: Exchange,
  { model, body, isStreamed }: Wanted,
): Promise<void> {
  const fault = service.faults.take("generate");
  if (struck(exchange, fault)) return;
  const generated = await service.generator.generate(model, body, fault);
  const { response } = exchange;
  if (isStreamed) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of streamOf(generated)) response.write(`data: ${JSON.stringify(chunk)}\r\n\r\n`);
    if (fault?.kind === "stall") return;
    // What was written so far has to leave before the connection is cut.
    if (generated.isCut) setTimeout(() => response.destroy(), 50);
    else response.end();
    return;
  }
  if (generated.isCut) return void response.destroy();
  sendJson(response, 200, JSON.stringify(lastChunk(generated, generated.text)));
}
