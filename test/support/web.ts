import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Somebody's web server, on loopback. */
export interface Web {
  url: string;
  /** What is at each path. A path that is not here, or was answered as often as it says, is 404. */
  pages: Map<string, Handler>;
  /** The requests so far. */
  requests: IncomingMessage[];
}

/** A web server for each test of a file. */
export function useWeb(): Web {
  const web: Web = { url: "", pages: new Map(), requests: [] };
  let server: Server;
  beforeEach(async () => {
    web.pages.clear();
    web.requests = [];
    server = createServer((request, response) => {
      web.requests.push(request);
      const { pathname } = new URL(request.url ?? "/", "http://here");
      const page = web.pages.get(pathname);
      if (page === undefined) response.writeHead(404).end();
      else page(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    web.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return web;
}

/** A page that is there, whole. */
export function page(
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = { "content-type": "audio/mpeg" },
): Handler {
  return (_, response) => {
    response.writeHead(200, { ...headers, "content-length": String(Buffer.byteLength(body)) }).end(body);
  };
}

/** A page that answers as each of these in turn, and as the last from then on. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0;
  return (request, response) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)];
    turn += 1;
    handler?.(request, response);
  };
}
