import { EnvHttpProxyAgent } from "undici";

/** This machine is never reached through a proxy. */
const loopback = ["localhost", "127.0.0.1", "::1"];

/**
 * fetch by the proxies that the environment names, and without undici's own limits of 300 seconds:
 * how long the service may be silent is for the one who asks to decide.
 */
export function createFetch(env: Readonly<Record<string, string | undefined>>): typeof fetch {
  const excluded = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  const dispatcher = new EnvHttpProxyAgent({
    noProxy: [...loopback, ...excluded.split(/[\s,]+/).filter((host) => host !== "")].join(","),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  // Node's fetch takes a dispatcher, of which its types do not tell.
  return (input, init) => fetch(input, Object.assign({}, init, { dispatcher }));
}
