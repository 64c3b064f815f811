import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/program.ts";
import { memoryWorld, runInMemory } from "../support/memory-world.ts";

async function invocationOf(...argv: string[]) {
  const parsed = await parseArguments(memoryWorld(argv).world);
  if (parsed.kind === "shown") throw new Error(`shown: ${parsed.text}`);
  return parsed.invocation;
}

/** How subtitles are laid out where nothing is said of it. */
const rendering = {
  cues: { maxLineWidth: 42, maxLineCount: 2, maxWordsPerLine: null, maxCps: null },
  highlightWords: false,
};

describe("arguments become an Invocation with every default filled in", () => {
  test("transcribe", async () => {
    expect(await invocationOf("transcribe", "a.mp3")).toEqual({
      kind: "transcribe",
      talk: { verbosity: "normal", debug: false, color: false },
      asking: {
        model: "auto",
        api: "generate",
        thinking: null,
        prompt: null,
        system: null,
        settings: {
          maxOutputTokens: null,
          temperature: null,
          seed: null,
          safety: null,
          serviceTier: "standard",
        },
        delivery: "auto",
        keepUpload: false,
        maxCostUsd: null,
        assumedDuration: null,
        allowPrivate: false,
        range: { start: null, end: null },
        track: null,
        compress: "auto",
        dryRun: false,
        timeoutMs: 600_000,
        retries: 5,
        keyFile: null,
        format: "text",
        outputs: [{ format: "text", destination: { kind: "stdout" } }],
      },
      fillsAll: false,
      rendering,
      source: { kind: "file", path: "a.mp3" },
      diarize: false,
      splitChannels: false,
      speakerNames: [],
      speakers: null,
      timestamps: "none",
      language: null,
      translateTo: null,
      emotion: false,
      events: false,
      summary: false,
      vocabulary: { terms: [], file: null },
      mode: null,
      chunk: null,
      overlap: null,
      jobs: 8,
      lineup: 0.02,
      journal: "use",
    });
  });

  test.each([
    ["use", [], {}],
    ["use", [], { GAUDIO_NO_JOURNAL: "" }],
    ["fresh", ["--fresh"], {}],
    ["off", ["--no-journal"], {}],
    ["off", [], { GAUDIO_NO_JOURNAL: "1" }],
    ["off", ["--fresh"], { GAUDIO_NO_JOURNAL: "1" }],
  ])("what becomes of answers that were paid for: %s by %j and %j", async (journal, argv, env) => {
    const parsed = await parseArguments(memoryWorld(["transcribe", "a.mp3", ...argv], { env }).world);
    expect(parsed).toMatchObject({ invocation: { journal } });
  });

  test("how a long recording is cut", async () => {
    const argv = ["transcribe", "a.mp3", "--chunk", "20:00", "--overlap", "10", "-j", "3"];
    expect(await invocationOf(...argv)).toMatchObject({ chunk: 1_200, overlap: 10, jobs: 3 });
  });

  test("what transcribe is asked for beside the text", async () => {
    const argv =
      "transcribe a.mp3 --speakers 3 --word-timestamps --translate-to EN --emotion --events --summary --vocabulary Erlang,Ada --vocabulary-file v.txt --mode smart --system @s.txt --api interactions --thinking high --safety off --service-tier flex";
    expect(await invocationOf(...argv.split(" "))).toMatchObject({
      asking: {
        api: "interactions",
        thinking: "high",
        system: { kind: "file", path: "s.txt" },
        settings: { safety: "off", serviceTier: "flex" },
      },
      diarize: true,
      speakers: 3,
      timestamps: "word",
      translateTo: "en",
      emotion: true,
      events: true,
      summary: true,
      vocabulary: { terms: ["Erlang", "Ada"], file: "v.txt" },
      mode: "smart",
    });
  });

  test.each([["--word-timestamps"], ["--word_timestamps"], ["--timestamps=word"]])(
    "%s is the time of every word",
    async (option) => {
      expect(await invocationOf("transcribe", "a.mp3", option)).toMatchObject({ timestamps: "word" });
    },
  );

  test("a format that needs speakers tells them apart, by channels if those are split", async () => {
    expect(await invocationOf("transcribe", "a.mp3", "-f", "rttm")).toMatchObject({ diarize: true });
    expect(await invocationOf("transcribe", "a.mp3", "-f", "rttm", "--split-channels")).toMatchObject({
      diarize: false,
    });
  });

  test("render, with whisper's spellings of its limits", async () => {
    const argv =
      "render a.whisper.json -f srt,vtt --output-dir out --max_line_width 30 --max_line_count 1 --highlight_words --offset=-1:30 --end 5:00";
    expect(await invocationOf(...argv.split(" "))).toEqual({
      kind: "render",
      talk: { verbosity: "normal", debug: false, color: false },
      source: { kind: "file", path: "a.whisper.json" },
      format: "text",
      outputs: [
        { format: "srt", destination: { kind: "file", path: "out/a.srt", overwrite: false } },
        { format: "vtt", destination: { kind: "file", path: "out/a.vtt", overwrite: false } },
      ],
      fillsAll: false,
      rendering: { cues: { ...rendering.cues, maxLineWidth: 30, maxLineCount: 1 }, highlightWords: true },
      speakerNames: [],
      range: { start: null, end: 300 },
      offset: -90,
    });
  });

  test("--print-schema needs no recording", async () => {
    expect(await invocationOf("transcribe", "--print-schema")).toMatchObject({ kind: "schema" });
  });

  test("every option of transcribe", async () => {
    const argv =
      "transcribe a.mp3 --diarize --timestamps segment -o out.txt --overwrite -m gemini-2.5-pro -l pt-br -p Hi --delivery upload --keep-upload --dry-run --timeout 5 -v --debug --no-color --api-key-file k";
    expect(await invocationOf(...argv.split(" "))).toMatchObject({
      talk: { verbosity: "verbose", debug: true, color: false },
      asking: {
        model: "gemini-2.5-pro",
        prompt: "Hi",
        delivery: "upload",
        keepUpload: true,
        dryRun: true,
        timeoutMs: 5_000,
        keyFile: "k",
        outputs: [{ format: "text", destination: { kind: "file", path: "out.txt", overwrite: true } }],
      },
      diarize: true,
      timestamps: "segment",
      language: "pt-BR",
    });
  });

  test.each([
    [["-f", "json"], "json", "segment"],
    [["--json"], "json", "segment"],
    [["-o", "a.json"], "json", "segment"],
    [["-o", "a.json", "-f", "text"], "text", "none"],
    [["-o", "a.txt"], "text", "none"],
    [["-f", "json", "--timestamps", "none"], "json", "none"],
    [["-f", "srt"], "text", "segment"],
    [["-f", "ctm"], "text", "word"],
    [["-o", "a.vtt"], "text", "segment"],
    [["-f", "jsonl"], "json", "segment"],
    [["-f", "text,srt", "--output-dir", "."], "text", "segment"],
    [["-f", "all", "-o", "a.*"], "json", "segment"],
  ])("%j asks for %s with times by %s", async (options, format, timestamps) => {
    expect(await invocationOf("transcribe", "a.mp3", ...options)).toMatchObject({
      asking: { format },
      timestamps,
    });
  });

  test("`-` is stdin, `./-` a file of that name, and what follows -- is a file whatever it looks like", async () => {
    expect(await invocationOf("probe", "-", "./-", "--", "--json")).toMatchObject({
      sources: [{ kind: "stdin" }, { kind: "file", path: "./-" }, { kind: "file", path: "--json" }],
      format: "text",
    });
  });

  test("summarize takes several recordings in their order", async () => {
    expect(await invocationOf("summarize", "b.mp3", "a.mp3", "-q")).toMatchObject({
      kind: "summarize",
      sources: [
        { kind: "file", path: "b.mp3" },
        { kind: "file", path: "a.mp3" },
      ],
      talk: { verbosity: "quiet" },
    });
  });
});

describe("files", () => {
  test.each([
    [["list", "--json"], { kind: "list" }],
    [["get", "abc"], { kind: "get", name: "files/abc" }],
    [["delete", "abc", "files/abc", "files/b"], { kind: "delete", names: ["files/abc", "files/b"] }],
    [["delete", "--all"], { kind: "delete-made" }],
    [["upload", "a.mp3"], { kind: "upload", sources: [{ kind: "file", path: "a.mp3" }], displayName: null }],
  ])("%j", async (argv, action) => {
    expect(await invocationOf("files", ...argv, "--retries", "1", "--api-key-file", "k")).toMatchObject({
      kind: "files",
      access: { timeoutMs: 600_000, retries: 1, keyFile: "k" },
      format: argv.includes("--json") ? "json" : "text",
      action,
    });
  });
});

describe("journal", () => {
  test.each([
    [["list", "--json"], "json", { kind: "list" }],
    [["clear"], "text", { kind: "clear", recordings: [] }],
    [["clear", "a.mp3", "-"], "text", { kind: "clear", recordings: ["a.mp3", "-"] }],
  ])("%j", async (argv, format, action) => {
    expect(await invocationOf("journal", ...argv)).toMatchObject({ kind: "journal", format, action });
  });
});

describe("wrong usage exits with 2, says what is wrong and how to go on", () => {
  test.each([
    [[], "no command"],
    [["transcribe", "a.mp3", "--chunk", "20", "--overlap", "10"], "less than half of --chunk"],
    [["transcribe", "a.mp3", "--chunk", "20"], "less than half of --chunk"],
    [["transcribe", "a.mp3", "-j", "0"], "whole number"],
    [["transcribe"], "missing required argument 'audio'"],
    [["transcribe", "a.mp3", "b.mp3"], "too many arguments"],
    [["interview.mp3"], "unknown command"],
    [["help", "nonsense"], "unknown command"],
    [["transcribe", "a.mp3", "-o", ""], "names no file"],
    [["transcribe", "a.mp3", "--start", "soon"], "a time such as"],
    [["transcribe", "a.mp3", "--start", "2:00", "--end", "1:00"], "--end is not after --start"],
    [["transcribe", "a.mp3", "-o", "out/"], "names no file"],
    [["transcribe", "a.mp3", "-o", "a.docx"], "does not write .docx"],
    [["summarize", "a.mp3", "-o", "a.srt"], "does not write .srt"],
    [["transcribe", "a.mp3", "-m", "../../files"], "name of a model"],
    [["transcribe", "a.mp3", "--wrong"], "unknown option --wrong"],
    [["transcribe", "a.mp3", "-f", "srtt"], "Allowed choices are text, json, jsonl"],
    [["transcribe", "a.mp3", "--timeout", "0"], "number of seconds"],
    [["transcribe", "a.mp3", "--timeout", "soon"], "number of seconds"],
    [["transcribe", "a.mp3", "-l", "no language"], "language code"],
    [["transcribe", "a.mp3", "-m", " "], "name of a model"],
    [["transcribe", "a.mp3", "-q", "-v"], "cannot be used with"],
    [["transcribe", "a.mp3", "--json", "-f", "text"], "contradict"],
    [["transcribe", "a.mp3", "-m", "gemini-3.5-transcribe", "--summary"], "does not take --summary"],
    [["summarize", "a.mp3", "-m", "gemini-3.5-transcribe"], "takes no instructions"],
    [["transcribe"], "missing required argument 'audio'"],
    [["transcribe", "a.mp3", "--timestamps", "none", "--word-timestamps"], "contradict"],
    [["transcribe", "a.mp3", "--word-timestamps", "--emotion"], "cannot be had together with --emotion"],
    [["transcribe", "a.mp3", "--speakers", "3", "--split-channels"], "cannot be used with"],
    [["transcribe", "a.mp3", "--fresh", "--no-journal"], "cannot be used with"],
    [["transcribe", "a.mp3", "--speakers", "0"], "number of speakers"],
    [["transcribe", "a.mp3", "--speakers", "1", "--speaker-names", "Ann,Ben"], "2 names for 1 speakers"],
    [["transcribe", "a.mp3", "--vocabulary", "a,,b"], "commas between them"],
    [["transcribe", "a.mp3", "--api", "rest"], "Allowed choices are generate, interactions"],
    [["transcribe", "a.mp3", "--emotion", "--thinking", "minimal"], "does not take --thinking minimal"],
  ])("gaudio %j: %s", async (argv, message) => {
    const { exitCode, stdout, stderr } = await runInMemory(argv);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: .+\n\nhint: .+\n/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each([
    [["transcribe", "a.mp3", "--api-key=SECRET"]],
    [["transcribe", "a.mp3", "--api-key", "SECRET"]],
    [["--api-key", "SECRET", "transcribe", "a.mp3"]],
    [["--apikey=SECRET", "transcribe", "a.mp3"]],
    [["transcribe", "a.mp3", "--token=SECRET"]],
    [["transcribe", "a.mp3", "--token=abc'SECRET"]],
    [["transcribe", "a.mp3", "--token=a\nSECRET"]],
    [["transcribe", "a.mp3", "-kSECRET"]],
    [["probe", "a.mp3", "--key=SECRET", "--json"]],
  ])("the value of an option that is not known is not repeated: %j", async (argv) => {
    const { exitCode, stdout, stderr } = await runInMemory(argv);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain("SECRET");
  });

  test("a recording without a command is told which one to use", async () => {
    const { stderr } = await runInMemory(["interview.mp3"]);
    expect(stderr).toContain("hint: gaudio transcribe interview.mp3");
  });

  test("with JSON asked for, the last line of stderr is the error as JSON", async () => {
    const { stderr } = await runInMemory(["transcribe", "--json"]);
    expect(JSON.parse(stderr.trim().split("\n").at(-1) ?? "")).toEqual({
      error: {
        code: "usage",
        exit: 2,
        message: "missing required argument 'audio'",
        file: null,
        retryable: false,
      },
    });
  });
});

describe("help and version go to stdout with 0", () => {
  test.each([["transcribe"], ["summarize"], ["probe"], ["files"], ["journal"]])(
    "gaudio %s --help shows an example",
    async (command) => {
      const { exitCode, stdout, stderr } = await runInMemory([command, "--help"]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(new RegExp(`Examples:\\n +\\$ gaudio ${command} `));
    },
  );

  test("gaudio help transcribe is gaudio transcribe --help", async () => {
    const byCommand = await runInMemory(["help", "transcribe"]);
    const byOption = await runInMemory(["transcribe", "--help"]);
    expect(byCommand).toMatchObject({ exitCode: 0, stdout: byOption.stdout });
  });

  test.each([[["--version"]], [["-V"]], [["--version", "transcribe"]]])("gaudio %j", async (argv) => {
    expect(await runInMemory(argv)).toMatchObject({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });
});
