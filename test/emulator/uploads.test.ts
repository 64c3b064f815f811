import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { ask, hashOf, mebibyte, sampleBytes, startUpload, transfer, uploadWhole } from "./client.ts";

const service = useEmulator({ leavesFiles: true });
const bytes = sampleBytes(40 * mebibyte + 5);

/** Sends the beginning of a body and no more; `cut` breaks the connection. */
async function sendHalf(url: string, half: Uint8Array) {
  const sending = request(url, {
    method: "POST",
    headers: {
      "x-goog-upload-command": "upload, finalize",
      "x-goog-upload-offset": "0",
      "content-length": bytes.length,
    },
  });
  const broken = new Promise<void>((resolve) => sending.on("error", () => resolve()));
  sending.write(half);
  await expect.poll(() => service.emulator.requests.at(-1)?.bodyBytes).toBe(half.length);
  return { cut: () => sending.destroy(), broken };
}

test("40 MB arrive in one request, and the file is described as they are", async () => {
  const { status, state, received, file } = await uploadWhole(service, bytes);
  expect({ status, state, received }).toEqual({ status: 200, state: "final", received: bytes.length });
  expect(file).toMatchObject({
    sizeBytes: String(bytes.length),
    sha256Hash: hashOf(bytes),
    createTime: expect.stringMatching(/Z$/),
    expirationTime: expect.stringMatching(/Z$/),
  });
  expect(Date.parse(file.expirationTime) - Date.parse(file.createTime)).toBe(48 * 3_600_000);
  expect(service.emulator.requests.at(-1)).toMatchObject({ body: "", bodyBytes: bytes.length });
});

test("a body that breaks is kept to a multiple of 8 MiB, and the rest makes it whole", async () => {
  const url = await startUpload(service, bytes.length);
  const { cut } = await sendHalf(url, bytes.subarray(0, 19 * mebibyte + 7));
  cut();
  await sleep(50);
  const query = await transfer(service, url, { command: "query" });
  expect(query).toMatchObject({ status: 200, state: "active", received: 16 * mebibyte, text: "" });
  expect(service.emulator.requests.at(-2)?.bodyBytes).toBe(19 * mebibyte + 7);
  const rest = { offset: query.received, body: bytes.subarray(query.received) };
  const last = await transfer(service, url, { command: "upload, finalize", ...rest });
  expect(last).toMatchObject({ state: "final", received: bytes.length, file: { sha256Hash: hashOf(bytes) } });
});

test("a query breaks off the body that is still arriving, so that its answer stays true", async () => {
  const url = await startUpload(service, bytes.length);
  const { broken } = await sendHalf(url, bytes.subarray(0, 9 * mebibyte));
  expect((await transfer(service, url, { command: "query" })).received).toBe(8 * mebibyte);
  await broken;
  const wrong = await transfer(service, url, { command: "upload", offset: 16 * mebibyte });
  expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("8388608 bytes have arrived") });
});

test("a query after the end answers with the file, for as long as there is one; nothing else is taken", async () => {
  const { url, file } = await uploadWhole(service, sampleBytes(1_000));
  const again = await transfer(service, url, { command: "query" });
  expect(again).toMatchObject({ status: 200, state: "final", received: 1_000, file: { name: file.name } });
  for (const command of ["upload", "finalize", "upload, finalize", "cancel"])
    expect((await transfer(service, url, { command, offset: 1_000 })).status).toBe(400);
  await ask(service, `/v1beta/${file.name}`, { method: "DELETE" });
  expect((await transfer(service, url, { command: "query" })).status).toBe(404);
});

test("a session that was cancelled, one that has expired and one that never was: 404", async () => {
  const cancelled = await startUpload(service, 10);
  expect((await transfer(service, cancelled, { command: "cancel" })).state).toBe("cancelled");
  const expired = await startUpload(service, 10);
  service.emulator.faults.add("upload.query", { kind: "expired" });
  const unknown = expired.replace("upload_id=", "upload_id=0");
  for (const url of [expired, expired, cancelled, unknown])
    expect((await transfer(service, url, { command: "query" })).status).toBe(404);
});

test.each([
  ["longer than announced", "upload, finalize", 17 * mebibyte],
  ["shorter than announced", "upload, finalize", 15 * mebibyte],
  ["no multiple of the granularity", "upload", 8 * mebibyte + 1],
])("a body that is %s is refused whole", async (_, command, length) => {
  const url = await startUpload(service, 16 * mebibyte);
  await transfer(service, url, { command: "upload", body: bytes.subarray(0, 8 * mebibyte) });
  const body = bytes.subarray(8 * mebibyte, length + (command === "upload" ? 8 * mebibyte : 0));
  expect(await transfer(service, url, { command, offset: 8 * mebibyte, body })).toMatchObject({
    status: 400,
  });
  expect(service.emulator.requests.at(-1)?.bodyBytes).toBe(body.length);
  expect((await transfer(service, url, { command: "query" })).received).toBe(8 * mebibyte);
});

test("an upload that is all there can be finalized without another byte", async () => {
  const body = bytes.subarray(0, 16 * mebibyte);
  const url = await startUpload(service, body.length);
  expect((await transfer(service, url, { command: "finalize" })).status).toBe(400);
  await transfer(service, url, { command: "upload", body });
  const { state, file } = await transfer(service, url, { command: "finalize" });
  expect({ state, hash: file.sha256Hash }).toEqual({ state: "final", hash: hashOf(body) });
});
