import type { IncomingMessage, ServerResponse } from "node:http";

/** A request and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** A request that arrived, for tests to look at. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: Headers;
  /** The body as text; empty for the bytes of an upload. */
  readonly body: string;
  readonly bodyBytes: number;
}

/** Answers with JSON, or with nothing. */
export function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
  response.end(body);
}

/** The whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What is kept of a request. */
export function logged(request: IncomingMessage, body: Buffer): LoggedRequest {
  const isUpload = request.url?.includes("upload_id=") === true;
  return {
    method: request.method ?? "GET",
    url: request.url ?? "/",
    headers: headersOf(request),
    body: isUpload ? "" : body.toString("utf8"),
    bodyBytes: body.length,
  };
}

/** The headers of a request. */
export function headersOf({ headers }: IncomingMessage): Headers {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Headers(pairs);
}
