import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { readAhead } from "../../src/gemini/file-content.ts";
import { createNetwork } from "../../src/system/network.ts";
import type { Reader } from "../../src/world.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test("a service that reads slowly gets every byte as it was, though the memory is used again", async () => {
  const content = randomBytes(24_000_001);
  const hash = createHash("sha256");
  const url = await listen(async (bytes) => {
    hash.update(bytes);
    if (Math.random() < 0.05) await delay(5);
  });
  const offset = 12_345;
  const sent = await createNetwork({}).send(url, {
    method: "POST",
    headers: { "Content-Length": String(content.length - offset) },
    body: readAhead(readerOf(content), offset),
    signal: new AbortController().signal,
  });
  expect(sent.status).toBe(200);
  expect(hash.digest("hex")).toBe(createHash("sha256").update(content.subarray(offset)).digest("hex"));
});

test("a read that fails ahead of time is told when its bytes are wanted, and not before", async () => {
  const content = randomBytes(3 << 20);
  const reader: Reader = {
    ...readerOf(content),
    readInto: async (target, position) => {
      if (position > 0) throw new Error("the disk is broken");
      return readerOf(content).readInto(target, position);
    },
  };
  const blocks = readAhead(reader, 0);
  expect((await blocks.next()).value?.length).toBe(1 << 20);
  await delay(10);
  await expect(blocks.next()).rejects.toThrow("the disk is broken");
});

test("a file that got shorter is no whole one", async () => {
  const content = randomBytes(2 << 20);
  const blocks = readAhead({ ...readerOf(content), sizeBytes: content.length + 1 }, 1 << 20);
  expect((await blocks.next()).value?.length).toBe(1 << 20);
  await expect(blocks.next()).rejects.toThrow("got shorter");
});

function readerOf(content: Buffer): Reader {
  return {
    sizeBytes: content.length,
    read: async (position, length) => content.subarray(position, position + length),
    readInto: async (target, position) => content.copy(target, 0, position, position + target.length),
    close: async () => {},
  };
}

/** A server that gives each piece of a body to `take`, and waits for it. */
async function listen(take: (bytes: Buffer) => Promise<void>): Promise<string> {
  const server = createServer(async (request, response) => {
    for await (const bytes of request) await take(bytes);
    response.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
