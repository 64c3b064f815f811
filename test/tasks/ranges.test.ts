import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";

const service = useEmulator();

describe("what is asked for is checked", () => {
  const files = { "talk.mp3": fixture("dialogue.mp3") };

  test("a start past the end exits with 2, and nothing is sent", async () => {
    const { exitCode, stderr } = await service.run(["transcribe", "talk.mp3", "--start", "22"], { files });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: talk.mp3: --start is past its end, 0:00:22");
    expect(service.emulator.requests).toEqual([]);
  });

  test("an end past the end is the end", async () => {
    const argv = ["transcribe", "talk.mp3", "--start", "1", "--end", "99", "--dry-run", "--json"];
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).duration).toBeCloseTo(20.139 + 4 * 0.072, 0);
  });

  test.each([[["--end", "99"]], [["--start", "1", "--end", "99"]]])(
    "%j is told of on stderr and in the document",
    async (range) => {
      // The emulator knows the fixture whole, and of a part of it only that it does not know it.
      const { stdout, stderr } = await service.run(["transcribe", "talk.mp3", "--json", ...range], { files });
      const warning = "talk.mp3: --end is past its end, 0:00:22: it was taken to the end";
      expect(stderr).toContain(`warning: ${warning}`);
      expect(JSON.parse(stdout).warnings).toContain(warning);
    },
  );

  test("the cap holds for the range: an hour of a day can be asked for", async () => {
    const head = fixture("dialogue.wav").slice(0, 44);
    new DataView(head.buffer).setUint32(40, 24 * 3_600 * 8_000, true);
    const day = { "day.wav": { head, sizeBytes: 44 + 24 * 3_600 * 8_000 } };
    expect(await service.run(["transcribe", "day.wav", "--dry-run"], { files: day })).toMatchObject({
      exitCode: 9,
    });
    const argv = ["transcribe", "day.wav", "--start", "23:00:00", "--end", "23:05:00", "--dry-run", "--json"];
    const { exitCode, stdout } = await service.run(argv, { files: day });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ duration: 300, delivery: "inline" });
  });

  test("a part over the cap is refused before it is cut", async () => {
    const head = fixture("dialogue.wav").slice(0, 44);
    new DataView(head.buffer).setUint32(40, 24 * 3_600 * 8_000, true);
    const day = { "day.wav": { head, sizeBytes: 44 + 24 * 3_600 * 8_000 } };
    const { exitCode, stderr } = await service.run(["transcribe", "day.wav", "--start", "1"], { files: day });
    expect(exitCode).toBe(9);
    expect(stderr).not.toContain("cutting");
  });

  test("temporary files are gone afterwards", async () => {
    const { files: left } = await service.run(["transcribe", "talk.mp3", "--start", "5", "--dry-run"], {
      files,
    });
    expect([...left.entries.keys()]).toEqual(["talk.mp3"]);
  });
});
