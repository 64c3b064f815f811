import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
const interview = { "interview.wav": fixture("dialogue.wav") };

/** How many requests were made. */
const asked = () => service.emulator.requests.length;

describe("--output", () => {
  const argv = ["transcribe", "interview.wav", "-o", "out.txt"];

  test("writes the whole result under its name, and nothing to stdout", async () => {
    const { exitCode, stdout, files } = await service.run(argv, { files: interview });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(files.text("out.txt")).toBe(`${dialogueTurns.join("\n")}\n`);
    expect([...files.entries.keys()].toSorted()).toEqual(["interview.wav", "out.txt"]);
  });

  test("a file that is there exits with 10 and nothing is sent; --overwrite replaces it", async () => {
    const files = { ...interview, "out.txt": Buffer.from("mine") };
    const refused = await service.run(argv, { files });
    expect(refused).toMatchObject({ exitCode: 10 });
    expect(refused.files.text("out.txt")).toBe("mine");
    expect(asked()).toBe(0);
    const replaced = await service.run([...argv, "--overwrite"], { files });
    expect(replaced.files.text("out.txt")).toContain(dialogueTurns[0]);
  });

  test.each([
    ["a folder that takes no files", { readOnly: ["."] }],
    ["a directory", { files: { ...interview, "out.txt": "directory" as const } }],
  ])("%s exits with 10, and nothing is sent", async (_, circumstances) => {
    expect(await service.run(argv, { files: interview, ...circumstances })).toMatchObject({ exitCode: 10 });
    expect(asked()).toBe(0);
  });

  test("the recording itself is never replaced", async () => {
    const { exitCode, files } = await service.run(
      ["transcribe", "interview.wav", "-o", "interview.wav", "--overwrite"],
      { files: interview },
    );
    expect(exitCode).toBe(2);
    expect(files.entries.get("interview.wav")).toBe(interview["interview.wav"]);
  });

  test("a device is written directly", async () => {
    const { files } = await service.run(argv, { files: { ...interview, "out.txt": "special" } });
    expect(files.appended).toEqual([`${dialogueTurns.join("\n")}\n`]);
  });

  test("`-` is stdout", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "-o", "-"], { files: interview });
    expect(stdout).toContain(dialogueTurns[0]);
  });
});
