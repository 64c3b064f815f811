import { describe, expect, test } from "vitest";
import { transcriptFormats } from "../../src/invocation.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
const files = { "talk.mp3": fixture("dialogue.mp3") };
const run = (...argv: readonly string[]) => service.run(["transcribe", "talk.mp3", ...argv], { files });

/** The names of the files that a run has made. */
const made = (outcome: Awaited<ReturnType<typeof run>>) =>
  [...outcome.files.entries.keys()].filter((name) => name !== "talk.mp3").toSorted();

describe("where formats go", () => {
  test("a name chooses the format", async () => {
    const outcome = await run("-o", "film.srt");
    expect(outcome).toMatchObject({ exitCode: 0, stdout: "" });
    expect(outcome.files.text("film.srt")).toMatch(/^1\n00:00:00,000 --> 00:00:0\d,\d{3}\nGood morning/);
  });

  test("-f takes several, each to a file of its own", async () => {
    const outcome = await run("-f", "srt,vtt,whisper", "--output-dir", ".");
    expect(outcome).toMatchObject({ exitCode: 0, stdout: "" });
    expect(made(outcome)).toEqual(["talk.srt", "talk.vtt", "talk.whisper.json"]);
    const named = await run("-f", "srt,podcast", "-o", "out.*");
    expect(made(named)).toEqual(["out.podcast.json", "out.srt"]);
  });

  test.each([
    [["-f", "srt,vtt"], "several formats cannot go to stdout"],
    [["-f", "srt,vtt", "-o", "x.srt"], "several formats cannot go to x.srt"],
    [["-f", "all"], "several formats cannot go to stdout"],
    [["-f", "srt", "-o", "x.srt", "--output-dir", "."], "contradict"],
    [["-f", "subtitles"], "Allowed choices are text, json, jsonl"],
    [["-o", "x.docx"], "does not write .docx files"],
    [["-f", "srt", "--timestamps", "none"], "-f srt needs times"],
    [["-f", "ctm", "--timestamps", "segment"], "-f ctm needs times"],
    [["-f", "ctm", "--emotion"], "--timestamps word cannot be had together with --emotion"],
    [["-f", "srt", "--max-line-width", "0"], "whole number"],
    [["-f", "srt", "--max-line-width", "9"], "10 or more"],
  ])("%j exits with 2, and nothing is sent", async (options, message) => {
    const { exitCode, stderr } = await run(...options);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(service.emulator.requests).toEqual([]);
  });

  test("one that is there already exits with 10 before anything is sent", async () => {
    const there = { ...files, "talk.vtt": Buffer.from("mine") };
    const argv = ["transcribe", "talk.mp3", "-f", "srt,vtt", "--output-dir", "."];
    const outcome = await service.run(argv, { files: there });
    expect(outcome).toMatchObject({ exitCode: 10 });
    expect(made(outcome)).toEqual(["talk.vtt"]);
    expect(service.emulator.requests).toEqual([]);
  });

  test("all writes what the transcript can fill", async () => {
    const plain = made(await run("-f", "all", "-o", "a.*"));
    expect(plain).toHaveLength(transcriptFormats.length - 1);
    expect(plain).not.toContain("a.rttm");
    expect(made(await run("-f", "all", "-o", "a.*", "--diarize"))).toHaveLength(transcriptFormats.length);
    const general = made(await run("-f", "all", "-o", "a.*", "--diarize", "-m", generalModel));
    expect(general).not.toContain("a.ctm");
    expect(general).toContain("a.rttm");
  });

  test("what is incomplete takes the place of each", async () => {
    service.emulator.faults.add("generate", { kind: "finish", reason: "MAX_TOKENS", keep: 600 });
    const outcome = await run("-f", "srt,json", "-o", "a.*", "-m", generalModel);
    expect(outcome).toMatchObject({ exitCode: 8, stdout: "" });
    expect(made(outcome)).toEqual(["a.partial.json", "a.partial.srt"]);
  });
});

describe("what a format needs is asked for", () => {
  test.each([
    ["rttm", /^SPEAKER talk 1 0\.000 /],
    ["ctm", /^talk 1 0\.0+ /m],
    ["csv", /^start,end,speaker,text\n0\.000,/],
    ["tsv", /^start\tend\ttext\n0\t/],
    ["vtt", /^WEBVTT\n\n/],
  ])("-f %s", async (format, pattern) => {
    const { exitCode, stdout } = await run("-f", format);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(pattern) });
  });

  test("a model that tells no times for subtitles leaves what was said as JSON, and exits with 8", async () => {
    service.emulator.faults.add("generate", { kind: "no-words" }, 2);
    const outcome = await run("-o", "film.srt");
    expect(outcome.exitCode).toBe(8);
    expect(JSON.parse(outcome.stdout).text.replaceAll("\n", " ")).toBe(dialogueTurns.join(" "));
    expect(made(outcome)).toEqual([]);
  });

  test("several such formats leave it once, and none where another holds it", async () => {
    service.emulator.faults.add("generate", { kind: "no-words" }, 4);
    const alone = await run("-f", "srt,vtt", "-o", "film.*");
    expect(alone.exitCode).toBe(8);
    expect(JSON.parse(alone.stdout).complete).toBe(false);
    const beside = await run("-f", "srt,md", "-o", "film.*");
    expect(beside).toMatchObject({ exitCode: 8, stdout: "" });
    expect(made(beside)).toEqual(["film.partial.md"]);
  });
});

test.each(ways)("jsonl is printed as segments close, by $api", async ({ api, route }) => {
  service.emulator.faults.add(route, { kind: "finish", reason: "MAX_TOKENS", keep: 500 });
  const { exitCode, stdout } = await run("-f", "jsonl", "--api", api, "-m", generalModel, "--diarize");
  expect(exitCode).toBe(8);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ text }) => text)).toEqual(dialogueTurns.slice(0, lines.length));
  expect(lines[0]).toMatchObject({ file: "talk.mp3", id: 0, start: 0, speaker: "SPEAKER_00" });
  expect(lines.length).toBeGreaterThan(1);
});

describe("gaudio render", () => {
  const options = ["--diarize", "--speaker-names", "Anna,Ben"];

  test.each([transcriptionModel, generalModel])(
    "of a document of %s equals what would have been written at once, byte for byte",
    async (model) => {
      const direct = await run("-f", "all", "-o", "a.*", ...options, "-m", model);
      const document = direct.files.text("a.json") ?? "";
      const requests = service.emulator.requests.length;
      const rendered = await service.run(["render", "talk.json", "-f", "all", "-o", "a.*"], {
        files: { "talk.json": Buffer.from(document) },
        env: { GEMINI_API_KEY: "" },
      });
      expect(rendered).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
      for (const name of made(direct))
        expect({ name, text: rendered.files.text(name) }).toEqual({ name, text: direct.files.text(name) });
      expect(service.emulator.requests).toHaveLength(requests);
    },
  );

  const srt = "1\n00:00:01,000 --> 00:00:03,000\nOne two three.\n\n2\n00:00:05,000 --> 00:00:07,500\nFour.\n";
  const render = (argv: readonly string[], content = srt) =>
    service.run(["render", "in.srt", ...argv], { files: { "in.srt": Buffer.from(content) } });

  test.each([
    [
      ["-f", "vtt"],
      "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nOne two three.\n\n00:00:05.000 --> 00:00:07.500\nFour.\n",
    ],
    [
      ["-f", "tsv", "--offset", "1:00"],
      "start\tend\ttext\n61000\t63000\tOne two three.\n65000\t67500\tFour.\n",
    ],
    [["-f", "tsv", "--offset=-4"], "start\tend\ttext\n1000\t3500\tFour.\n"],
    [["-f", "tsv", "--start", "4"], "start\tend\ttext\n5000\t7500\tFour.\n"],
    [["-f", "tsv", "--end", "4"], "start\tend\ttext\n1000\t3000\tOne two three.\n"],
  ])("%j", async (argv, expected) => {
    const { exitCode, stdout, stderr } = await render(argv);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: expected, stderr: "" });
  });

  test("stdin is a transcript, too", async () => {
    const { exitCode, stdout } = await service.run(["render", "-", "-f", "text"], {
      stdin: Buffer.from(srt),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("One two three.");
  });

  test.each([
    [["-f", "rttm"], 2, "in.srt: rttm needs speakers"],
    [["-f", "ctm"], 2, "in.srt: ctm needs words"],
    [["-o", "in.srt", "--overwrite"], 2, "would replace"],
  ])("%j exits with %i", async (argv, code, message) => {
    const { exitCode, stdout, stderr } = await render(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: "" });
    expect(stderr).toContain(message);
  });

  test.each([
    ["", "in.srt"],
    ["{}", "in.srt"],
    ['{"segments": 7}', "in.srt"],
    ["hello", "in.srt"],
  ])("%j is no transcript: exit 5", async (content, name) => {
    const { exitCode, stderr } = await render(["-f", "vtt"], content);
    expect(exitCode).toBe(5);
    expect(stderr).toContain(`error: ${name}: `);
  });

  test("what is not there, or no file, exits with 5", async () => {
    expect(await service.run(["render", "gone.json"])).toMatchObject({ exitCode: 5 });
    expect(await service.run(["render", "dir"], { files: { dir: "directory" } })).toMatchObject({
      exitCode: 5,
    });
  });
});
