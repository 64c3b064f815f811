import { describe, expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, ways } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
const interview = { "interview.wav": fixture("dialogue.wav") };

describe.each(ways)("an answer by $api that is not whole is never a success", ({ api, route }) => {
  const text = ["transcribe", "interview.wav", "--api", api];
  const json = [...text, "--diarize", "--json"];

  test.each([
    ["MAX_TOKENS", 8],
    ["SAFETY", 8],
    ["RECITATION", 8],
    ["LANGUAGE", 8],
    ["OTHER", 8],
  ])("finish reason %s exits with %i, and the segments that were closed are there", async (reason, code) => {
    service.emulator.faults.add(route, { kind: "finish", reason, keep: 400 });
    const { exitCode, stdout, stderr } = await service.run(json, { files: interview });
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(code);
    expect(document.complete).toBe(false);
    expect(document.warnings).toHaveLength(1);
    expect(document.segments.map((segment: { text: string }) => segment.text)).toEqual(
      dialogueTurns.slice(0, 2),
    );
    expect(JSON.parse(stderr.trim().split("\n").at(-1) ?? "").error).toMatchObject({
      code: "incomplete",
      exit: 8,
    });
  });

  test("plain text that was cut is printed as far as it came", async () => {
    service.emulator.faults.add(route, { kind: "finish", reason: "MAX_TOKENS", keep: 100 });
    const { exitCode, stdout } = await service.run(text, { files: interview });
    expect(exitCode).toBe(8);
    expect(stdout).toBe(`${dialogueTurns.join("\n").slice(0, 100).trim()}\n`);
  });

  test.each([["SAFETY"], ["PROHIBITED_CONTENT"], ["OTHER"]])(
    "a prompt blocked for %s exits with 7 and prints nothing",
    async (reason) => {
      for (const argv of [json, text]) {
        service.emulator.faults.add(route, { kind: "block", reason });
        const { exitCode, stdout, stderr } = await service.run(argv, { files: interview });
        expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
        expect(stderr.toUpperCase()).toContain(reason);
      }
    },
  );

  test("blocked before the first word is 7 by the finish reason too", async () => {
    service.emulator.faults.add(route, { kind: "finish", reason: "SAFETY", keep: 0 });
    expect(await service.run(text, { files: interview })).toMatchObject({ exitCode: 7, stdout: "" });
  });

  test("an empty answer is asked for again, then exits with 8; as JSON it says so", async () => {
    service.emulator.faults.add(route, { kind: "empty" });
    expect(await service.run(text, { files: interview })).toMatchObject({
      exitCode: 0,
      stdout: `${dialogueTurns.join("\n")}\n`,
    });
    service.emulator.faults.add(route, { kind: "empty" }, 4);
    expect(await service.run(text, { files: interview })).toMatchObject({ exitCode: 8, stdout: "" });
    const { exitCode, stdout } = await service.run(json, { files: interview });
    expect(exitCode).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ text: "", segments: [], complete: false });
  });

  test("JSON that does not parse exits with 8", async () => {
    service.emulator.faults.add(route, { kind: "say", text: "I am sorry, I cannot." });
    expect(await service.run(json, { files: interview })).toMatchObject({ exitCode: 8 });
  });

  test("an answer in another form than was asked for is kept as it is, and exits with 8", async () => {
    service.emulator.faults.add(route, { kind: "say", text: "```json\nHello there.\n```" }, 2);
    const asJson = await service.run(json, { files: interview });
    expect(asJson.stderr).toContain("cannot be read to its end");
    expect(JSON.parse(asJson.stdout)).toMatchObject({ text: "```json\nHello there.\n```", complete: false });
    const asText = await service.run([...text, "--diarize"], { files: interview });
    expect(asText).toMatchObject({ exitCode: 8, stdout: "```json\nHello there.\n```\n" });
  });

  test("an answer without a finish reason, and one whose connection is cut, exit with 8", async () => {
    service.emulator.faults.add(route, { kind: "silent-end", keep: 100 });
    expect(await service.run([...text, "--retries=0"], { files: interview })).toMatchObject({ exitCode: 8 });
    service.emulator.faults.add(route, { kind: "disconnect", keep: 100 });
    const { exitCode, stdout } = await service.run([...text, "--retries=0"], { files: interview });
    expect(exitCode).toBe(8);
    expect(dialogueTurns.join("\n").startsWith(stdout.trim())).toBe(true);
    expect(stdout.length).toBeGreaterThan(50);
  });

  test("in a file, it takes the place of the one that was asked for, and replaces none", async () => {
    service.emulator.faults.add(route, { kind: "finish", reason: "MAX_TOKENS", keep: 400 }, 2);
    const files = { ...interview };
    const first = await service.run([...json, "-o", "out.json"], { files });
    expect(first).toMatchObject({ exitCode: 8, stdout: "" });
    expect(first.files.text("out.json")).toBeNull();
    expect(JSON.parse(first.files.text("out.partial.json") ?? "")).toMatchObject({ complete: false });
    const again = await service.run([...json, "-o", "out.json"], {
      files: { ...files, "out.partial.json": Buffer.from("earlier") },
    });
    expect(again.files.text("out.partial.json")).toBe("earlier");
    expect(again.files.text("out.partial-2.json")).toContain('"complete": false');
  });
});
