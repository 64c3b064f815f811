import { expect, test } from "vitest";
import { readKey } from "../../src/gemini/key.ts";
import { type MemoryEntry, MemoryFiles } from "../support/memory-files.ts";

function keyFrom(
  env: Record<string, string>,
  keyFile: string | null = null,
  files: Record<string, MemoryEntry> = {},
) {
  return readKey({ env, files: new MemoryFiles(files) }, keyFile);
}

test.each([
  [{ GEMINI_API_KEY: "a", GOOGLE_API_KEY: "b" }, "a"],
  [{ GEMINI_API_KEY: "", GOOGLE_API_KEY: "b" }, "b"],
  [{ GOOGLE_API_KEY: " b\n" }, "b"],
])("from %j comes %s", async (env, key) => {
  expect(await keyFrom(env)).toBe(key);
});

test("a key file wins over the environment, its line end left out", async () => {
  expect(await keyFrom({ GEMINI_API_KEY: "a" }, "key", { key: Buffer.from("AQ.c\n") })).toBe("AQ.c");
});

test.each<readonly [string, Record<string, string>, string | null, Record<string, MemoryEntry>]>([
  ["no key anywhere", {}, null, {}],
  ["a key with a space inside", { GEMINI_API_KEY: "a b" }, null, {}],
  ["a key with a newline inside", { GEMINI_API_KEY: "a\nb" }, null, {}],
  ["a key file that is not there", { GEMINI_API_KEY: "a" }, "key", {}],
  ["a key file that is empty", {}, "key", { key: Buffer.from("\n") }],
  ["a key file that may not be read", {}, "key", { key: "unreadable" }],
  ["a key file that is a directory", {}, "key", { key: "directory" }],
  ["a recording named by mistake", {}, "key", { key: { head: new Uint8Array(0), sizeBytes: 5_000_000 } }],
])("%s is a failure of the key, with where to get one", async (_, env, keyFile, files) => {
  await expect(keyFrom(env, keyFile, files)).rejects.toMatchObject({
    kind: "key",
    hint: expect.stringMatching(/GEMINI_API_KEY.*https:\/\/aistudio\.google\.com/),
  });
});
