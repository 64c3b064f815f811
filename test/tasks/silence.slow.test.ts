import { expect, test } from "vitest";
import { createNetwork } from "../../src/system/network.ts";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
/** The network of the program itself: Node's own gives up after 300 s. */
const { fetch } = createNetwork({});
const talk = { "talk.wav": fixture("dialogue.wav") };

test("a request that is silent for 330 s succeeds, by either API and streamed or not", async () => {
  const asked = ways.flatMap(({ api, route }) =>
    [transcriptionModel, generalModel].map((model) => ({ api, route, model })),
  );
  for (const { route } of asked) service.emulator.faults.add(route, { kind: "silence", ms: 330_000 });
  const outcomes = await Promise.all(
    asked.map(({ api, model }) =>
      service.run(["transcribe", "talk.wav", "--api", api, "-m", model, "--retries", "0"], {
        files: talk,
        fetch,
      }),
    ),
  );
  for (const { exitCode, stdout } of outcomes) {
    expect(exitCode).toBe(0);
    expect(stdout.trim().replace(/\s+/g, " ")).toBe(dialogueTurns.join(" "));
  }
  expect(service.emulator.requests).toHaveLength(asked.length);
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
