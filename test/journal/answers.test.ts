import { expect, test } from "vitest";
import { forgetAnswer, keepAnswer, keptAnswer } from "../../src/journal/answers.ts";
import type { Collected } from "../../src/transcript/collect.ts";
import { type Circumstances, memoryWorld } from "../support/memory-world.ts";
import { answer, answersIn, idOf, now, pathOf } from "./kept.ts";

const id = idOf("a", "1");
const path = pathOf(id);

function worldWith(more: Circumstances = {}) {
  return memoryWorld([], { now, env: { XDG_STATE_HOME: "/state" }, ...more });
}

test("an answer that was kept is there as it was", async () => {
  const { world, files } = worldWith();
  await keepAnswer(world, id, answer);
  expect(answersIn(files)).toEqual([path]);
  const kept = await keptAnswer(world, id);
  const collected: Collected | undefined = kept?.collected;
  expect({ ...kept, collected }).toEqual(answer);
  expect(await keptAnswer(world, idOf("a", "2"))).toBeNull();
  expect(await keptAnswer(world, idOf("b", "1"))).toBeNull();
});

test.each([
  ["truncated", { kind: "truncated" }],
  ["looping", { kind: "looping" }],
  ["blocked", { kind: "blocked", by: "SAFETY" }],
  ["stopped", { kind: "stopped", by: "OTHER" }],
] as const)("so is one that ended %s", async (_name, end) => {
  const { world } = worldWith();
  const other = { ...answer, collected: { ...answer.collected, end } };
  await keepAnswer(world, id, other);
  expect(await keptAnswer(world, id)).toEqual(other);
});

test("one that was cut off is not kept", async () => {
  const { world, files } = worldWith();
  const end = { kind: "cut", failure: null } as const;
  await keepAnswer(world, id, { ...answer, collected: { ...answer.collected, end } });
  expect(answersIn(files)).toEqual([]);
});

test("what a person may read of it is the text and the recording's name, and nothing of where the audio was", async () => {
  const { world, files } = worldWith();
  const piece = { ...answer.piece, file: "/home/ann/talk.mp3" };
  await keepAnswer(world, id, { ...answer, piece });
  const text = files.text(path) ?? "";
  expect(text).toContain("Good morning.");
  expect(text).toContain('"recording":"talk.mp3"');
  expect(text).not.toContain("/home/ann");
});

test("the same answer kept by several runs at once is whole, and nothing else is left", async () => {
  const { world, files } = worldWith();
  await Promise.all(Array.from({ length: 8 }, () => keepAnswer(world, id, answer)));
  expect(answersIn(files)).toEqual([path]);
  expect(await keptAnswer(world, id)).toEqual(answer);
});

test("an answer that is not believed is forgotten, once and again", async () => {
  const { world } = worldWith();
  await keepAnswer(world, id, answer);
  await forgetAnswer(world, id);
  await forgetAnswer(world, id);
  expect(await keptAnswer(world, id)).toBeNull();
});

test("after 30 days an answer does not count, removed or not", async () => {
  const { world, files } = worldWith();
  await keepAnswer(world, id, answer);
  const days = (count: number) =>
    worldWith({ files: Object.fromEntries(files.entries), now: now + count * 24 * 3_600_000 }).world;
  expect(await keptAnswer(days(29), id)).toEqual(answer);
  expect(await keptAnswer(days(30), id)).toBeNull();
});

test.each([
  ["there is no home", { env: {} }],
  ["the folder takes no files", { readOnly: ["/state/gaudio/answers/aaaaaaaaaaaaaaaa"] }],
])("where %s, nothing is kept, and nothing fails", async (_name, more) => {
  const { world } = worldWith(more);
  await keepAnswer(world, id, answer);
  expect(await keptAnswer(world, id)).toBeNull();
  await forgetAnswer(world, id);
});

test("a file that cannot be read is no answer", async () => {
  const { world } = worldWith({ files: { [path]: "unreadable" } });
  expect(await keptAnswer(world, id)).toBeNull();
});

test("a disk that is full in the middle of an answer leaves no part of it", async () => {
  const { world, files } = worldWith();
  const full = {
    create: async (name: string, content: AsyncIterable<Uint8Array>) => {
      await files.create(name, content);
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    },
  };
  const broken = Object.assign(Object.create(files), full);
  await keepAnswer({ ...world, files: broken }, id, answer);
  expect(answersIn(files)).toEqual([]);
});

test("an answer that is torn anywhere is no answer", async () => {
  const { world, files } = worldWith();
  await keepAnswer(world, id, answer);
  const whole = Buffer.from(files.text(path) ?? "");
  for (let length = 0; length < whole.length; length += 1) {
    files.entries.set(path, whole.subarray(0, length));
    expect(await keptAnswer(world, id), `${length} bytes`).toBeNull();
  }
});

test.each<[string, (entry: Record<string, unknown>) => unknown]>([
  ["of another version", (entry) => ({ ...entry, version: 2 })],
  ["of another recording", (entry) => ({ ...entry, contentDigest: "b".repeat(64) })],
  ["of another question", (entry) => ({ ...entry, key: "2".repeat(64) })],
  ["with more in it", (entry) => ({ ...entry, more: 1 })],
  ["with less in it", ({ notes: _notes, ...entry }) => entry],
  ["with a text that is none", (entry) => ({ ...entry, collected: { ...answer.collected, text: 7 } })],
  [
    "that was cut off",
    (entry) => ({ ...entry, collected: { ...answer.collected, end: { kind: "cut", failure: null } } }),
  ],
  ["with a piece of no length", (entry) => ({ ...entry, piece: { ...answer.piece, duration: null } })],
  ["that is a list", (entry) => [entry]],
])("a foreign entry, %s, is ignored", async (_name, change) => {
  const { world, files } = worldWith();
  await keepAnswer(world, id, answer);
  const entry = JSON.parse(files.text(path) ?? "");
  files.entries.set(path, Buffer.from(JSON.stringify(entry)));
  expect(await keptAnswer(world, id)).toEqual(answer);
  files.entries.set(path, Buffer.from(JSON.stringify(change(entry))));
  expect(await keptAnswer(world, id)).toBeNull();
});

test("a file that is too large to be an answer is not read", async () => {
  const { world } = worldWith({ files: { [path]: { head: Buffer.from("{"), sizeBytes: 5e9 } } });
  expect(await keptAnswer(world, id)).toBeNull();
});
