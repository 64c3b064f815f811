import { expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";

const service = useEmulator();
const talk = { "talk.wav": fixture("dialogue.wav") };
const spoken = `${dialogueTurns.join("\n")}\n`;

test("a request that is silent for 330 s succeeds", async () => {
  service.emulator.faults.add("generate", { kind: "silence", ms: 330_000 });
  expect(await service.run(["transcribe", "talk.wav"], { files: talk })).toMatchObject({
    exitCode: 0,
    stdout: spoken,
  });
});

test("with --timeout 5 --retries 0 it fails after five seconds", async () => {
  service.emulator.faults.add("generate", { kind: "silence", ms: 330_000 });
  const started = performance.now();
  const { exitCode, stderr } = await service.run(
    ["transcribe", "talk.wav", "--timeout", "5", "--retries", "0"],
    { files: talk },
  );
  expect(exitCode).toBe(6);
  expect(stderr).toContain("the service was silent for 5 s");
  expect(performance.now() - started).toBeGreaterThan(5_000);
  expect(performance.now() - started).toBeLessThan(8_000);
});
