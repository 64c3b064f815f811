import { describe, expect, test } from "vitest";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });

describe("checks come in this order, before anything is sent", () => {
  const gone = { files: {}, env: { GEMINI_API_KEY: "" } };

  test("usage before inputs", async () => {
    expect(
      await service.run(["transcribe", "gone.mp3", "-m", "gemini-3.5-transcribe", "--emotion"], gone),
    ).toMatchObject({
      exitCode: 2,
    });
  });

  test("inputs before the key", async () => {
    const { exitCode, stderr } = await service.run(["transcribe", "gone.mp3"], gone);
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error: gone.mp3: no such file");
  });

  test("the key before limits", async () => {
    const files = { "long.wav": { head: longHead(), sizeBytes: 400_000_044 } };
    expect(
      await service.run(["transcribe", "long.wav"], { files, env: { GEMINI_API_KEY: "" } }),
    ).toMatchObject({ exitCode: 4 });
    expect(await service.run(["transcribe", "long.wav"], { files })).toMatchObject({ exitCode: 9 });
  });

  function longHead(): Uint8Array {
    const head = fixture("dialogue.wav").slice(0, 44);
    new DataView(head.buffer).setUint32(40, 400_000_000, true);
    return head;
  }
});
