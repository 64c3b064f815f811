import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { startEmulator } from "../emulator/server.ts";
import { fixture } from "../support/fixtures.ts";
import type { MemoryFiles } from "../support/memory-files.ts";
import { putFile } from "../support/put-file.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";

const service = useEmulator({ leavesFiles: true });
const interview = { "interview.mp3": fixture("dialogue.mp3") };
const env = { HOME: "/home/ann" };
const put = (facts: Partial<Parameters<typeof putFile>[0]> = {}) =>
  putFile({ url: service.emulator.url, ...facts });
const uploads = () => service.emulator.requests.filter(({ url }) => url.includes("upload_id")).length;
const entriesOf = (files: MemoryFiles) => Object.fromEntries(files.entries);
const notesIn = (files: MemoryFiles) => [...files.entries.keys()].filter((path) => path.endsWith(".json"));
const unavailable = { kind: "status", status: 503, body: '{"error":{"message":"Down."}}' } as const;

describe("gaudio files list", () => {
  test("shows every file of every page, and which are gaudio's", async () => {
    const names = [await put({ id: "gaudio-1" })];
    for (let count = 0; count < 104; count += 1) names.push(await put());
    const { exitCode, stdout, stderr } = await service.run(["files", "list", "--json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { files } = JSON.parse(stdout);
    expect(files.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(
      files.map(({ made_by_gaudio }: { made_by_gaudio: boolean }) => made_by_gaudio).indexOf(false),
    ).toBe(1);
    const lists = service.emulator.requests.filter(({ method }) => method === "GET");
    expect(lists.map(({ url }) => url)).toEqual([
      "/v1beta/files?pageSize=100",
      "/v1beta/files?pageSize=100&pageToken=100",
    ]);
  });

  test("tells of a file what the service tells", async () => {
    const bytes = Buffer.from("these bytes");
    await put({ id: "abc-123", displayName: "Monday", mimeType: "audio/flac", bytes });
    const { stdout } = await service.run(["files", "list", "-f", "json"]);
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          name: "files/abc-123",
          uri: `${service.emulator.url}/v1beta/files/abc-123`,
          state: expect.stringMatching(/^(PROCESSING|ACTIVE)$/),
          mime_type: "audio/flac",
          bytes: 11,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          display_name: "Monday",
          created: expect.stringMatching(/^\d{4}-.*Z$/),
          expires: expect.stringMatching(/^\d{4}-.*Z$/),
          made_by_gaudio: false,
        },
      ],
    });
  });

  test("is a line a file as text, in which no control character is obeyed", async () => {
    await put({ id: "gaudio-1" });
    await put({ id: "other", displayName: "a\u001b[2J\nb\u009bc" });
    const { stdout } = await service.run(["files", "list"]);
    const [head, first, second, ...rest] = stdout.split("\n");
    expect(head).toMatch(/^NAME +STATE +BYTES +TYPE +CREATED +EXPIRES +MADE BY +DISPLAY NAME$/);
    expect(first).toMatch(/^files\/gaudio-1 +[A-Z]+ +9 +audio\/mp3 +\d.*Z +\d.*Z +gaudio$/);
    expect(second).toMatch(/ {2}others {3}a\\e\[2J\\nb\\x9bc$/);
    expect(rest).toEqual([""]);
  });

  test("prints nothing where there is nothing, and an empty list as JSON", async () => {
    expect(await service.run(["files", "list"])).toMatchObject({ exitCode: 0, stdout: "" });
    expect(JSON.parse((await service.run(["files", "list", "--json"])).stdout)).toEqual({ files: [] });
  });

  test("a key that is missing exits with 4 before anything is asked, one that is refused too", async () => {
    const missing = await service.run(["files", "list"], { env: { GEMINI_API_KEY: "" } });
    expect(missing).toMatchObject({ exitCode: 4 });
    expect(service.emulator.requests).toEqual([]);
    expect(await service.run(["files", "list"], { env: { GEMINI_API_KEY: "wrong" } })).toMatchObject({
      exitCode: 4,
    });
  });
});

describe("gaudio files get", () => {
  test.each(["files/abc-123", "abc-123"])("%s is shown", async (name) => {
    await put({ id: "abc-123" });
    const { exitCode, stdout } = await service.run(["files", "get", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^name +files\/abc-123\n/);
    expect(stdout).toMatch(/\nmade by +others\n$/);
    const { stdout: json } = await service.run(["files", "get", name, "--json"]);
    expect(JSON.parse(json).files).toMatchObject([{ name: "files/abc-123", made_by_gaudio: false }]);
  });

  test("one that is missing, or somebody else's, exits with 2 and is named", async () => {
    const { exitCode, stdout, stderr } = await service.run(["files", "get", "gone"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("error: files/gone: there is no such file");
  });

  test.each(["../models", "files/", "a/b", "Abc", "-", "a-", "x".repeat(41)])(
    "%s is no name: exit 2, nothing is asked",
    async (name) => {
      const { exitCode, stderr } = await service.run(["files", "get", "--", name]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("no name of a file");
      expect(service.emulator.requests).toEqual([]);
    },
  );
});

describe("gaudio files delete", () => {
  test("deletes what is named, prints it, and takes what is gone for deleted", async () => {
    const name = await put({ id: "abc-123" });
    const kept = await put();
    const { exitCode, stdout, stderr } = await service.run([
      "files",
      "delete",
      "abc-123",
      "files/gone",
      name,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${name}\n` });
    expect(stderr).toContain("warning: files/gone: it was gone already");
    expect(service.emulator.fileNames()).toEqual([kept]);
  });

  test("--all deletes what gaudio made, and nothing else", async () => {
    const made = [await put({ id: "gaudio-1" }), await put({ id: "gaudio-2" })];
    const others = [await put({ id: "gaudy" }), await put({ id: "my-gaudio-1" })];
    const { stdout } = await service.run(["files", "delete", "--all", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ deleted: made, gone: [], failed: [] });
    expect(service.emulator.fileNames()).toEqual(others);
    expect(await service.run(["files", "delete", "--all"])).toMatchObject({ exitCode: 0, stdout: "" });
  });

  test.each([
    [["--all", "abc"], "names and --all"],
    [[], "nothing to delete"],
  ])("%j exits with 2", async (options, message) => {
    const { exitCode, stderr } = await service.run(["files", "delete", ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test("is tried again; some that fail exit with 3, all that fail alike with their code", async () => {
    const [first, second] = [await put({ id: "first" }), await put({ id: "second" })];
    service.emulator.faults.add("files.delete", unavailable);
    expect(await service.run(["files", "delete", first])).toMatchObject({ exitCode: 0 });
    service.emulator.faults.add("files.delete", unavailable);
    const some = await service.run(["files", "delete", "gone", second, "--retries", "0"]);
    expect(some.exitCode).toBe(3);
    expect(some.stderr).toMatch(/warning: files\/\w+: deleting the upload: Down\. \(503\)/);
    expect(some.stderr).toContain("error: 1 of 2 files could not be deleted");
    service.emulator.faults.add("files.delete", unavailable, 2);
    const all = await service.run(["files", "delete", first, second, "--retries", "0", "--json"]);
    expect(all.exitCode).toBe(6);
    expect(JSON.parse(all.stdout).failed).toHaveLength(2);
  });
});

describe("gaudio files upload", () => {
  test("prints the name of a file that stays, and tells nothing of the recording's name", async () => {
    const { exitCode, stdout, stderr } = await service.run(["files", "upload", "interview.mp3", "-v"], {
      files: interview,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^files\/gaudio-[0-9a-f]{32}\n$/);
    expect(service.emulator.fileNames()).toEqual([stdout.trim()]);
    expect(stderr).toContain(`gaudio transcribe ${stdout.trim()} --assume-duration 0:00:22`);
    const start = service.emulator.requests.find(({ url }) => url === "/upload/v1beta/files");
    expect(JSON.parse(start?.body ?? "")).toEqual({ file: { name: stdout.trim(), mimeType: "audio/mp3" } });
  });

  test("--display-name is sent, and the document is the list's", async () => {
    const argv = ["files", "upload", "interview.mp3", "--display-name", "Monday", "--json"];
    const { stdout } = await service.run(argv, { files: interview });
    const { files } = JSON.parse(stdout);
    expect(files).toMatchObject([{ state: "ACTIVE", display_name: "Monday", made_by_gaudio: true }]);
    expect(JSON.parse((await service.run(["files", "list", "--json"])).stdout)).toEqual({ files });
  });

  test("what was uploaded is found again, also by transcribe, until it is deleted", async () => {
    const first = await service.run(["files", "upload", "interview.mp3"], { files: interview, env });
    const again = await service.run(["files", "upload", "interview.mp3"], {
      files: entriesOf(first.files),
      env,
    });
    expect(again.stdout).toBe(first.stdout);
    const argv = ["transcribe", "interview.mp3", "--delivery", "upload"];
    expect(await service.run(argv, { files: entriesOf(first.files), env })).toMatchObject({ exitCode: 0 });
    expect(uploads()).toBe(1);
    expect(service.emulator.fileNames()).toEqual([first.stdout.trim()]);
    expect(notesIn(first.files)).toHaveLength(1);
    const other = await startEmulator({ key: sentinelKey });
    const elsewhere = { GOOGLE_GEMINI_BASE_URL: other.url };
    const missed = await service.run(["files", "delete", first.stdout.trim()], {
      files: entriesOf(first.files),
      env: { ...env, ...elsewhere },
    });
    await other.close();
    expect(missed).toMatchObject({ exitCode: 0, stdout: "" });
    expect(notesIn(missed.files)).toHaveLength(1);
    const deleted = await service.run(["files", "delete", "--all"], { files: entriesOf(first.files), env });
    expect(deleted.stdout).toBe(first.stdout);
    expect(notesIn(deleted.files)).toEqual([]);
  });

  test("under another display name it is uploaded anew", async () => {
    const first = await service.run(["files", "upload", "interview.mp3"], { files: interview, env });
    const argv = ["files", "upload", "interview.mp3", "--display-name", "Monday"];
    const again = await service.run(argv, { files: entriesOf(first.files), env });
    expect(again.stdout).not.toBe(first.stdout);
    expect(service.emulator.fileNames()).toHaveLength(2);
  });

  test("sends only the part that is asked for", async () => {
    const argv = ["files", "upload", "talk.wav", "--start", "5", "--end", "10", "--json"];
    const { stdout } = await service.run(argv, { files: { "talk.wav": fixture("dialogue.wav") } });
    const [file] = JSON.parse(stdout).files;
    expect(file.bytes).toBeLessThan(fixture("dialogue.wav").length / 3);
  });

  test("of several, one that fails is told, the others stand: exit 3", async () => {
    const files = { ...interview, "b.flac": fixture("dialogue.flac") };
    service.emulator.faults.add("upload.start", { kind: "status", status: 400, body: "{}" });
    const { exitCode, stdout, stderr } = await service.run(["files", "upload", "interview.mp3", "b.flac"], {
      files,
    });
    expect(exitCode).toBe(3);
    expect(stdout).toBe(`${service.emulator.fileNames().join("\n")}\n`);
    expect(stderr).toMatch(/warning: interview\.mp3: uploading: .*\(400\)/);
    expect(stderr).toContain("error: 1 of 2 files could not be uploaded");
  });

  test("one that the service fails on is deleted, and exits with 6", async () => {
    service.emulator.faults.add("files.get", { kind: "file-failed" });
    const { exitCode, stdout } = await service.run(["files", "upload", "interview.mp3"], {
      files: interview,
      env,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
    expect(service.emulator.fileNames()).toEqual([]);
  });

  test("inputs are checked before the key, and the key before anything is sent", async () => {
    const noKey = { env: { GEMINI_API_KEY: "" } };
    expect(await service.run(["files", "upload", "gone.mp3"], noKey)).toMatchObject({ exitCode: 5 });
    const argv = ["files", "upload", "interview.mp3"];
    expect(await service.run(argv, { ...noKey, files: interview })).toMatchObject({ exitCode: 4 });
    expect(service.emulator.requests).toEqual([]);
  });
});

test.each([[["files"]], [["files", "nonsense"]]])("gaudio %j exits with 2", async (argv) => {
  const { exitCode, stdout, stderr } = await service.run(argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("gaudio files --help");
});
