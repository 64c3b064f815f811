import { expect, test } from "vitest";
import { askedOf } from "../support/asked.ts";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { ways } from "../support/ways.ts";

const service = useEmulator();
const files = { "forest.mp3": fixture("dialogue.mp3"), "street.flac": fixture("dialogue.flac") };

test.each(ways)("over $api, a recording is described as it arrives", async ({ api, route }) => {
  service.emulator.faults.add(route, { kind: "say", text: "Two voices, and a gull." });
  const { exitCode, stdout } = await service.run(["describe", "forest.mp3", "--api", api], { files });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Two voices, and a gull.\n" });
  const instructions = askedOf(service)[0]?.parts.at(-1) ?? "";
  expect(instructions).toMatch(/^Describe this recording.*music, sounds.*English where nobody speaks/s);
});

test("several are described together, in the language that is wanted, as JSON", async () => {
  const argv = ["describe", "forest.mp3", "street.flac", "-l", "fr", "-p", "Be brief.", "-f", "json"];
  const { stdout } = await service.run(argv, { files });
  expect(JSON.parse(stdout)).toMatchObject({ sources: [{ path: "forest.mp3" }, {}], complete: true });
  expect(JSON.parse(stdout)).not.toHaveProperty("answers");
  expect(askedOf(service)[0]?.parts).toEqual([
    "Recording 1:",
    "inline",
    "Recording 2:",
    "inline",
    expect.stringMatching(/in French \(fr\).*Be brief\.$/s),
  ]);
});
