import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { serviceFailure } from "../../src/gemini/errors.ts";
import { createNetwork, type Network } from "../../src/system/network.ts";
import { findDeadPort, startProxy, type TestProxy } from "../support/proxy.ts";

const service = { port: 0, urls: [] as string[], close: async () => {} };
let proxy: TestProxy;

beforeEach(async () => {
  const server = createServer((message, response) => {
    service.urls.push(`${message.method} ${message.headers.host}${message.url}`);
    message.resume().on("end", () => response.end("served"));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  service.port = (server.address() as AddressInfo).port;
  service.urls = [];
  service.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  proxy = await startProxy({ ports: { "gemini.test": service.port, "api.gemini.test": service.port } });
});

afterEach(async () => {
  await proxy.close();
  await service.close();
});

const ways = ["fetch", "send"] as const;

/** Asks by one of the two ways for the text that the service has. */
async function ask(
  network: Network,
  way: (typeof ways)[number],
  url: string,
  signal: AbortSignal = AbortSignal.timeout(5_000),
): Promise<string> {
  if (way === "fetch") return (await network.fetch(url, { signal })).text();
  const { body } = await network.send(url, { method: "POST", headers: {}, body: "sound", signal });
  return body;
}

/** What the user is told when asking fails. */
async function failureOf(network: Network, way: (typeof ways)[number], url: string) {
  const thrown = await ask(network, way, url).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(thrown).not.toBeNull();
  return serviceFailure(thrown, { operation: "uploading", key: "AQ.secret" });
}

describe.each(ways)("%s", (way) => {
  test.each(["HTTP_PROXY", "http_proxy"])("goes through the proxy of %s", async (name) => {
    const network = createNetwork({ [name]: proxy.url });
    expect(await ask(network, way, "http://gemini.test/v1?a=b")).toBe("served");
    expect(proxy.asked).toEqual(["CONNECT gemini.test:80"]);
    expect(service.urls).toEqual([`${way === "fetch" ? "GET" : "POST"} gemini.test/v1?a=b`]);
  });

  test.each(["HTTPS_PROXY", "https_proxy"])("asks the proxy of %s for what is encrypted", async (name) => {
    const network = createNetwork({ [name]: proxy.url });
    // The service here speaks no TLS: how the tunnel is used is for the test of the whole program.
    await failureOf(network, way, "https://gemini.test/");
    expect(proxy.asked).toEqual(["CONNECT gemini.test:443"]);
  });

  test("prefers the lower-case spelling, and takes an address without a scheme", async () => {
    const dead = `127.0.0.1:${await findDeadPort()}`;
    const network = createNetwork({ HTTP_PROXY: dead, http_proxy: proxy.url.replace("http://", "") });
    expect(await ask(network, way, "http://gemini.test/")).toBe("served");
  });

  test.each([
    { NO_PROXY: "gemini.test" },
    { no_proxy: "gemini.test" },
    { NO_PROXY: "other.test, .gemini.test" },
    { NO_PROXY: "*.gemini.test" },
    { NO_PROXY: "*" },
    { no_proxy: "*" },
    { NO_PROXY: "other.test,*" },
  ])("reaches what %o names without the proxy", async (excluded) => {
    const network = createNetwork({ HTTP_PROXY: proxy.url, ...excluded });
    // The name is known to the proxy alone.
    await failureOf(network, way, "http://api.gemini.test/");
    expect(proxy.asked).toEqual([]);
  });

  test("goes through the proxy to what NO_PROXY does not name", async () => {
    const network = createNetwork({
      HTTP_PROXY: proxy.url,
      NO_PROXY: "other.test,api.gemini.test,mini.test",
    });
    expect(await ask(network, way, "http://gemini.test/")).toBe("served");
  });

  test.each(["127.0.0.1", "localhost"])("reaches %s without a proxy", async (hostname) => {
    const network = createNetwork({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: "other.test" });
    expect(await ask(network, way, `http://${hostname}:${service.port}/`)).toBe("served");
    await failureOf(network, way, `https://${hostname}:${service.port}/`);
    expect(proxy.asked).toEqual([]);
  });

  // Not every machine has these addresses: it is enough that no proxy is asked for them.
  test.each(["127.0.0.2", "[::1]"])("asks no proxy for %s", async (hostname) => {
    const network = createNetwork({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
    for (const scheme of ["http", "https"]) {
      await ask(network, way, `${scheme}://${hostname}:${service.port}/`).catch(() => null);
    }
    expect(proxy.asked).toEqual([]);
  });

  test("is admitted by a proxy with its credentials, and told of them when they are wrong", async () => {
    const closed = await startProxy({ ports: { "gemini.test": service.port }, credentials: "me:p@ss" });
    const withCredentials = (text: string) =>
      createNetwork({ HTTP_PROXY: closed.url.replace("//", `//${text}@`) });
    expect(await ask(withCredentials("me:p%40ss"), way, "http://gemini.test/")).toBe("served");
    for (const wrong of [withCredentials("me:wrong"), createNetwork({ HTTP_PROXY: closed.url })]) {
      const failure = await failureOf(wrong, way, "http://gemini.test/");
      expect(failure).toMatchObject({
        kind: "service",
        retryable: false,
        message: "uploading: the proxy refused the connection (407)",
        hint: expect.stringContaining("HTTPS_PROXY"),
      });
      expect(`${failure.stack} ${failure.cause}`).not.toContain("wrong");
    }
    await closed.close();
  });

  test("tells of a proxy that is not there by its address", async () => {
    const address = `127.0.0.1:${await findDeadPort()}`;
    const network = createNetwork({ HTTP_PROXY: `http://${address}` });
    expect(await failureOf(network, way, "http://gemini.test/")).toMatchObject({
      kind: "service",
      retryable: true,
      message: `uploading: connect ECONNREFUSED ${address}`,
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
  });

  test("tells of a proxy that does not know the name", async () => {
    const network = createNetwork({ HTTP_PROXY: proxy.url });
    expect(await failureOf(network, way, "http://unknown.test/")).toMatchObject({
      retryable: true,
      message: "uploading: the proxy refused the connection (502)",
    });
  });

  test("asks a proxy that hangs up once, not for ever", async () => {
    const mute = await startProxy({ tunnels: "hung-up" });
    const failure = await failureOf(createNetwork({ HTTP_PROXY: mute.url }), way, "http://gemini.test/");
    expect(failure).toMatchObject({ kind: "service", retryable: true });
    expect(failure.message).toContain("the proxy closed the connection");
    expect(mute.asked).toHaveLength(1);
    await mute.close();
  });

  test("stops at once when a proxy does not answer", async () => {
    const stuck = await startProxy({ tunnels: "unanswered" });
    const stop = new AbortController();
    const asking = ask(createNetwork({ HTTP_PROXY: stuck.url }), way, "http://gemini.test/", stop.signal);
    await vi.waitFor(() => expect(stuck.asked).toHaveLength(1));
    stop.abort(new Error("stopped"));
    await expect(asking).rejects.toThrow("stopped");
    await stuck.close();
  });
});

test("a proxy whose address cannot be used is told of by its variable, without its password", () => {
  for (const address of ["http://me:secret@", "ftp://me:secret@host", "http://me:secret%@host:1"]) {
    expect(() => createNetwork({ HTTPS_PROXY: address })).toThrowError(
      expect.objectContaining({ kind: "usage", message: "HTTPS_PROXY is not the address of a proxy" }),
    );
  }
});

test("the environment of the process itself is not read", async () => {
  process.env["HTTP_PROXY"] = `http://127.0.0.1:${await findDeadPort()}`;
  try {
    expect((await failureOf(createNetwork({}), "send", "http://gemini.test/")).message).toMatch(
      /gemini\.test/,
    );
  } finally {
    delete process.env["HTTP_PROXY"];
  }
});

test("the proxy of these tests forwards what names its whole address", async () => {
  const { port } = new URL(proxy.url);
  const status = await new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path: "http://gemini.test/a" }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode));
    });
    asking.on("error", reject).end();
  });
  expect(status).toBe(200);
  expect(proxy.asked).toEqual(["GET http://gemini.test/a"]);
});
