import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A service that takes whatever it is sent and keeps nothing: `node sink.js [LATENCY-MS]` tells its port on
 * stdout, and answers each request so much later. It speaks the resumable protocol, deletes, takes a
 * plain PUT as curl sends it, and answers whatever a model is asked with nobody's words. It tells no SHA-256:
 * computing that here would take the time of the one who is measured.
 */
const latencyMs = Number(process.argv[2] ?? 0);

const server = createServer((request, response) => {
  void serve(request, response);
});
server.listen(0, "127.0.0.1", () => console.log(port()));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sizeBytes = await discard(request);
  if (latencyMs > 0) await delay(latencyMs);
  const command = request.headers["x-goog-upload-command"];
  if (command === "start") {
    const url = `http://127.0.0.1:${port()}/upload`;
    response.setHeader("X-Goog-Upload-Status", "active").setHeader("X-Goog-Upload-URL", url).end();
  } else if (command === "upload, finalize") {
    response.setHeader("X-Goog-Upload-Status", "final").end(JSON.stringify({ file: fileOf(sizeBytes) }));
  } else if (command === "query") {
    response.setHeader("X-Goog-Upload-Status", "active").setHeader("X-Goog-Upload-Size-Received", "0").end();
  } else if (request.url?.includes(":streamGenerateContent") === true) {
    response.setHeader("Content-Type", "text/event-stream").end(`data: ${JSON.stringify(answer)}\r\n\r\n`);
  } else {
    response.setHeader("Content-Type", "application/json").end("{}");
  }
}

/** Reads a body to its end; answers its size. */
async function discard(request: IncomingMessage): Promise<number> {
  let sizeBytes = 0;
  request.on("data", (bytes: Buffer) => {
    sizeBytes += bytes.length;
  });
  await new Promise((resolve) => request.on("end", resolve));
  return sizeBytes;
}

function fileOf(sizeBytes: number) {
  const name = "files/sink";
  return { name, uri: `http://127.0.0.1:${port()}/${name}`, state: "ACTIVE", sizeBytes: String(sizeBytes) };
}

const answer = {
  candidates: [
    {
      content: { parts: [{ text: '{"languages":[],"speakers":[],"segments":[]}' }] },
      finishReason: "STOP",
    },
  ],
  usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
};

function port(): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
