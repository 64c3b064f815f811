import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepAnswer } from "../../src/journal/answers.ts";
import type { AnswerId } from "../../src/journal/kept-answer.ts";
import { pruneAnswers } from "../../src/journal/prune.ts";
import { clearAnswers, listAnswers } from "../../src/journal/recordings.ts";
import { SystemFiles } from "../../src/system/files.ts";
import type { MemoryEntry } from "../support/memory-files.ts";
import { type Circumstances, memoryWorld } from "../support/memory-world.ts";
import { answer, answersIn, idOf, now, pathOf } from "./kept.ts";

const day = 24 * 3_600_000;

interface Kept {
  readonly id: AnswerId;
  readonly recording?: string;
  readonly age?: number;
}

async function worldWith(kept: readonly Kept[], more: Circumstances = {}) {
  const { world, files } = memoryWorld([], { now, env: { XDG_STATE_HOME: "/state" }, ...more });
  for (const { id, recording = "talk.mp3", age = 0 } of kept) {
    await keepAnswer(world, id, { ...answer, recording });
    files.modifiedMs.set(pathOf(id), now - age);
  }
  const put = (path: string, entry: MemoryEntry, age: number) => {
    files.entries.set(path, entry);
    files.modifiedMs.set(path, now - age);
  };
  return { world, files, put };
}

const huge = (sizeBytes: number) => ({ head: new Uint8Array(), sizeBytes });

test("pruning drops what is older than 30 days, and nothing else", async () => {
  const [young, old] = [idOf("a", "1"), idOf("a", "2")];
  const { world, files } = await worldWith([
    { id: young, age: 29 * day },
    { id: old, age: 31 * day },
  ]);
  await pruneAnswers(world);
  expect(answersIn(files)).toEqual([pathOf(young)]);
});

test("pruning drops the oldest beyond a gigabyte", async () => {
  const { world, files, put } = await worldWith([]);
  put(pathOf(idOf("a", "1")), huge(4e8), 3 * day);
  put(pathOf(idOf("b", "1")), huge(4e8), 1 * day);
  put(pathOf(idOf("c", "1")), huge(4e8), 2 * day);
  await pruneAnswers(world);
  expect(answersIn(files)).toEqual([pathOf(idOf("b", "1")), pathOf(idOf("c", "1"))]);
});

test("pruning drops what a killed run has left half written, and lets others write", async () => {
  const { world, files, put } = await worldWith([]);
  const path = pathOf(idOf("a", "1"));
  put(`${path}.000000000001`, huge(10), 61 * 60_000);
  put(`${path}.000000000002`, huge(10), 59 * 60_000);
  await pruneAnswers(world);
  expect(answersIn(files)).toEqual([`${path}.000000000002`]);
});

test("pruning leaves alone what is not gaudio's", async () => {
  const { world, files, put } = await worldWith([]);
  const others = ["notes.txt", "aaaaaaaaaaaaaaaa/notes.txt", "mine/1.json"].map(
    (name) => `/state/gaudio/answers/${name}`,
  );
  for (const path of others) put(path, huge(2e9), 365 * day);
  await pruneAnswers(world);
  await clearAnswers(world, await listAnswers(world));
  expect(answersIn(files)).toEqual(others);
});

test.each([
  ["there is no home", { env: {} }],
  ["nothing can be removed", { readOnly: ["/state/gaudio/answers/aaaaaaaaaaaaaaaa"] }],
])("where %s, pruning does nothing, and does not fail", async (_name, more) => {
  const { world, files, put } = await worldWith([], more);
  const path = pathOf(idOf("a", "1"));
  put(path, huge(1), 31 * day);
  await pruneAnswers(world);
  expect(answersIn(files)).toEqual([path]);
});

test("the list tells of each recording what is kept, the latest first", async () => {
  const { world, put } = await worldWith([
    { id: idOf("a", "1"), age: 3 * day, recording: "old name.mp3" },
    { id: idOf("a", "2"), age: 2 * day, recording: "new name.mp3" },
    { id: idOf("b", "1"), age: 1 * day },
  ]);
  put(pathOf(idOf("c", "1")), Buffer.from("{"), 4 * day);
  put(`${pathOf(idOf("c", "2"))}.000000000001`, huge(9), 5 * day);
  const sizeBytes = expect.any(Number);
  expect(await listAnswers(world)).toEqual([
    { digest: "b".repeat(16), name: "talk.mp3", answers: 1, sizeBytes, newestMs: now - day },
    { digest: "a".repeat(16), name: "new name.mp3", answers: 2, sizeBytes, newestMs: now - 2 * day },
    { digest: "c".repeat(16), name: null, answers: 1, sizeBytes: 10, newestMs: now - 4 * day },
  ]);
});

test("clearing takes the recordings that are named, with what is half written, and tells how much", async () => {
  const { world, files, put } = await worldWith([{ id: idOf("b", "1") }]);
  put(pathOf(idOf("a", "1")), huge(100), 0);
  put(pathOf(idOf("a", "2")), huge(10), 0);
  put(`${pathOf(idOf("a", "3"))}.000000000001`, huge(1), 0);
  expect(await clearAnswers(world, [{ digest: "a".repeat(16) }])).toEqual({ answers: 2, sizeBytes: 111 });
  expect(answersIn(files)).toEqual([pathOf(idOf("b", "1"))]);
});

test("what cannot be removed is not told as removed", async () => {
  const readOnly = ["/state/gaudio/answers/aaaaaaaaaaaaaaaa"];
  const { world, put } = await worldWith([], { readOnly });
  put(pathOf(idOf("a", "1")), huge(100), 0);
  await expect(clearAnswers(world, [{ digest: "a".repeat(16) }])).rejects.toThrow("EROFS");
});

test("on a disk, an answer is for the user alone, and clearing leaves no folder behind", async () => {
  const state = mkdtempSync(join(tmpdir(), "gaudio-test-"));
  try {
    const { world } = memoryWorld([], { now, env: { XDG_STATE_HOME: state } });
    const onDisk = { ...world, files: new SystemFiles() };
    await keepAnswer(onDisk, idOf("a", "1"), answer);
    await keepAnswer(onDisk, idOf("a", "1"), answer);
    await keepAnswer(onDisk, idOf("a", "2"), answer);
    await keepAnswer(onDisk, idOf("b", "1"), answer);
    const answers = join(state, "gaudio", "answers");
    const modeOf = (...path: string[]) => (statSync(join(answers, ...path)).mode & 0o777).toString(8);
    expect([modeOf(), modeOf("a".repeat(16)), modeOf("a".repeat(16), `${"1".repeat(64)}.json`)]).toEqual([
      "700",
      "700",
      "600",
    ]);
    writeFileSync(join(answers, "b".repeat(16), "notes.txt"), "not gaudio's");
    const listed = await listAnswers(onDisk);
    expect(listed.map(({ digest }) => digest).toSorted()).toEqual(["a".repeat(16), "b".repeat(16)]);
    expect(await clearAnswers(onDisk, listed)).toMatchObject({ answers: 3 });
    expect(readdirSync(answers)).toEqual(["b".repeat(16)]);
    expect(readdirSync(join(answers, "b".repeat(16)))).toEqual(["notes.txt"]);
  } finally {
    rmSync(state, { recursive: true });
  }
});
