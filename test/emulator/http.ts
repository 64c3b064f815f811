import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestBody } from "./body.ts";

/** A request and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
}

/** A request that began to arrive, for tests to look at. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: Headers;
  /** The body as text, when it has arrived and was read; empty for the bytes of an upload. */
  readonly body: string;
  /** How much of the body has arrived, also of one that broke off. */
  readonly bodyBytes: number;
}

/** A request in the log while it is still arriving. */
export type LogEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** An answer that is not streamed. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: string;
}

/** Answers with JSON, or with nothing. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8", ...headers });
  response.end(body);
}

/** What is known of a request when it begins. */
export function beginEntry(request: IncomingMessage): LogEntry {
  return {
    method: request.method ?? "GET",
    url: request.url ?? "/",
    headers: headersOf(request),
    body: "",
    bodyBytes: 0,
  };
}

/** The headers of a request. */
export function headersOf({ headers }: IncomingMessage): Headers {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Headers(pairs);
}
