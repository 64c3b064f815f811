import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
const link = "https://youtu.be/harbour-001";
const asked = "https://www.youtube.com/watch?v=harbour-001";
const transcript = `${dialogueTurns.join("\n")}\n`;
const bodies = () => service.emulator.requests.map(({ body }) => JSON.parse(body));

describe.each(ways)("a link to YouTube, by $api", ({ api }) => {
  const way = ["--api", api];

  test("goes to a general model as it is, alone or among files", async () => {
    expect(await service.run(["transcribe", link, ...way])).toMatchObject({
      exitCode: 0,
      stdout: transcript,
    });
    const files = { "a.mp3": fixture("dialogue.mp3") };
    const said = await service.run(["summarize", "a.mp3", link, ...way], { files });
    expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Recording 2: ") });
    const parts = bodies().map((body) =>
      (api === "generate" ? body.contents[0].parts : body.input).filter((part: object) =>
        JSON.stringify(part).includes("youtu"),
      ),
    );
    const part =
      api === "generate"
        ? { fileData: { fileUri: asked } }
        : { type: "video", uri: asked, mime_type: "video/mp4" };
    expect(parts).toEqual([[part], [part]]);
    expect(service.emulator.requests.every(({ method }) => method === "POST")).toBe(true);
  });

  test("has a document in which what is not known of it is null, and its cost is what the service counted", async () => {
    const argv = ["transcribe", link, "--diarize", "--json", ...way];
    const { exitCode, stdout } = await service.run(argv, { now: Date.parse("2026-11-20") });
    expect(exitCode).toBe(0);
    const { duration, source, segments, usage, cost_usd, complete } = JSON.parse(stdout);
    expect({ duration, source, complete }).toEqual({
      duration: null,
      complete: true,
      source: {
        path: link,
        mime_type: null,
        codec: null,
        bytes: null,
        duration: null,
        sent_as: null,
        sent_bytes: 0,
      },
    });
    expect(segments).toHaveLength(dialogueTurns.length);
    expect(usage.input_tokens).toBeGreaterThan(22 * 70 + usage.audio_tokens);
    const output = usage.output_tokens + usage.thought_tokens;
    expect(cost_usd).toBeCloseTo((usage.input_tokens * 0.75 + output * 3.75) / 1e6, 6);
  });

  test("that is not public exits with 5, and the key is not blamed", async () => {
    const { exitCode, stderr } = await service.run(["describe", "https://youtu.be/no-such-001", ...way]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr: expect.stringContaining("error: https://youtu.be/no-such-001: "),
    });
    expect(stderr).toContain("hint: the service hears public videos alone");
  });

  test("an answer that is not whole tells of no gap that nobody knows the end of", async () => {
    const fault = { kind: "finish", reason: "MAX_TOKENS", keep: 300 } as const;
    service.emulator.faults.add(api, fault);
    const { exitCode, stdout } = await service.run(["transcribe", link, "--diarize", "--json", ...way]);
    expect(exitCode).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, gaps: [] });
  });
});

test("an answer that is blocked is not asked for in halves", async () => {
  service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
  const { exitCode, stdout } = await service.run(["transcribe", link, "--diarize"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
  expect(bodies()).toHaveLength(1);
});

test("nothing of its answer is kept", async () => {
  const run = () => service.run(["transcribe", link, "--diarize"], { env: { XDG_STATE_HOME: "/state" } });
  const { exitCode, files } = await run();
  expect({ exitCode, left: [...files.entries.keys()] }).toEqual({ exitCode: 0, left: [] });
});

test.each([
  `${asked}&list=PL1&t=42s`,
  "https://youtube.com/watch?si=x&v=harbour-001",
  "http://m.youtube.com/watch?v=harbour-001",
  "https://www.youtube.com/shorts/harbour-001?feature=share",
  "https://www.youtube.com/live/harbour-001",
  "https://youtu.be/harbour-001?si=abc",
])("%s is that video", async (other) => {
  expect(await service.run(["transcribe", other, "--output-dir", "out"])).toMatchObject({ exitCode: 0 });
  expect(bodies()[0].contents[0].parts[0]).toEqual({ fileData: { fileUri: asked } });
});

test("a folder's file is named after the video", async () => {
  const { exitCode, files } = await service.run(["transcribe", asked, "-f", "srt", "--output-dir", "out"]);
  expect({ exitCode, left: [...files.entries.keys()] }).toEqual({
    exitCode: 0,
    left: ["out/harbour-001.srt"],
  });
});

test("a length that the user knows counts, and is told", async () => {
  const argv = ["transcribe", link, "--diarize", "--json", "--assume-duration", "22"];
  expect(JSON.parse((await service.run(argv)).stdout)).toMatchObject({
    duration: 22,
    source: { duration: 22 },
  });
  const long = await service.run(["transcribe", link, "--assume-duration", "10:00:00"]);
  expect(long).toMatchObject({ exitCode: 9, stdout: "" });
});

test("--dry-run makes no length up", async () => {
  const { exitCode, stdout } = await service.run(["transcribe", link, "--dry-run"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "model         gemini-3.8-flash: gemini-3.5-transcribe does not take a link to YouTube
    delivery      link
    estimate      none: what the service counts of a video is not known before
    cost          unknown
    "
  `);
  const { stdout: document } = await service.run(["ask", "Who?", link, "--dry-run", "--json"]);
  expect(JSON.parse(document)).toMatchObject({
    delivery: "link",
    duration: null,
    tokens: null,
    estimate: { input_tokens: null, output_tokens: null, cost_usd: null },
    sources: [{ path: link, duration: null }],
  });
  expect(service.emulator.requests).toEqual([]);
});

describe("what cannot be done with a video is wrong usage, and nothing is asked", () => {
  test.each([
    [["transcribe", link, "--start", "5"], "--start and --end cut a local file"],
    [["summarize", link, "--end", "5"], "--start and --end cut a local file"],
    [["transcribe", link, "--track", "1"], "--track reads a local file"],
    [["transcribe", link, "--split-channels"], "--split-channels reads a local file"],
    [["transcribe", link, "--chunk", "20:00"], "--chunk cuts a local file"],
    [["transcribe", link, "--max-cost", "5"], "--max-cost cannot be kept"],
    [["describe", link, "--max-cost", "5", "--assume-duration", "60"], "--max-cost cannot be kept"],
    [["transcribe", link, "-m", transcriptionModel], `${transcriptionModel} does not take a link to YouTube`],
    [["describe", link, "-m", transcriptionModel], "it only transcribes"],
    [["transcribe", link, "--word-timestamps"], "--timestamps word cannot be had together with a link"],
    [["summarize", link, "https://youtu.be/harbour-002"], "one request takes one video"],
    [["probe", link], "probe reads local files, and this is a video on YouTube"],
    [["files", "upload", link], "files upload reads local files"],
    [["transcribe", "https://www.youtube.com/playlist?list=PL1"], "this link to YouTube names no video"],
    [["transcribe", "https://www.youtube.com/@somebody"], "this link to YouTube names no video"],
  ])("%j", async (argv, message) => {
    const { exitCode, stdout, stderr } = await service.run(argv, { env: { GEMINI_API_KEY: "" } });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
    expect(stderr).toContain("\nhint: ");
    expect(service.emulator.requests).toEqual([]);
  });
});
