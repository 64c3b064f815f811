import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "./faults.ts";
import { type FileStore, lifetimeMs, type StoredFile } from "./files.ts";
import { parseBody } from "./json.ts";
import { granularity, Received } from "./received.ts";
import { invalid, notFound, Refusal } from "./refusal.ts";

const largestBytes = 2_000_000_000;

interface Session {
  readonly name: string;
  readonly displayName: string | null;
  readonly mimeType: string;
  readonly startedMs: number;
  readonly received: Received;
  isFinal: boolean;
  /** The request whose body is arriving. */
  arriving: Arriving | null;
}

interface Arriving {
  readonly breakOff: () => void;
  /** Settles when nothing more of it arrives; never rejects. */
  readonly ended: Promise<void>;
}

/** A request to a session. */
export interface Sent {
  readonly headers: Headers;
  readonly body: AsyncIterable<Buffer>;
  /** Cuts its connection. */
  readonly breakOff: () => void;
}

/** What a command to an upload came to. */
export interface Taken {
  readonly status: "active" | "final" | "cancelled";
  /** Null unless it is final. */
  readonly file: StoredFile | null;
  /** How many bytes have arrived. */
  readonly received: number;
}

const startSchema = z.strictObject({
  file: z
    .strictObject({
      name: z.string().optional(),
      displayName: z.string().max(512).optional(),
      mimeType: z.string().optional(),
    })
    .optional(),
});

const commandSchema = z.enum(["upload", "finalize", "upload, finalize", "query", "cancel"]);

/** What a request to a session wants; null for what is not known. */
export function readCommand(headers: Headers): z.infer<typeof commandSchema> | null {
  const words = (headers.get("x-goog-upload-command") ?? "").split(",").map((word) => word.trim());
  return commandSchema.safeParse(words.join(", ")).data ?? null;
}

/** Resumable uploads, on their way to become files. */
export class Uploads {
  private readonly sessions = new Map<string, Session>();
  private readonly files: FileStore;

  constructor(files: FileStore) {
    this.files = files;
  }

  /** Begins an upload and names its session. Errors: Refusal. */
  start(headers: Headers, body: string): { readonly session: string; readonly granularity: number } {
    if (headers.get("x-goog-upload-protocol") !== "resumable")
      throw invalid("Only the resumable protocol is emulated.");
    if (headers.get("x-goog-upload-command") !== "start")
      throw invalid("X-Goog-Upload-Command must be start.");
    const length = Number(headers.get("x-goog-upload-header-content-length") ?? Number.NaN);
    if (!Number.isInteger(length) || length <= 0)
      throw invalid("The content length must be a positive number.");
    if (length > largestBytes) throw invalid(`Files must not exceed ${largestBytes} bytes.`);
    const { name, displayName, mimeType } = parseBody(body === "" ? "{}" : body, startSchema).file ?? {};
    const chosen = name ?? `files/${randomUUID().replaceAll("-", "").slice(0, 12)}`;
    this.assertFree(chosen);
    const session = randomUUID();
    this.sessions.set(session, {
      name: chosen,
      displayName: displayName ?? null,
      mimeType: mimeType ?? headers.get("x-goog-upload-header-content-type") ?? "application/octet-stream",
      startedMs: this.files.now(),
      received: new Received(join(this.files.directory, session), length),
      isFinal: false,
      arriving: null,
    });
    return { session, granularity };
  }

  /**
   * Takes one command of an upload. One that comes while the body of another is still arriving breaks that
   * one off, so that what it is told does not change behind its back. Errors: Refusal; whatever breaks the body.
   */
  async take(id: string, sent: Sent, fault: Fault | null): Promise<Taken> {
    const session = this.find(id);
    if (fault?.kind === "expired") throw this.drop(id, session);
    const command = readCommand(sent.headers);
    if (command === null) throw invalid("X-Goog-Upload-Command is not known.");
    while (session.arriving !== null) {
      session.arriving.breakOff();
      await session.arriving.ended;
    }
    if (session.isFinal) return this.answerEnded(session, command);
    const { received } = session;
    switch (command) {
      case "query":
        return active(received);
      case "cancel":
        this.drop(id, session);
        return { status: "cancelled", file: null, received: received.bytes };
      case "upload":
        await arrive(session, sent, false);
        if (fault?.kind === "short-receipt") received.cut(received.bytes - fault.bytes);
        return active(received);
      case "upload, finalize":
        await arrive(session, sent, true);
        return this.finalize(session, fault);
      case "finalize":
        received.assertWhole();
        return this.finalize(session, fault);
    }
  }

  private finalize(session: Session, fault: Fault | null): Taken {
    const { name, displayName, mimeType, received } = session;
    if (fault?.kind === "short-receipt") {
      received.cut(received.bytes - fault.bytes);
      return active(received);
    }
    session.isFinal = true;
    const { path, digest, length: sizeBytes } = received;
    const uploaded = { name, displayName, mimeType, path, digest, sizeBytes };
    const file = this.files.add(uploaded, fault?.kind === "processing" ? fault.ms : undefined);
    return { status: "final", file, received: sizeBytes };
  }

  /** An answer to finalize that was lost can be asked for again, for as long as there is the file. */
  private answerEnded({ name, received }: Session, command: z.infer<typeof commandSchema>): Taken {
    if (command !== "query") throw invalid("The upload has ended.");
    const file = this.files.list().find((one) => one.name === name);
    if (file === undefined) throw noSuchSession();
    return { status: "final", file, received: received.bytes };
  }

  private find(id: string): Session {
    const session = this.sessions.get(id);
    if (session === undefined) throw noSuchSession();
    if (this.files.now() >= session.startedMs + lifetimeMs) throw this.drop(id, session);
    return session;
  }

  /** Forgets a session, and what arrived, unless that is a file by now. */
  private drop(id: string, { received, isFinal, arriving }: Session): Refusal {
    arriving?.breakOff();
    this.sessions.delete(id);
    if (!isFinal) rmSync(received.path, { force: true });
    return noSuchSession();
  }

  private assertFree(name: string): void {
    if (!/^files\/(?=.{1,40}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
      throw invalid("File names are 40 lower-case letters, digits and dashes, no dash at either end.");
    }
    const isBusy = [...this.sessions.values()].some((session) => !session.isFinal && session.name === name);
    if (isBusy || this.files.has(name))
      throw new Refusal(409, "ALREADY_EXISTS", `Resource ${name} already exists.`);
  }
}

const noSuchSession = () => notFound("The upload is not known or has ended.");

const active = ({ bytes }: Received): Taken => ({ status: "active", file: null, received: bytes });

async function arrive(session: Session, { headers, body, breakOff }: Sent, isFinal: boolean): Promise<void> {
  const offset = Number(headers.get("x-goog-upload-offset") ?? Number.NaN);
  if (offset !== session.received.bytes)
    throw invalid(`The offset is ${offset}; ${session.received.bytes} bytes have arrived.`);
  const arrival = session.received.append(body, isFinal);
  const done = () => {
    session.arriving = null;
  };
  session.arriving = { breakOff, ended: arrival.then(done, done) };
  await arrival;
}
