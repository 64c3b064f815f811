import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { askModel } from "../../src/gemini/ask-model.ts";
import { createNetwork } from "../../src/system/network.ts";
import { inlinePart } from "../support/inline-part.ts";
import { all, expectNothingPrinted, fakeService, general } from "./fake-service.ts";

expectNothingPrinted();

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const { signal } = new AbortController();
const started = {
  generate: { candidates: [{ content: { parts: [{ text: "It" }] } }] },
  interactions: { event_type: "step.delta", index: 0, delta: { type: "text", text: "It" } },
} as const;

describe.each(["generate", "interactions"] as const)("by %s, over a network", (api) => {
  test("whoever stops reading closes the connection", async () => {
    const { client, connection } = await listen((_, response) => begin(response, started[api]));
    for await (const event of askModel(client, { api, request: general }, signal)) {
      expect(event).toEqual({ kind: "text", text: "It" });
      break;
    }
    await expect.poll(connection).toBe("closed");
  });

  test("a run that is stopped closes the connection, before an answer and in its midst", async () => {
    for (const answer of [() => {}, (response: ServerResponse) => begin(response, started[api])]) {
      const run = new AbortController();
      const { client, connection } = await listen((_, response) => answer(response));
      const asking = all(askModel(client, { api, request: general }, run.signal));
      await expect.poll(connection).toBe("open");
      run.abort(new Error("stopped"));
      await expect(asking).rejects.toThrow("stopped");
      await expect.poll(connection).toBe("closed");
    }
  });

  test("audio arrives whole, and of a length that is known", async () => {
    const bytes = randomBytes(3_000_001);
    const chunks: Buffer[] = [];
    let length: string | undefined;
    const { client } = await listen(async (request, response) => {
      length = request.headers["content-length"];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(400, { "Content-Type": "application/json" }).end('{"error":{"message":"no"}}');
    });
    const request = { ...general, parts: [inlinePart(bytes)] };
    await expect(all(askModel(client, { api, request }, signal))).rejects.toThrow("no (400)");
    const body = Buffer.concat(chunks);
    expect(body.includes(`"data":"${bytes.toString("base64")}"`)).toBe(true);
    expect(length).toBe(String(body.length));
  });

  test("a redirect is not followed: the key would go with it", async () => {
    let count = 0;
    const { client } = await listen((_, response) => {
      count += 1;
      response.writeHead(307, { Location: "/elsewhere" }).end();
    });
    await expect(all(askModel(client, { api, request: general }, signal))).rejects.toMatchObject({
      kind: "service",
    });
    expect(count).toBe(1);
  });
});

/** A service on this machine, a client of it, and what became of its last connection. */
async function listen(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  let state: "none" | "open" | "closed" = "none";
  const server = createServer((request, response) => {
    state = "open";
    request.socket.on("close", () => {
      state = "closed";
    });
    Promise.resolve(answer(request, response)).catch(() => response.destroy());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const env = { GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${address.port}` };
  const { client } = await fakeService([], { env, fetch: createNetwork({}).fetch });
  return { client, connection: () => state };
}

function begin(response: ServerResponse, told: unknown): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.write(`data: ${JSON.stringify(told)}\n\n`);
}
