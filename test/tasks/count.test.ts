import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const files = { "a.mp3": fixture("dialogue.mp3"), "notes.mp3": Buffer.from("only text here") };
/** A short recording in a large file: behind its sound is a chunk that nobody reads. */
function largeWav(): Buffer {
  const wav = Buffer.from(fixture("dialogue.wav"));
  const rest = Buffer.alloc(15_200_008);
  rest.write("JUNK", 0, "latin1");
  rest.writeUInt32LE(rest.length - 8, 4);
  wav.writeUInt32LE(wav.length + rest.length - 8, 4);
  return Buffer.concat([wav, rest]);
}

const asked = () =>
  service.emulator.requests.map(({ method, url }) => `${method} ${url.split(/[?:]/).at(-1)}`);

test("probe --count asks the service for tokens, within the request where that is small enough", async () => {
  const { exitCode, stdout } = await service.run(["probe", "a.mp3", "--count", "--json"], { files });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [{ tokens: 677, counted_tokens: 529 }],
    total: { tokens: 677, counted_tokens: 529 },
    counted_by: generalModel,
  });
  expect(asked()).toEqual(["POST countTokens"]);
  const [{ body } = { body: "{}" }] = service.emulator.requests;
  expect(Object.keys(JSON.parse(body))).toEqual(["contents"]);
});

test("what is too large for that is uploaded, and deleted afterwards", async () => {
  const large = { "long.wav": largeWav() };
  const { exitCode, stdout, stderr } = await service.run(
    ["probe", "long.wav", "--count", "--compress", "never"],
    {
      files: large,
    },
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/counted +529 tokens\n/);
  expect(stdout).toMatch(/\ncounted +529 tokens, by gemini-3.8-flash\n$/);
  expect(stderr).toContain("uploading long.wav");
  expect(asked().filter((one) => !one.startsWith("GET"))).toEqual([
    "POST /upload/v1beta/files",
    expect.stringMatching(/^POST upload_id=/),
    "POST countTokens",
    expect.stringMatching(/^DELETE /),
  ]);
});

test("the part that is wanted is counted, by the model that is named", async () => {
  const argv = [
    "probe",
    "a.mp3",
    "--count",
    "--start",
    "0",
    "--end",
    "10",
    "-m",
    "gemini-2.5-flash",
    "--json",
  ];
  const { stdout } = await service.run(argv, { files });
  const { files: probed, counted_by } = JSON.parse(stdout);
  expect(counted_by).toBe("gemini-2.5-flash");
  expect(probed[0].counted_tokens).toBeGreaterThanOrEqual(320);
  expect(probed[0].counted_tokens).toBeLessThan(330);
});

test("what cannot be sent is listed, uncounted", async () => {
  const { exitCode, stdout } = await service.run(["probe", "notes.mp3", "a.mp3", "--count", "--json"], {
    files,
  });
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [{ counted_tokens: null, error: expect.any(String) }, { counted_tokens: 529 }],
    total: { counted_tokens: null },
  });
});

test("what fails in passing is tried again", async () => {
  service.emulator.faults.add("countTokens", { kind: "status", status: 503, body: "{}" });
  expect(await service.run(["probe", "a.mp3", "--count"], { files })).toMatchObject({ exitCode: 0 });
});

describe("what cannot be counted is told, and nothing is printed", () => {
  const refused = (status: number, message: string) =>
    ({ kind: "status", status, body: JSON.stringify({ error: { code: status, message } }) }) as const;

  test.each([
    [["--count"], { GEMINI_API_KEY: "" }, 4],
    [["--count", "-m", transcriptionModel], {}, 2],
    [["--count"], { GAUDIO_MODEL: transcriptionModel }, 2],
    [["-m", generalModel], {}, 2],
    [["--count", "-m", "gemini-9"], {}, 2],
  ])("%j under %j exits with %i", async (options, env, code) => {
    const { exitCode, stdout, stderr } = await service.run(["probe", "a.mp3", ...options], { files, env });
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
    expect(stderr).toContain("\nhint: ");
  });

  test("a refusal names the recording", async () => {
    service.emulator.faults.add("countTokens", refused(400, "No."));
    const { exitCode, stderr } = await service.run(["probe", "a.mp3", "--count"], { files });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 6,
      stderr: expect.stringContaining("error: a.mp3: counting tokens: No. (400)"),
    });
  });
});
