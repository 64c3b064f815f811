import { createHash } from "node:crypto";
import { sentinelKey, type TestService } from "../support/service.ts";

/** An answer of the emulator, read whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export const mebibyte = 1024 * 1024;

/** The one way of the tests to speak to the emulator without gaudio. */
export async function ask(service: TestService, route: string, init: RequestInit = {}): Promise<Answered> {
  const url = route.startsWith("http") ? route : `${service.emulator.url}${route}`;
  const response = await fetch(url, {
    ...init,
    headers: { "x-goog-api-key": sentinelKey, ...init.headers },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Begins an upload of a file that is described so. */
export function beginUpload(service: TestService, length: number, file: object = {}): Promise<Answered> {
  return ask(service, "/upload/v1beta/files", {
    method: "POST",
    body: JSON.stringify({ file }),
    headers: {
      "x-goog-upload-protocol": "resumable",
      "x-goog-upload-command": "start",
      "x-goog-upload-header-content-length": String(length),
      "x-goog-upload-header-content-type": "audio/wav",
    },
  });
}

/** Begins an upload, and tells where to send it. */
export async function startUpload(service: TestService, length: number, file: object = {}): Promise<string> {
  const { headers } = await beginUpload(service, length, file);
  return headers.get("x-goog-upload-url") ?? "";
}

interface Command {
  readonly command: string;
  readonly offset?: number;
  readonly body?: Uint8Array;
}

/** Sends one command of an upload. Errors: TypeError when the connection breaks. */
export async function transfer(service: TestService, url: string, { command, offset = 0, body }: Command) {
  const answered = await ask(service, url, {
    method: "POST",
    headers: { "x-goog-upload-command": command, "x-goog-upload-offset": String(offset) },
    body: body ?? null,
  });
  const { status, headers, text } = answered;
  return {
    status,
    state: headers.get("x-goog-upload-status"),
    received: Number(headers.get("x-goog-upload-size-received") ?? Number.NaN),
    file: text.startsWith('{"file"') ? JSON.parse(text).file : null,
    text,
  };
}

/** Uploads in one request. */
export async function uploadWhole(service: TestService, body: Uint8Array, file: object = {}) {
  const url = await startUpload(service, body.length, file);
  return { url, ...(await transfer(service, url, { command: "upload, finalize", body })) };
}

/** Bytes of which no two mebibytes are the same. */
export function sampleBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 4096) bytes.fill((at / 4096) * 31 + (at >> 20), at, at + 4096);
  return bytes;
}

/** A hash as the service describes it: base64 of hex. */
export function hashOf(bytes: Uint8Array): string {
  return Buffer.from(createHash("sha256").update(bytes).digest("hex")).toString("base64");
}

/** Asks, and reads JSON. */
export async function askJson(service: TestService, route: string, init: RequestInit = {}) {
  const { status, headers, text } = await ask(service, route, init);
  return { status, headers, json: text === "" ? null : JSON.parse(text) };
}

/** Posts JSON, and reads JSON. */
export function post(service: TestService, route: string, body: object) {
  return askJson(service, route, { method: "POST", body: JSON.stringify(body) });
}

/** The events of a stream: what each is called, and what it carries; `[DONE]` as it is. */
export function eventsIn(text: string) {
  return text
    .split(/\r?\n\r?\n/)
    .filter((event) => event !== "")
    .map((event) => {
      const name = /^event: (.*)$/m.exec(event)?.[1] ?? null;
      const data = /^data: (.*)$/m.exec(event)?.[1] ?? "";
      return { name, data: data === "[DONE]" ? data : JSON.parse(data) };
    });
}
