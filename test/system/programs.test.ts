import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPrograms } from "../../src/system/programs.ts";

const { kill, platform } = process;
const env = { ...process.env, GEMINI_API_KEY: "AQ.sentinel" };
const programs = createPrograms({ env, kill, platform });
const limits = { timeoutMs: 10_000, signal: new AbortController().signal };

/** Runs a script in another node. */
function node(script: string, changes: Partial<Parameters<typeof programs.run>[2]> = {}) {
  return programs.run("node", ["-e", script], { ...limits, ...changes });
}

test("a program is found on the PATH, or not", async () => {
  expect(await programs.has("node")).toBe(true);
  expect(await programs.has("no-such-program")).toBe(false);
  expect(await createPrograms({ env: {}, kill, platform }).has("node")).toBe(false);
});

test("its exit code and what it says on stderr are told", async () => {
  expect(await node("console.error('oh'); process.exitCode = 3")).toEqual({ exitCode: 3, said: "oh\n" });
});

test("of much that is said, the beginning and the end are kept", async () => {
  const { said } = await node("console.error('begin' + '.'.repeat(1e6) + 'end')");
  expect(said).toMatch(/^begin\..*\.end\n$/);
  expect(said.length).toBeLessThan(20_000);
});

test("its environment holds no key", async () => {
  let output = "";
  await node("process.stdout.write(JSON.stringify(process.env))", {
    onOutput: (bytes) => {
      output += Buffer.from(bytes).toString();
      return true;
    },
  });
  expect(Object.keys(JSON.parse(output)).toSorted()).toEqual(["LC_ALL", "PATH"]);
});

test("it is ended when nothing more of it is wanted", async () => {
  expect(await node("setInterval(() => process.stdout.write('.'), 10)", { onOutput: () => false })).toEqual({
    exitCode: null,
    said: "",
  });
});

test("it is ended when it takes too long", async () => {
  await expect(node("setInterval(() => {}, 10)", { timeoutMs: 200 })).rejects.toThrow("it takes too long");
});

test("it is not waited for when what it started holds on to its output", async () => {
  const script =
    "require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); setInterval(() => {}, 10)";
  await expect(node(script, { timeoutMs: 400 })).rejects.toThrow("it takes too long");
});

test("a folder of its name is no program", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gaudio-programs-"));
  mkdirSync(join(folder, "tool"));
  expect(await createPrograms({ env: { PATH: folder }, kill, platform }).has("tool")).toBe(false);
  rmSync(folder, { recursive: true });
});

test("it is ended with the run, for the run's reason", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("stopped by SIGINT")), 200);
  await expect(node("setInterval(() => {}, 10)", { signal: stop.signal })).rejects.toThrow(
    "stopped by SIGINT",
  );
});

test("one that is not there cannot be started", async () => {
  await expect(programs.run("no-such-program", [], limits)).rejects.toThrow("ENOENT");
});
