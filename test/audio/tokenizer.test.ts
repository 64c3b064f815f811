import { EndOfStreamError } from "strtok3/core";
import { expect, test } from "vitest";
import { ReaderTokenizer } from "../../src/audio/tokenizer.ts";
import { memoryReader } from "../support/memory-files.ts";

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);

function tokenizer() {
  const reads: number[] = [];
  const reader = {
    ...memoryReader(bytes),
    read: async (position: number, length: number) => {
      reads.push(length);
      return bytes.subarray(position, position + length);
    },
  };
  return { reads, tokens: new ReaderTokenizer(reader) };
}

test("many small reads are few large ones of the file", async () => {
  const { reads, tokens } = tokenizer();
  const target = new Uint8Array(100);
  for (let at = 0; at < bytes.length; at += 100) {
    await tokens.readBuffer(target);
    expect(target[0]).toBe(at % 251);
  }
  expect(reads.length).toBe(3);
});

test("peeking leaves the position, reading moves it, and any position can be asked for", async () => {
  const { tokens } = tokenizer();
  const target = new Uint8Array(4);
  await tokens.peekBuffer(target);
  expect([...target]).toEqual([0, 1, 2, 3]);
  await tokens.readBuffer(target);
  await tokens.readBuffer(target);
  expect([...target]).toEqual([4, 5, 6, 7]);
  await tokens.readBuffer(target, { position: 2_000_000 });
  expect(target[0]).toBe(2_000_000 % 251);
  expect(tokens.position).toBe(2_000_004);
});

test("the end of the file is an error, unless less is allowed", async () => {
  const { tokens } = tokenizer();
  tokens.setPosition(bytes.length - 2);
  await expect(tokens.readBuffer(new Uint8Array(4))).rejects.toBeInstanceOf(EndOfStreamError);
  expect(await tokens.readBuffer(new Uint8Array(4), { mayBeLess: true })).toBe(2);
});
