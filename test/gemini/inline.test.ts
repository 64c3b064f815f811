import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { audioName, fetchWithAudio } from "../../src/gemini/inline.ts";
import { inlinePart } from "../support/inline-part.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test.each([200, 400, 401, 429, 500])(
  "audio of any length arrives in its place, whatever is said: %i",
  async (status) => {
    // Of every remainder by three, with blocks to spare and without, and one that is a view into more.
    const contents = [
      randomBytes(1_000_000).subarray(7),
      randomBytes((3 << 16) * 2),
      randomBytes(200_000),
      randomBytes(1),
    ];
    const asked = `{"data":"${audioName(0)}"} "data":"${audioName(1)}" ü`;
    const body = requestOf(
      contents.map((_, index) => audioName(index)),
      asked,
    );
    const { url, seen } = await listen(status);
    const response = await fetchWithAudio(
      fetch,
      contents.map((content) => inlinePart(content)),
    )(url, {
      method: "POST",
      body,
      redirect: "error",
    });
    expect(response.status).toBe(status);
    const expected = requestOf(
      contents.map((bytes) => bytes.toString("base64")),
      asked,
    );
    expect(seen.body === expected).toBe(true);
    expect(seen.length).toBe(String(Buffer.byteLength(expected)));
  },
);

test("a request without a place for the audio is not sent", async () => {
  const { url, seen } = await listen(200);
  const sending = fetchWithAudio(fetch, [inlinePart(randomBytes(3))])(url, { method: "POST", body: "{}" });
  await expect(sending).rejects.toThrow("no place");
  expect(seen.body).toBe("");
});

test("a request without audio is sent as it is", () => {
  expect(fetchWithAudio(fetch, [{ kind: "text", text: "Who speaks?" }])).toBe(fetch);
});

/** As the SDK writes it. */
function requestOf(data: readonly string[], text: string): string {
  const audios = data.map((one) => ({ inlineData: { data: one, mimeType: "audio/wav" } }));
  return JSON.stringify({ contents: [{ parts: [{ text }, ...audios, { text }], role: "user" }] });
}

async function listen(status: number) {
  const seen = { body: "", length: "" };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const bytes of request) chunks.push(bytes);
    seen.body = Buffer.concat(chunks).toString();
    seen.length = request.headers["content-length"] ?? "";
    response.writeHead(status).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, seen };
}
