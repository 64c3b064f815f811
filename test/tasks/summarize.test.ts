import { describe, expect, test } from "vitest";
import { askedOf } from "../support/asked.ts";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { ways } from "../support/ways.ts";

const service = useEmulator();
const files = { "monday.mp3": fixture("dialogue.mp3"), "tuesday.flac": fixture("dialogue.flac") };

test("one recording is summarized", async () => {
  const { exitCode, stdout } = await service.run(["summarize", "monday.mp3"], { files });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^The recording: 21\.1 seconds, 2 speakers, 49 words.*\n$/);
});

test.each(["inline", "upload"])(
  "several recordings are one prompt, named by their order, delivered by %s",
  async (delivery) => {
    const argv = ["summarize", "monday.mp3", "tuesday.flac", "-p", "In one line.", "--delivery", delivery];
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Recording 1: .*\nRecording 2: /);
    const streamed = service.emulator.requests.filter(({ url }) => url.includes("streamGenerateContent"));
    expect(streamed).toHaveLength(1);
    const { parts } = JSON.parse(streamed[0]?.body ?? "").contents[0];
    const shapes = parts.map((part: object) => ("text" in part ? part.text : Object.keys(part)[0]));
    const kind = delivery === "inline" ? "inlineData" : "fileData";
    expect(shapes).toEqual([
      "Recording 1:",
      kind,
      "Recording 2:",
      kind,
      expect.stringMatching(/In one line\.$/),
    ]);
    expect(streamed[0]?.body).not.toMatch(/monday|tuesday/);
  },
);

test("the document names its sources in order", async () => {
  const { stdout } = await service.run(["summarize", "monday.mp3", "tuesday.flac", "-f", "json"], { files });
  expect(JSON.parse(stdout)).toMatchObject({
    text: expect.stringContaining("Recording 2"),
    sources: [
      { path: "monday.mp3", mime_type: "audio/mp3" },
      { path: "tuesday.flac", mime_type: "audio/flac" },
    ],
    model: "gemini-3.8-flash",
    usage: { requests: 1 },
    warnings: [],
    complete: true,
  });
});

test("the cap holds for all of them together", async () => {
  const head = fixture("dialogue.wav").slice(0, 44);
  new DataView(head.buffer).setUint32(40, 5 * 3_600 * 8_000, true);
  const half = { head, sizeBytes: 44 + 5 * 3_600 * 8_000 };
  const { exitCode, stderr } = await service.run(["summarize", "a.wav", "b.wav"], {
    files: { "a.wav": half, "b.wav": half },
  });
  expect(exitCode).toBe(9);
  expect(stderr).toContain("a.wav, b.wav: 10:00:00 of audio");
  expect(service.emulator.requests).toEqual([]);
});

test("a broken one among them is named, and nothing is sent", async () => {
  const { exitCode, stderr } = await service.run(["summarize", "monday.mp3", "notes.mp3"], {
    files: { ...files, "notes.mp3": Buffer.from("just text, no sound at all") },
  });
  expect(exitCode).toBe(5);
  expect(stderr).toContain("error: notes.mp3: not a recording");
  expect(service.emulator.requests).toEqual([]);
});

test("a summary that was cut is printed, exits with 8, and stdin can be named only once", async () => {
  service.emulator.faults.add("generate", { kind: "finish", reason: "MAX_TOKENS", keep: 20 });
  const cut = await service.run(["summarize", "monday.mp3"], { files });
  expect(cut).toMatchObject({ exitCode: 8, stdout: "The recording: 21.1\n" });
  expect(await service.run(["summarize", "-", "-"], { stdin: fixture("dialogue.mp3") })).toMatchObject({
    exitCode: 2,
  });
});

describe.each(ways)("over $api", ({ api, route }) => {
  const summarize = (...argv: readonly string[]) =>
    service.run(["summarize", "--api", api, ...argv], { files });

  test("chapters have the times at which they begin", async () => {
    const { exitCode, stdout } = await summarize("monday.mp3", "--style", "chapters");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\[00:00\] Good morning, and\nGood morning, .*\n\n\[00:\d\d\] /);
  });

  test("as JSON, also those of several recordings and of parts of them", async () => {
    const argv = ["monday.mp3", "tuesday.flac", "--style", "chapters", "--start", "0:05", "-f", "json"];
    const { text, chapters } = JSON.parse((await summarize(...argv)).stdout);
    expect(text).toContain("\n\nRecording 2 [00:0");
    const [first, ...others] = chapters;
    expect(first).toMatchObject({ recording: 1, title: expect.any(String), text: expect.any(String) });
    expect(first.start).toBeGreaterThan(4);
    expect(others.at(-1)).toMatchObject({ recording: 2 });
  });

  test("chapters at times that cannot be are asked for again, and then not complete", async () => {
    service.emulator.faults.add(route, { kind: "bad-times", text: "59:00" }, 2);
    const { exitCode, stderr } = await summarize("monday.mp3", "--style", "chapters");
    expect(exitCode).toBe(8);
    expect(stderr).toContain("gave times that cannot be true");
  });

  test("of chapters that are cut, those that are closed are kept", async () => {
    service.emulator.faults.add(route, { kind: "finish", reason: "MAX_TOKENS", keep: 300 });
    const { exitCode, stdout } = await summarize("monday.mp3", "--style", "chapters", "-f", "json");
    expect(exitCode).toBe(8);
    const { text, chapters, complete } = JSON.parse(stdout);
    expect({ complete, first: chapters[0]?.start }).toEqual({ complete: false, first: 0 });
    expect(chapters.length).toBeLessThan(4);
    expect(text).not.toContain("{");
  });

  test("a style, a length and a language are asked for", async () => {
    await summarize("monday.mp3", "--style", "minutes", "--length", "short", "-l", "de");
    const instructions = askedOf(service)[0]?.parts.at(-1) ?? "";
    expect(instructions).toMatch(/minutes.*decisions, and the actions.*about 60 words.*in German \(de\)/s);
  });
});

test.each([
  ["--style", "poem"],
  ["--length", "0"],
  ["--length", "tall"],
  ["-l", "xx"],
])("%s %s exits with 2", async (option, value) => {
  expect(await service.run(["summarize", "monday.mp3", option, value], { files })).toMatchObject({
    exitCode: 2,
  });
});
