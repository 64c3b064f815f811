import { lookup } from "node:dns/promises";
import { Readable } from "node:stream";
import { Agent, type Dispatcher, EnvHttpProxyAgent, errors, Pool, request } from "undici";
import { Failure } from "../failure.ts";
import type { Getting, Got, Sending, Sent } from "../world.ts";
import { assertPublic, assertPublicHost, type FindAddresses, publicLookup } from "./public-address.ts";

/** The ways out of the machine. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly send: (url: string, sending: Sending) => Promise<Sent>;
  readonly get: (url: string, getting: Getting) => Promise<Got>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** undici would give up after 300 seconds: how long the service may be silent is for the one who asks to decide. */
const withoutLimits = { headersTimeout: 0, bodyTimeout: 0 } as const;

const findBySystem: FindAddresses = (hostname) => lookup(hostname, { all: true });

/**
 * The network by the proxies that the environment names: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, where the
 * lower-case spelling goes first. This machine is never reached through a proxy. `find` tells the addresses of hosts
 * that only the open internet may have.
 * Errors: Failure `usage` for a proxy whose address cannot be used.
 */
export function createNetwork(env: Environment, find: FindAddresses = findBySystem): Network {
  const direct = new Agent(withoutLimits);
  const proxied = createProxied(env);
  const guarded = createProxied(env, { connect: { lookup: publicLookup(find) } });
  const wayTo = (url: string): Dispatcher => (isLoopback(new URL(url)) ? direct : proxied);
  return {
    fetch: async (input, init) => {
      const dispatcher = wayTo(input instanceof Request ? input.url : String(input));
      // Node's fetch takes a dispatcher, of which its types do not tell.
      return fetch(input, Object.assign({}, init, { dispatcher }));
    },
    send: async (url, { method, headers, body, signal }) => {
      signal.throwIfAborted();
      // One piece ahead and no more: whoever makes them may use the memory of the one before the last again.
      const content =
        typeof body === "string" || body instanceof Uint8Array
          ? body
          : Readable.from(body, { objectMode: true, highWaterMark: 1 });
      const dispatcher = wayTo(url);
      const sent = request(url, { method, headers, body: content, signal, dispatcher });
      const answer = await orStopped(sent, signal);
      return {
        status: answer.statusCode,
        headers: headersOf(answer.headers),
        body: await answer.body.text(),
      };
    },
    get: async (url, { headers, allowPrivate, signal }) => {
      signal.throwIfAborted();
      const { hostname } = new URL(url);
      if (!allowPrivate) {
        assertPublicHost(hostname);
        // A proxy looks names up by itself, and reaches what is within its network.
        if (hasProxy(env)) assertPublic(await find(hostname).then(addressesOf, () => []));
      }
      const dispatcher = allowPrivate ? wayTo(url) : guarded;
      const answer = await orStopped(request(url, { headers, signal, dispatcher }), signal);
      const { statusCode: status, body } = answer;
      return {
        status,
        headers: headersOf(answer.headers),
        body,
        // What little there is left leaves the connection fit for the next request.
        discard: () => void body.dump({ limit: 16_384, signal }).catch(() => {}),
      };
    },
  };
}

/** What is waited for, or the signal's reason: undici hears of that only once it is connected [run]. */
function orStopped<T>(waited: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function addressesOf(found: Awaited<ReturnType<FindAddresses>>): readonly string[] {
  return found.map(({ address }) => address);
}

/** Every option is said, be it empty: undici reads those it lacks from the environment of the process. */
function createProxied(env: Environment, own: Pick<Agent.Options, "connect"> = {}): Dispatcher {
  const excluded = variable(env, "NO_PROXY").split(/[\s,]+/);
  return new EnvHttpProxyAgent({
    httpProxy: proxyAddress(env, "HTTP_PROXY"),
    httpsProxy: proxyAddress(env, "HTTPS_PROXY"),
    // undici knows the asterisk only where it stands alone.
    noProxy: excluded.includes("*") ? "*" : excluded.join(","),
    clientFactory: (origin, options) => new ProxyConnections(origin, { ...options, ...withoutLimits }),
    ...withoutLimits,
    ...own,
  });
}

/**
 * The connections to a proxy. When one hangs up instead of making a tunnel, undici takes that for an idle
 * connection that ended, and asks again at once, thousands of times a second until it is aborted.
 */
class ProxyConnections extends Pool {
  override async connect(
    options: Omit<Dispatcher.ConnectOptions, "origin">,
  ): Promise<Dispatcher.ConnectData> {
    try {
      return await super.connect(options);
    } catch (thrown) {
      if (!(thrown instanceof errors.SocketError)) throw thrown;
      throw Object.assign(new Error("the proxy closed the connection"), { code: "ECONNRESET" });
    }
  }
}

/** The whole of 127.0.0.0/8, which no NO_PROXY of undici's could say. */
function isLoopback({ hostname }: URL): boolean {
  return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(hostname);
}

function hasProxy(env: Environment): boolean {
  return ["HTTP_PROXY", "HTTPS_PROXY"].some((name) => variable(env, name) !== "");
}

/** A proxy's address; one without a scheme, as curl takes it, is given `http`. Empty for no proxy. */
function proxyAddress(env: Environment, name: string): string {
  const given = variable(env, name);
  if (given === "") return "";
  const address = given.includes("://") ? given : `http://${given}`;
  if (isUsable(address)) return address;
  // The value is not repeated: it may hold a password.
  throw new Failure("usage", `${name} is not the address of a proxy`, {
    hint: `write it as http://host:port or http://user:password@host:port, with %40 for an @ in the password`,
  });
}

function isUsable(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    decodeURIComponent(`${username}${password}`);
    return ["http:", "https:", "socks5:"].includes(protocol);
  } catch {
    return false;
  }
}

function variable(env: Environment, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? "").trim();
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  return new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value ?? "")]),
  );
}
