import { Readable } from "node:stream";
import { EnvHttpProxyAgent, request } from "undici";
import type { Sending, Sent } from "../world.ts";

/** This machine is never reached through a proxy. */
const loopback = ["localhost", "127.0.0.1", "::1"];

/** The ways out of the machine. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly send: (url: string, sending: Sending) => Promise<Sent>;
}

/**
 * The network by the proxies that the environment names, and without undici's own limits of 300 seconds:
 * how long the service may be silent is for the one who asks to decide.
 */
export function createNetwork(env: Readonly<Record<string, string | undefined>>): Network {
  const excluded = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  const dispatcher = new EnvHttpProxyAgent({
    noProxy: [...loopback, ...excluded.split(/[\s,]+/).filter((host) => host !== "")].join(","),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    // Node's fetch takes a dispatcher, of which its types do not tell.
    fetch: (input, init) => fetch(input, Object.assign({}, init, { dispatcher })),
    send: async (url, { method, headers, body, signal }) => {
      signal.throwIfAborted();
      const content = typeof body === "string" || body instanceof Uint8Array ? body : Readable.from(body);
      const answer = await request(url, { method, headers, body: content, signal, dispatcher });
      return {
        status: answer.statusCode,
        headers: headersOf(answer.headers),
        body: await answer.body.text(),
      };
    },
  };
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value ?? "")]),
  );
}
