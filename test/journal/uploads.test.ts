import { expect, test } from "vitest";
import {
  forgetUpload,
  keptUploads,
  leftUploads,
  noteUpload,
  type UploadNote,
} from "../../src/journal/uploads.ts";
import { type Circumstances, memoryWorld } from "../support/memory-world.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const hour = 3_600_000;
const account = { baseUrl: "https://example.com", owner: "abc" };
const note: UploadNote = {
  ...account,
  name: "files/gaudio-1",
  sizeBytes: 10,
  createdMs: now - hour,
  processId: 77,
  host: "here",
  keptDigest: null,
};

async function worldWith(notes: readonly UploadNote[], more: Circumstances = {}) {
  const { world, files } = memoryWorld([], { now, env: { XDG_STATE_HOME: "/state" }, ...more });
  for (const one of notes) await noteUpload(world, one);
  return { world, files };
}

const namesOf = (notes: readonly UploadNote[]) => notes.map(({ name }) => name);

test("what a process that has ended left behind is found, by the same account on the same machine", async () => {
  const { world } = await worldWith([
    note,
    { ...note, name: "files/gaudio-2", host: "there" },
    { ...note, name: "files/gaudio-3", owner: "def" },
    { ...note, name: "files/gaudio-4", baseUrl: "https://example.org" },
    { ...note, name: "files/gaudio-5", processId: 1_000 },
    { ...note, name: "files/gaudio-6", keptDigest: "d1" },
  ]);
  expect(namesOf(await leftUploads(world, account))).toEqual(["files/gaudio-1"]);
});

test("a cache that was left behind is found, too, and forgotten", async () => {
  const { world, files } = await worldWith([{ ...note, name: "cachedContents/abc123", sizeBytes: 0 }]);
  expect(namesOf(await leftUploads(world, account))).toEqual(["cachedContents/abc123"]);
  await forgetUpload(world, "cachedContents/abc123");
  expect(files.entries.size).toBe(0);
});

test("what a process that runs is using is nobody else's", async () => {
  const { world } = await worldWith([note], { running: [77] });
  expect(await leftUploads(world, account)).toEqual([]);
});

test("a kept upload is found by its size, until an hour before it expires", async () => {
  const kept = { ...note, keptDigest: "d1" };
  const { world, files } = await worldWith([
    kept,
    { ...kept, name: "files/gaudio-2", sizeBytes: 11 },
    { ...kept, name: "files/gaudio-3", createdMs: now - 47.5 * hour },
    { ...kept, name: "files/gaudio-4", createdMs: now - 49 * hour },
  ]);
  expect(namesOf(await keptUploads(world, { ...account, sizeBytes: 10 }))).toEqual(["files/gaudio-1"]);
  // What has expired is forgotten.
  expect([...files.entries.keys()]).toHaveLength(3);
});

test("what is forgotten is not found, and a later note takes the place of an earlier one", async () => {
  const { world, files } = await worldWith([note, { ...note, keptDigest: "d1" }]);
  expect([...files.entries.keys()]).toEqual(["/state/gaudio/uploads/gaudio-1.json"]);
  expect(await leftUploads(world, account)).toEqual([]);
  await forgetUpload(world, note.name);
  expect(await keptUploads(world, { ...account, sizeBytes: 10 })).toEqual([]);
});

test.each([
  ["no home", { env: {} }],
  ["a folder that takes no files", { readOnly: ["/state/gaudio/uploads"] }],
])("where there is %s, nothing is remembered, and nothing fails", async (_name, more) => {
  const { world } = await worldWith([note], more);
  expect(await leftUploads(world, account)).toEqual([]);
});

test("what is no note is left alone", async () => {
  const name = "/state/gaudio/uploads/odd.json";
  const files = {
    [name]: Buffer.from('{"name":"../../etc"}'),
    "/state/gaudio/uploads/cut.json": Buffer.from("{"),
  };
  const { world } = await worldWith([note], { files });
  expect(namesOf(await leftUploads(world, account))).toEqual(["files/gaudio-1"]);
});
