import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Broken, RequestBody } from "./body.ts";
import { CacheStore } from "./caches.ts";
import { FaultPlan } from "./fault-plan.ts";
import { FileStore } from "./files.ts";
import { Generator } from "./generate.ts";
import { beginEntry, type LoggedRequest, send } from "./http.ts";
import { InteractionStore } from "./interaction-store.ts";
import { Listener } from "./listener.ts";
import type { Pace } from "./pace.ts";
import { type LoggedQuestion, QuestionLog } from "./question-log.ts";
import { Refusal } from "./refusal.ts";
import { answerRequest, type Service } from "./routes.ts";
import { Uploads } from "./uploads.ts";
import { publicVideos, type VideoSound } from "./videos.ts";

export interface EmulatorOptions {
  /** The key that is accepted. */
  readonly key: string;
  /** 0, the default, for any that is free. */
  readonly port?: number;
  /** How long an uploaded file is PROCESSING. */
  readonly processingMs?: number;
  /** How long the models take to answer; they answer at once when absent. */
  readonly pace?: Pace | null;
  /** The public videos on YouTube, by their ids. */
  readonly videos?: Readonly<Record<string, VideoSound>>;
}

/** The Gemini API on loopback. */
export interface Emulator {
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly LoggedRequest[];
  /** Every question to a model so far that could be read and heard, by either API. */
  readonly questions: readonly LoggedQuestion[];
  readonly faults: FaultPlan;
  /** The names of the files that it holds. */
  fileNames(): string[];
  /** The names of the caches that nobody has deleted. */
  cacheNames(): string[];
  /** The ids of the interactions that it keeps: of those alone that were not sent with `store: false`. */
  storedInteractions(): string[];
  /** How long the models take from the next question on; null for no time at all. */
  setPace(pace: Pace | null): void;
  close(): Promise<void>;
}

/** Starts an emulator. It refuses what the service would refuse, as far as that is documented. */
export async function startEmulator({
  key,
  port = 0,
  processingMs = 60,
  pace: firstPace = null,
  videos = publicVideos,
}: EmulatorOptions): Promise<Emulator> {
  const faults = new FaultPlan();
  const requests: LoggedRequest[] = [];
  const files = new FileStore({ now: () => Date.now(), processingMs });
  let origin = "";
  const interactions = new InteractionStore();
  const questions = new QuestionLog();
  const caches = new CacheStore();
  let pace = firstPace;
  const generator = new Generator(new Listener(files, () => origin, videos));
  const service: Service = {
    key,
    files,
    uploads: new Uploads(files),
    faults,
    generator,
    interactions,
    questions,
    pace: () => pace,
    caches,
    origin: () => origin,
  };
  // An upload may take as long as it likes.
  const server = createServer(
    { requestTimeout: 0 },
    (request, response) => void serve(service, requests, { request, response }),
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    requests,
    questions: questions.questions,
    faults,
    fileNames: () => files.list().map(({ name }) => name),
    cacheNames: () => caches.names(),
    storedInteractions: () => interactions.ids(),
    setPace: (next) => {
      pace = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      files.close();
    },
  };
}

async function serve(
  service: Service,
  requests: LoggedRequest[],
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const entry = beginEntry(request);
  requests.push(entry);
  const body = new RequestBody(request, entry);
  try {
    await answerRequest(service, { request, response, body });
  } catch (thrown) {
    await refuse({ response, body }, thrown);
  }
}

async function refuse(
  { response, body }: { readonly response: ServerResponse; readonly body: RequestBody },
  thrown: unknown,
): Promise<void> {
  const refusal =
    thrown instanceof Refusal ? thrown : new Refusal(500, "INTERNAL", `The emulator failed: ${thrown}`);
  try {
    if (body.isGone) return;
    await body.drain();
    send(response, { status: refusal.code, body: refusal.body });
  } catch (again) {
    // A client that has gone needs no answer.
    if (!(again instanceof Broken)) throw again;
  }
}
