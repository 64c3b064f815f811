import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { Digester, digestOf, digestOfRecording } from "../../src/audio/digest.ts";
import { MemoryFiles, memoryReader, systemError } from "../support/memory-files.ts";

const { signal } = new AbortController();
const recording = { path: "a.mp3", name: "a.mp3" };
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test.each([[1], [1 << 20], [(1 << 20) + 1], [3_000_000]])("the SHA-256 of %i bytes", async (length) => {
  const bytes = randomBytes(length);
  const world = { files: new MemoryFiles({ "a.mp3": bytes }), signal };
  expect(await digestOfRecording(world, recording)).toBe(sha256(bytes));
});

test("what was counted already is not read again, nor counted twice", async () => {
  const bytes = randomBytes(2_000_000);
  const reader = memoryReader(bytes);
  const positions: number[] = [];
  const watched = {
    ...reader,
    readInto: (target: Uint8Array, position: number) => {
      positions.push(position);
      return reader.readInto(target, position);
    },
  };
  const digester = new Digester();
  digester.add(0, bytes.subarray(0, 1_500_000));
  digester.add(1_000_000, bytes.subarray(1_000_000, 1_600_000));
  expect(await digestOf(digester, watched, signal)).toBe(sha256(bytes));
  expect(positions).toEqual([1_600_000]);
});

test("no more than a block is in memory, however long the file is and however short the reads are", async () => {
  const sizeBytes = 20_000_000;
  const targets = new Set<ArrayBufferLike>();
  const reader = {
    ...memoryReader({ head: new Uint8Array(), sizeBytes }),
    readInto: async (target: Uint8Array) => {
      targets.add(target.buffer);
      const length = Math.min(target.length, 300_000);
      target.fill(0, 0, length);
      return length;
    },
  };
  expect(await digestOf(new Digester(), reader, signal)).toBe(sha256(new Uint8Array(sizeBytes)));
  expect([...targets].map(({ byteLength }) => byteLength)).toEqual([1 << 20]);
});

test("a recording that gets shorter meanwhile has no digest", async () => {
  const files = new MemoryFiles({ "a.mp3": new Uint8Array(10) });
  files.open = async () => ({ ...memoryReader(new Uint8Array(10)), sizeBytes: 11 });
  const failing = digestOfRecording({ files, signal }, recording);
  await expect(failing).rejects.toMatchObject({
    kind: "input",
    file: "a.mp3",
    message: expect.stringMatching(/^a\.mp3: .* got shorter/),
  });
});

test("a recording on a broken disk has no digest", async () => {
  const files = new MemoryFiles({ "a.mp3": new Uint8Array(10) });
  const readInto = () => Promise.reject(systemError("EIO"));
  files.open = async () => ({ ...memoryReader(new Uint8Array(10)), readInto });
  const failing = digestOfRecording({ files, signal }, recording);
  await expect(failing).rejects.toMatchObject({
    kind: "input",
    message: "a.mp3: cannot be read: input/output error",
  });
});

test("a run that is stopped reads no further", async () => {
  const world = { files: new MemoryFiles({ "a.mp3": new Uint8Array(10) }), signal: AbortSignal.abort() };
  await expect(digestOfRecording(world, recording)).rejects.toThrow("aborted");
});
