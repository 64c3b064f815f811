import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { putFile } from "../support/put-file.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ leavesFiles: true, model: generalModel });
const bytes = fixture("dialogue.mp3");
const transcript = `${dialogueTurns.join("\n")}\n`;
const length = ["--assume-duration", "22"];
const put = (facts: Partial<Parameters<typeof putFile>[0]> = {}) =>
  putFile({ url: service.emulator.url, id: "abc-123", bytes, ...facts });
const asked = () => service.emulator.requests.filter(({ url }) => url.includes("streamGenerateContent"));
const methods = () => service.emulator.requests.map(({ method, url }) => `${method} ${url.split("?")[0]}`);

describe("files/<id> is heard where it is", () => {
  test("transcribe uploads nothing and deletes nothing", async () => {
    const name = await put();
    const before = service.emulator.requests.length;
    const { exitCode, stdout } = await service.run(["transcribe", name, ...length]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: transcript });
    const seen = methods().slice(before);
    expect(seen.filter((one) => one !== `GET /v1beta/${name}`)).toEqual([
      "POST /v1beta/models/gemini-3.8-flash:streamGenerateContent",
    ]);
    const [{ body } = { body: "" }] = asked();
    expect(JSON.parse(body).contents[0].parts[0]).toEqual({
      fileData: { fileUri: `${service.emulator.url}/v1beta/${name}`, mimeType: "audio/mp3" },
    });
    expect(service.emulator.fileNames()).toEqual([name]);
  });

  test("it is waited for while the service still reads it", async () => {
    const name = await put();
    let gets = 0;
    const stillProcessing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (init?.method !== "GET") return response;
      gets += 1;
      if (gets > 2) return response;
      return new Response((await response.text()).replace(/"state":"\w+"/, '"state":"PROCESSING"'), response);
    };
    const { exitCode, stdout, stderr } = await service.run(["transcribe", name, ...length], {
      fetch: stillProcessing,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: transcript });
    expect(gets).toBeGreaterThan(2);
    expect(stderr).toContain(`waiting for the service to read ${name}`);
    expect(asked()).toHaveLength(1);
  });

  test("the document tells what the service tells, and the length that was vouched for", async () => {
    const name = await put();
    const { stdout } = await service.run(["transcribe", name, ...length, "--diarize", "--json"]);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ duration: 22, complete: true, warnings: [] });
    expect(document.source).toEqual({
      path: name,
      mime_type: "audio/mp3",
      codec: null,
      bytes: bytes.length,
      duration: 22,
      sent_as: "audio/mp3",
      sent_bytes: 0,
    });
    expect(document.segments).toHaveLength(4);
  });

  test.each(["inline", "upload"])(
    "summarize takes it among local files, delivered by %s",
    async (delivery) => {
      const name = await put();
      const files = { "monday.mp3": fixture("dialogue.mp3"), "friday.flac": fixture("dialogue.flac") };
      const argv = [
        "summarize",
        "monday.mp3",
        name,
        "friday.flac",
        "--delivery",
        delivery,
        "--json",
        ...length,
      ];
      const { exitCode, stdout } = await service.run(argv, { files });
      expect(exitCode).toBe(0);
      const { sources } = JSON.parse(stdout);
      expect(sources.map(({ path }: { path: string }) => path)).toEqual(["monday.mp3", name, "friday.flac"]);
      const [{ body } = { body: "" }] = asked();
      const { parts } = JSON.parse(body).contents[0];
      const local = delivery === "inline" ? "inlineData" : "fileData";
      expect([1, 3, 5].map((index) => Object.keys(parts[index])[0])).toEqual([local, "fileData", local]);
      expect(parts[3].fileData.fileUri).toContain(name);
      expect(service.emulator.fileNames()).toEqual([name]);
    },
  );

  test("what gaudio uploaded is heard the same way, and stays", async () => {
    const { stdout: name } = await service.run(["files", "upload", "a.mp3"], { files: { "a.mp3": bytes } });
    expect(await service.run(["transcribe", name.trim(), ...length])).toMatchObject({ stdout: transcript });
    expect(service.emulator.fileNames()).toEqual([name.trim()]);
  });
});

test.each(["text", "json"])("a pause in it is no hole to ask about again, as %s", async (format) => {
  const name = await put();
  const argv = ["transcribe", name, "--timestamps", "segment", "-f", format, "--assume-duration", "60"];
  const { exitCode, stdout } = await service.run(argv);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringContaining(dialogueTurns[3] ?? "?"),
  });
  expect(asked()).toHaveLength(1);
});

test("a local file of that name comes first", async () => {
  const name = await put({ bytes: Buffer.from("not this") });
  const { exitCode, stdout } = await service.run(["transcribe", name], { files: { [name]: bytes } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: transcript });
});

test("--dry-run plans it without a key, and asks nobody", async () => {
  const argv = ["transcribe", "files/abc-123", "--assume-duration", "1:00:00", "--dry-run", "--json"];
  const { exitCode, stdout } = await service.run(argv, { env: { GEMINI_API_KEY: "" } });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    delivery: "upload",
    duration: 3_600,
    tokens: 115_200,
    estimate: { cost_usd: expect.any(Number) },
    sources: [{ path: "files/abc-123", mime_type: null, bytes: null, duration: 3_600, sent_bytes: 0 }],
  });
  expect(service.emulator.requests).toEqual([]);
});

describe("what cannot be heard is told before a model is asked", () => {
  test("an unknown length exits with 5, before the key is needed", async () => {
    const { exitCode, stderr } = await service.run(["transcribe", "files/abc-123"], {
      env: { GEMINI_API_KEY: "" },
    });
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error: files/abc-123: no such file here");
    expect(stderr).toContain("--assume-duration");
    expect(service.emulator.requests).toEqual([]);
  });

  test("one over the cap exits with 9, and nothing is asked", async () => {
    const argv = ["transcribe", "files/abc-123", "--assume-duration", "10:00:00"];
    expect(await service.run(argv)).toMatchObject({ exitCode: 9 });
    expect(service.emulator.requests).toEqual([]);
  });

  test("one that is gone, or somebody else's, exits with 5 and is named", async () => {
    const { exitCode, stderr } = await service.run(["transcribe", "files/gone", ...length]);
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error: files/gone: no such file here, and none on the service");
    expect(asked()).toEqual([]);
  });

  test("one that the service fails on exits with 6", async () => {
    const name = await put();
    service.emulator.faults.add("files.get", { kind: "file-failed" });
    const { exitCode, stderr } = await service.run(["transcribe", name, ...length]);
    expect(exitCode).toBe(6);
    expect(stderr).toContain(name);
    expect(asked()).toEqual([]);
    expect(service.emulator.fileNames()).toEqual([name]);
  });

  test("one that is no audio exits with 5", async () => {
    const name = await put({ mimeType: "video/mp4" });
    const { exitCode, stderr } = await service.run(["transcribe", name, ...length]);
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`${name}: it is video/mp4, not audio`);
    expect(asked()).toEqual([]);
  });

  test.each([
    ["transcribe", "--start", "5"],
    ["transcribe", "--end", "5"],
    ["transcribe", "--track", "1"],
    ["transcribe", "--split-channels"],
    ["summarize", "--end", "5"],
    ["probe"],
    ["files upload"],
  ])("%s %s takes the local file: exit 2", async (command, ...options) => {
    const argv = [...command.split(" "), "files/abc-123", ...options, ...length];
    const { exitCode, stdout, stderr } = await service.run(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/error: files\/abc-123: .* local files?, and there is no such file here/);
    expect(stderr).toContain("hint: name the local file");
    expect(service.emulator.requests).toEqual([]);
  });
});
