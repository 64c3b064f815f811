import { join } from "node:path";
import { expect, test } from "vitest";
import type { runJob as RunJob } from "../../src/system/jobs.ts";
import { fixturePath, projectRoot } from "../support/fixtures.ts";

// The thread is loaded from what was built.
const { runJob }: { runJob: typeof RunJob } = await import(join(projectRoot, "dist/src/system/jobs.js"));
const job = { kind: "measure-packets", path: fixturePath("dialogue.m4a"), track: 0 } as const;
const signal = new AbortController().signal;

test("a job is done in a thread of its own", async () => {
  const outcome = await runJob(process, job, { timeoutMs: 10_000, signal });
  expect(outcome).toMatchObject({ kind: "measured", walk: { codec: "aac" } });
});

test("one that computes for too long is ended", async () => {
  const flac = { kind: "measure-loudness", path: fixturePath("dialogue.flac"), key: "flac" } as const;
  await expect(runJob(process, flac, { timeoutMs: 1, signal })).rejects.toThrow("it takes too long");
});

test("one that fails tells why", async () => {
  const gone = { ...job, path: "/no/such/file" };
  await expect(runJob(process, gone, { timeoutMs: 10_000, signal })).rejects.toThrow("ENOENT");
});

test("it is ended with the run, for the run's reason", async () => {
  const stop = new AbortController();
  const done = runJob(process, job, { timeoutMs: 10_000, signal: stop.signal });
  stop.abort(new Error("stopped by SIGINT"));
  await expect(done).rejects.toThrow("stopped by SIGINT");
});
