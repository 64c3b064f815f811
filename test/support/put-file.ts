import { randomUUID } from "node:crypto";
import { sentinelKey } from "./service.ts";

interface PutFile {
  readonly url: string;
  readonly id?: string;
  readonly displayName?: string;
  readonly mimeType?: string;
  readonly bytes?: Uint8Array;
}

/** Puts a file on an emulator as another program would: without gaudio. Answers its name. */
export async function putFile({
  url,
  id = `other-${randomUUID().slice(0, 8)}`,
  displayName,
  mimeType = "audio/mp3",
  bytes = Buffer.from("any bytes"),
}: PutFile): Promise<string> {
  const name = `files/${id}`;
  const started = await fetch(`${url}/upload/v1beta/files`, {
    method: "POST",
    headers: {
      "x-goog-api-key": sentinelKey,
      "X-Goog-Upload-Protocol": "resumable",
      "X-Goog-Upload-Command": "start",
      "X-Goog-Upload-Header-Content-Length": String(bytes.length),
    },
    body: JSON.stringify({ file: { name, mimeType, ...(displayName !== undefined && { displayName }) } }),
  });
  const sent = await fetch(started.headers.get("x-goog-upload-url") ?? "", {
    method: "POST",
    headers: { "X-Goog-Upload-Command": "upload, finalize", "X-Goog-Upload-Offset": "0" },
    body: Buffer.from(bytes),
  });
  if (!sent.ok) throw new Error(`${name} was not taken: ${sent.status} ${await sent.text()}`);
  return name;
}
