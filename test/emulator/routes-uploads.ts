import { createHash } from "node:crypto";
import type { Fault } from "./faults.ts";
import { describeFile, type StoredFile } from "./files.ts";
import { type Exchange, send } from "./http.ts";
import { meet } from "./meet.ts";
import type { Service } from "./routes.ts";
import { readCommand, type Taken } from "./uploads.ts";

/** Begins an upload. Errors: Refusal; Broken. */
export function startUpload(
  { uploads, faults, origin }: Service,
  exchange: Exchange,
  headers: Headers,
): Promise<void> {
  return meet(faults, exchange, {
    route: "upload.start",
    work: async (fault) => uploads.start(headers, await exchange.body.text(fault)),
    answer: ({ session, granularity }) => {
      exchange.response.writeHead(200, {
        "x-goog-upload-url": `${origin()}/upload/v1beta/files?upload_id=${session}&upload_protocol=resumable`,
        "x-goog-upload-chunk-granularity": String(granularity),
        "x-goog-upload-status": "active",
      });
      exchange.response.end();
    },
  });
}

interface UploadRequest {
  readonly headers: Headers;
  readonly session: string;
}

/** Takes a command to an upload. No fault strikes a cancel. Errors: Refusal; Broken. */
export async function takeUpload(
  { uploads, faults, origin }: Service,
  exchange: Exchange,
  { headers, session }: UploadRequest,
): Promise<void> {
  const { body, response } = exchange;
  const work = (fault: Fault | null) =>
    uploads.take(session, { headers, body: body.receive(fault), breakOff: () => body.breakOff() }, fault);
  const answer = (taken: Taken, fault: Fault | null) => {
    const { status, file, received } = taken;
    send(response, {
      status: 200,
      headers: { "x-goog-upload-size-received": String(received), "x-goog-upload-status": status },
      body: file === null ? "" : JSON.stringify({ file: describeFile(falsified(file, fault), origin()) }),
    });
  };
  const command = readCommand(headers);
  if (command === "cancel") return answer(await work(null), null);
  const isFinal = command?.endsWith("finalize") === true;
  return meet(faults, exchange, {
    route: command === "query" ? "upload.query" : "upload.send",
    canStrike: ({ kind }) => isFinal || !["wrong-size", "wrong-hash", "processing"].includes(kind),
    work,
    answer,
  });
}

function falsified(file: StoredFile, fault: Fault | null): StoredFile {
  if (fault?.kind === "wrong-size") return { ...file, sizeBytes: file.sizeBytes - 1 };
  if (fault?.kind !== "wrong-hash") return file;
  return { ...file, digest: createHash("sha256").update(file.digest).digest("hex") };
}
