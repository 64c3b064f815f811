import { expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const files = { "talk.mp3": fixture("dialogue.mp3"), "terms.txt": Buffer.from("Ada\n".repeat(3)) };

const words = ["--timestamps", "word"];
const byTranscriber = ["-m", transcriptionModel];
const many = Array.from({ length: 1_001 }, (_, index) => `term${index}`).join(",");

/** What only a model that follows instructions does. */
const instructions = [
  ["--translate-to", "en"],
  ["--emotion"],
  ["--events"],
  ["--summary"],
  ["--speakers", "3"],
  ["-p", "Be kind."],
  ["--system", "You are kind."],
  ["--thinking", "low"],
  ["--max-output-tokens", "99"],
  ["--temperature", "1"],
  ["--seed", "1"],
  ["--safety", "off"],
  ["--service-tier", "flex"],
];

test.each<readonly [readonly string[]]>([
  ...instructions.map((option) => [[...option, ...words]] as const),
  ...instructions.map((option) => [[...option, ...byTranscriber]] as const),
  [["--vocabulary", "Ada", ...words]],
  [["--vocabulary-file", "terms.txt", ...words]],
  [["--mode", "smart", ...words]],
  [["--vocabulary", "Ada", "--diarize", ...byTranscriber]],
  [["--vocabulary", "Ada", "--timestamps", "segment", ...byTranscriber]],
  [["--vocabulary", "Ada", "-f", "json", ...byTranscriber]],
  [["--vocabulary", many, ...byTranscriber]],
  [["--mode", "smart", "--diarize", ...byTranscriber]],
  [["--mode", "smart", "--timestamps", "segment", ...byTranscriber]],
  [[...words, "-m", generalModel]],
  [[...words, "-m", "gemini-2.5-flash", "--api", "interactions"]],
  [["--thinking", "minimal", "-m", generalModel]],
  [["--max-output-tokens", "65537", "-m", generalModel]],
  [["-l", "klingonish"]],
  [["--thinking", "low", "-m", "gemini-2.5-pro", "--api", "interactions"]],
])("%j exits with 2, with the way out, and nothing is sent", async (options) => {
  const { exitCode, stdout, stderr } = await service.run(["transcribe", "talk.mp3", ...options], { files });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^error: .+\n\nhint: .+\n/);
  expect(service.emulator.requests).toEqual([]);
});

test.each([
  ["gone.txt", "no such file"],
  ["talk.mp3", "it is no text in UTF-8"],
])("a vocabulary in %s exits with 5, and nothing is sent", async (path, message) => {
  for (const option of [`--vocabulary-file=${path}`, `--system=@${path}`]) {
    const { exitCode, stderr } = await service.run(["transcribe", "talk.mp3", option], { files });
    expect({ option, exitCode }).toEqual({ option, exitCode: 5 });
    expect(stderr).toContain(`error: ${path}: ${message}`);
  }
  expect(service.emulator.requests).toEqual([]);
});

test("what is empty, as a variable of a shell may be, is not asked for", async () => {
  const argv = ["transcribe", "talk.mp3", "-p", "", "--system", " ", "--dry-run"];
  expect((await service.run(argv, { files })).stdout).toContain(transcriptionModel);
});

test("a dry run tells what --max-cost would say", async () => {
  const argv = ["transcribe", "talk.mp3", "--dry-run", "--max-cost", "0.0001"];
  const { exitCode, stdout } = await service.run(argv, { files });
  expect(exitCode).toBe(9);
  expect(stdout).toContain("about $0.00");
});

test("a summary by the transcription model exits with 2, and nothing is sent", async () => {
  const { exitCode } = await service.run(["summarize", "talk.mp3", ...byTranscriber], { files });
  expect(exitCode).toBe(2);
  expect(service.emulator.requests).toEqual([]);
});
