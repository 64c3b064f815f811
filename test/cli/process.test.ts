import { execFile, spawn } from "node:child_process";
import { existsSync, lstatSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { dialogueTurns, fixturePath, projectRoot } from "../support/fixtures.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { toneWav } from "../support/tone.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator();
const folder = useFolder();

const env = (more: Record<string, string> = {}) => ({
  GEMINI_API_KEY: sentinelKey,
  GOOGLE_GEMINI_BASE_URL: service.emulator.url,
  GAUDIO_MODEL: generalModel,
  TMPDIR: folder.path,
  ...more,
});

function gaudio(...argv: string[]) {
  return spawnGaudio(argv, env());
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const asked = () => service.emulator.requests.some(({ url }) => url.includes("GenerateContent"));

test("the built gaudio transcribes a file", async () => {
  const outcome = await outcomeOf(gaudio("transcribe", "fixtures/dialogue.mp3", "-q"));
  expect(outcome).toEqual({ code: 0, signal: null, stdout: `${dialogueTurns.join("\n")}\n`, stderr: "" });
});

test("text appears on stdout as it arrives", async () => {
  const { bytes } = toneWav({ seconds: 300, speakers: 2 });
  const recording = join(folder.path, "talk.wav");
  writeFileSync(recording, bytes);
  service.emulator.faults.add("generate", { kind: "stall", keep: 600 });
  const child = gaudio("transcribe", recording);
  const outcome = outcomeOf(child);
  let seen = "";
  child.stdout?.on("data", (chunk) => {
    seen += chunk;
  });
  // The answer is not at its end, and will never be.
  await waitFor(() => seen.includes("w00080"));
  child.kill("SIGTERM");
  expect(await outcome).toMatchObject({
    signal: "SIGTERM",
    stdout: expect.stringMatching(/^w00000 w00001 /),
  });
});

test("stdin is piped through", async () => {
  const child = gaudio("transcribe", "-", "-f", "json");
  child.stdin?.end(readFileSync(fixturePath("dialogue.flac")));
  const { code, stdout } = await outcomeOf(child);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    complete: true,
    source: { path: "-", mime_type: "audio/flac" },
  });
  expect(folder.temporaryLeft()).toEqual([]);
});

describe("a signal stops the run, removes what it left anywhere, and ends it by that signal", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s while the model is asked", async (signal) => {
    service.emulator.faults.add("generate", { kind: "hang" });
    const child = gaudio("transcribe", "fixtures/dialogue.wav", "--delivery", "upload");
    const outcome = outcomeOf(child);
    await waitFor(asked);
    expect(service.emulator.fileNames()).toHaveLength(1);
    const started = Date.now();
    child.kill(signal);
    expect(await outcome).toMatchObject({ code: null, signal, stdout: "" });
    expect(Date.now() - started).toBeLessThan(2_500);
    expect(service.emulator.fileNames()).toEqual([]);
  });

  test("SIGINT while an upload is sent", async () => {
    service.emulator.faults.add("upload.send", { kind: "hang" });
    const child = gaudio("transcribe", "fixtures/dialogue.wav", "--delivery", "upload");
    const outcome = outcomeOf(child);
    await waitFor(() => service.emulator.requests.length === 2);
    child.kill("SIGINT");
    expect(await outcome).toMatchObject({ signal: "SIGINT" });
    const commands = service.emulator.requests.map(({ headers }) => headers.get("x-goog-upload-command"));
    expect(commands).toContain("cancel");
  });

  test("SIGINT while the answer to a finished upload is waited for", async () => {
    service.emulator.faults.add("upload.send", { kind: "lost-answer" });
    const child = gaudio("transcribe", "fixtures/dialogue.wav", "--delivery", "upload");
    const outcome = outcomeOf(child);
    await waitFor(() => service.emulator.fileNames().length === 1);
    child.kill("SIGINT");
    expect(await outcome).toMatchObject({ signal: "SIGINT" });
    expect(service.emulator.fileNames()).toEqual([]);
  });

  test("SIGINT while stdin is read", async () => {
    const child = gaudio("transcribe", "-");
    const outcome = outcomeOf(child);
    child.stdin?.write(readFileSync(fixturePath("dialogue.wav")));
    await waitFor(() => folder.temporaryLeft().length === 1);
    child.kill("SIGINT");
    expect(await outcome).toMatchObject({ signal: "SIGINT" });
    expect(folder.temporaryLeft()).toEqual([]);
  });

  test("a second signal ends it at once", async () => {
    service.emulator.faults.add("generate", { kind: "hang" });
    service.emulator.faults.add("files.delete", { kind: "hang" });
    const child = gaudio("transcribe", "fixtures/dialogue.wav", "--delivery", "upload");
    const outcome = outcomeOf(child);
    await waitFor(asked);
    child.kill("SIGINT");
    await waitFor(() => service.emulator.requests.some(({ method }) => method === "DELETE"));
    const started = Date.now();
    child.kill("SIGINT");
    expect(await outcome).toMatchObject({ signal: "SIGINT" });
    expect(Date.now() - started).toBeLessThan(1_000);
    const [left] = service.emulator.fileNames();
    const headers = { "x-goog-api-key": sentinelKey };
    await fetch(`${service.emulator.url}/v1beta/${left}`, { method: "DELETE", headers });
  });
});

describe("stdout", () => {
  test("whose reader goes away early ends the run quietly with 0, and what was uploaded is deleted", async () => {
    const { bytes } = toneWav({ seconds: 300, speakers: 2 });
    writeFileSync(join(folder.path, "talk.wav"), bytes);
    const line = `"${process.execPath}" dist/bin/gaudio.js transcribe "$TMPDIR/talk.wav" --delivery upload -q | head -c 10; echo "\${PIPESTATUS[0]}"`;
    const options = { cwd: projectRoot, env: { PATH: process.env["PATH"] ?? "", ...env() } };
    const { stdout, stderr } = await promisify(execFile)("bash", ["--norc", "-c", line], options);
    expect({ stdout, stderr }).toEqual({ stdout: "w00000 w000\n", stderr: "" });
  });

  test.skipIf(!existsSync("/dev/full"))("that takes nothing exits with 10", async () => {
    const child = spawn(process.execPath, ["dist/bin/gaudio.js", "transcribe", "fixtures/dialogue.mp3"], {
      cwd: projectRoot,
      env: { PATH: process.env["PATH"] ?? "", ...env() },
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    const { code, stderr } = await outcomeOf(child);
    expect(code).toBe(10);
    expect(stderr).toContain("error: cannot write to stdout: no space left on the device");
  });
});

test("a result is written under its name at once, readable as the umask says, and nothing else stays", async () => {
  const output = join(folder.path, "out.json");
  const { code } = await outcomeOf(gaudio("transcribe", "fixtures/dialogue.mp3", "-o", output));
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(output, "utf8")).complete).toBe(true);
  expect(statSync(output).mode & 0o777).toBe(0o666 & ~process.umask());
  expect(await outcomeOf(gaudio("transcribe", "fixtures/dialogue.mp3", "-o", output))).toMatchObject({
    code: 10,
  });
  expect(
    await outcomeOf(gaudio("transcribe", "fixtures/dialogue.mp3", "-o", output, "--overwrite")),
  ).toMatchObject({ code: 0 });
});

test("a symbolic link stays one, and what is replaced keeps its permissions", async () => {
  const [target, link] = [join(folder.path, "target.txt"), join(folder.path, "link.txt")];
  writeFileSync(target, "old", { mode: 0o600 });
  symlinkSync("target.txt", link);
  const argv = ["transcribe", "fixtures/dialogue.mp3", "-o", link, "--overwrite"];
  expect(await outcomeOf(gaudio(...argv))).toMatchObject({ code: 0 });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, "utf8")).toContain(dialogueTurns[0]);
  expect(statSync(target).mode & 0o777).toBe(0o600);
});

test("a link that leads nowhere yet is written through", async () => {
  const link = join(folder.path, "link.txt");
  symlinkSync("later.txt", link);
  expect(await outcomeOf(gaudio("transcribe", "fixtures/dialogue.mp3", "-o", link))).toMatchObject({
    code: 0,
  });
  expect(readFileSync(join(folder.path, "later.txt"), "utf8")).toContain(dialogueTurns[0]);
});

test("the recording is not replaced, even if it comes by stdin", async () => {
  const recording = join(folder.path, "self.mp3");
  writeFileSync(recording, readFileSync(fixturePath("dialogue.mp3")));
  const child = spawn(
    process.execPath,
    ["dist/bin/gaudio.js", "transcribe", "-", "-o", recording, "--overwrite"],
    {
      cwd: projectRoot,
      env: { PATH: process.env["PATH"] ?? "", ...env() },
      stdio: [openSync(recording, "r"), "pipe", "pipe"],
    },
  );
  expect(await outcomeOf(child)).toMatchObject({ code: 2 });
  expect(readFileSync(recording)).toEqual(readFileSync(fixturePath("dialogue.mp3")));
});

test("the copy of stdin is private while it is used", async () => {
  service.emulator.faults.add("generate", { kind: "hang" });
  const child = gaudio("transcribe", "-", "--timeout=1", "--retries=0");
  const outcome = outcomeOf(child);
  child.stdin?.end(readFileSync(fixturePath("dialogue.wav")));
  await waitFor(asked);
  const [directory] = folder.temporaryLeft();
  expect(statSync(join(folder.path, directory ?? "")).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder.path, directory ?? "", "stdin")).mode & 0o777).toBe(0o600);
  expect(await outcome).toMatchObject({ code: 6 });
});

test.each([
  [["transcribe", "fixtures"], 5, "fixtures: this is a directory"],
  [["transcribe", "/dev/zero"], 5, "/dev/zero: this is not a regular file"],
  [["transcribe", "fixtures/dialogue.txt"], 5, "not a recording"],
  [["transcribe", "fixtures/gone.mp3"], 5, "no such file"],
  [["transcribe", "fixtures/dialogue.mp3/x"], 5, "a part of the path is not a directory"],
  [["transcribe", "fixtures/dialogue.mp3", "-o", "/nowhere/out.txt"], 10, "no such file or directory"],
])("gaudio %j exits with %i", async (argv, code, message) => {
  const outcome = await outcomeOf(gaudio(...argv));
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(outcome.stderr).toContain(message);
});

test("when both key variables are set, GEMINI_API_KEY is used, and nothing is said about it", async () => {
  const child = spawnGaudio(["transcribe", "fixtures/dialogue.mp3", "-q"], env({ GOOGLE_API_KEY: "wrong" }));
  expect(await outcomeOf(child)).toMatchObject({ code: 0, stderr: "" });
});

test("the SDK's log, which would hold the key, is off whatever the environment says", async () => {
  const argv = ["transcribe", "fixtures/dialogue.mp3", "-q", "--api", "interactions"];
  const child = spawnGaudio(argv, env({ GOOGLE_GENAI_DEBUG: "1" }));
  const stdout = `${dialogueTurns.join("\n")}\n`;
  expect(await outcomeOf(child)).toEqual({ code: 0, signal: null, stdout, stderr: "" });
});

test("variables that reroute the SDK reroute nothing", async () => {
  const more = { GOOGLE_GENAI_USE_VERTEXAI: "true", GOOGLE_CLOUD_PROJECT: "p", GOOGLE_CLOUD_LOCATION: "l" };
  const child = spawnGaudio(["transcribe", "fixtures/dialogue.mp3", "-q"], env(more));
  expect(await outcomeOf(child)).toMatchObject({ code: 0, stderr: "" });
});
