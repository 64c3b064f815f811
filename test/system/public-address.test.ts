import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { createNetwork } from "../../src/system/network.ts";
import { publicLookup } from "../../src/system/public-address.ts";
import { startProxy } from "../support/proxy.ts";

const getting = { headers: {}, allowPrivate: false, signal: AbortSignal.timeout(5_000) };

test("a name that leads to this machine is not connected to", async () => {
  const met: string[] = [];
  const server = createServer((socket) => {
    met.push(String(socket.remoteAddress));
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const network = createNetwork({}, async () => [{ address: "127.0.0.1", family: 4 }]);
  const url = `https://talks.test:${port}/`;
  await expect(network.get(url, getting)).rejects.toMatchObject({
    kind: "input",
    message: "it leads to 127.0.0.1, which is not on the open internet",
  });
  expect(met).toEqual([]);
  server.close();
});

test("a socket is given what was checked: a name is looked up once, and cannot lead elsewhere by then", async () => {
  let lookups = 0;
  const find = publicLookup(async () => {
    lookups += 1;
    return [{ address: lookups === 1 ? "93.184.215.14" : "127.0.0.1", family: 4 }];
  });
  const found = () =>
    new Promise((resolve, reject) => {
      find("talks.test", { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
    });
  expect(await found()).toEqual([{ address: "93.184.215.14", family: 4 }]);
  await expect(found()).rejects.toThrow("it leads to 127.0.0.1");
});

test.each([
  [{}, "93.184.215.14"],
  [{ family: 6 }, "2606:2800:21f::1"],
  [{ family: "IPv4" as const }, "93.184.215.14"],
])("a socket that wants one address (%o) is given one", async (options, expected) => {
  const find = publicLookup(async () => [
    { address: "93.184.215.14", family: 4 },
    { address: "2606:2800:21f::1", family: 6 },
  ]);
  const address = await new Promise((resolve, reject) => {
    find("talks.test", options, (error, found) => (error ? reject(error) : resolve(found)));
  });
  expect(address).toBe(expected);
});

test("a network without IPv4 reaches the open internet by its prefix", async () => {
  const find = publicLookup(async () => [{ address: "64:ff9b::5db8:d70e", family: 6 }]);
  const address = await new Promise((resolve, reject) => {
    find("talks.test", {}, (error, found) => (error ? reject(error) : resolve(found)));
  });
  expect(address).toBe("64:ff9b::5db8:d70e");
});

test("a connection that does not come about ends with the signal", async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  const network = createNetwork({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, async () => []);
  const asked = network.get("https://talks.test/", { ...getting, signal: stop.signal });
  setTimeout(() => stop.abort(new Error("stopped")), 50);
  await expect(asked).rejects.toThrow("stopped");
  server.close();
});

test("behind a proxy, what is known here to be private is not asked of it", async () => {
  const proxy = await startProxy();
  const inside = createNetwork({ HTTPS_PROXY: proxy.url }, async () => [{ address: "10.0.0.1", family: 4 }]);
  await expect(inside.get("https://talks.test/", getting)).rejects.toMatchObject({ kind: "input" });
  await expect(inside.get("https://10.0.0.1/", getting)).rejects.toMatchObject({ kind: "input" });
  expect(proxy.asked).toEqual([]);
  // The proxy alone may know the names of the open internet.
  const unknown = createNetwork({ HTTPS_PROXY: proxy.url }, async () => {
    throw new Error("no name server answers");
  });
  await expect(unknown.get("https://talks.test/", getting)).rejects.not.toMatchObject({ kind: "input" });
  expect(proxy.asked).toEqual(["CONNECT talks.test:443"]);
  await proxy.close();
});
