import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

interface ProxyOptions {
  /** Where the names lead that only this proxy knows: `gemini.test` to a port of this machine. */
  readonly ports?: Readonly<Record<string, number>>;
  /** `user:password`; without them, everybody may pass. */
  readonly credentials?: string;
  /** What becomes of a request for a tunnel: it is made, hung up on, or never answered. */
  readonly tunnels?: "made" | "hung-up" | "unanswered";
}

/** A proxy on loopback: tunnels by CONNECT, and requests that name their whole address. */
export interface TestProxy {
  /** Without credentials. */
  readonly url: string;
  /** What it was asked for: `CONNECT gemini.test:80`, `GET http://gemini.test/`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy. It answers 407 to who lacks the credentials, and 502 for a name it does not know. */
export async function startProxy({
  ports = {},
  credentials,
  tunnels = "made",
}: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket);
    // A client that has gone is no matter.
    return socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  const refusalOf = (message: IncomingMessage, port: number | undefined) => {
    if (!isAdmitted(message, credentials)) return 407;
    return port === undefined ? 502 : null;
  };
  const server = createServer((message, response) => {
    const { hostname } = new URL(message.url ?? "");
    asked.push(`${message.method} ${message.url}`);
    const refusal = refusalOf(message, ports[hostname]);
    if (refusal !== null) response.writeHead(refusal).end();
    else forward(message, response, ports[hostname] ?? 0);
  });
  server.on("connection", kept);
  server.on("connect", (message: IncomingMessage, client: Socket) => {
    asked.push(`CONNECT ${message.url}`);
    if (tunnels === "hung-up") return client.destroy();
    if (tunnels === "unanswered") return client;
    const port = ports[message.url?.replace(/:\d+$/, "") ?? ""];
    const refusal = refusalOf(message, port);
    if (refusal !== null) return client.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
    const target = kept(connect(port ?? 0, "127.0.0.1", () => client.write("HTTP/1.1 200 OK\r\n\r\n")));
    return client.pipe(target).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isAdmitted({ headers }: IncomingMessage, credentials: string | undefined): boolean {
  if (credentials === undefined) return true;
  return headers["proxy-authorization"] === `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function forward(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { pathname, search } = new URL(message.url ?? "");
  const { method, headers } = message;
  const onward = request(
    { host: "127.0.0.1", port, path: pathname + search, method, headers },
    (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => response.destroy());
  message.pipe(onward);
}

/** A port on which nobody listens. */
export async function findDeadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
