import { expect, test } from "vitest";
import { dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
const files = { "talk.mp3": fixture("dialogue.mp3") };
const talk = ["transcribe", "talk.mp3"];

/** What the model was asked, last. */
function asked() {
  const request = service.emulator.requests.findLast(({ url }) => url.includes("GenerateContent"));
  return JSON.parse(request?.body ?? "{}");
}

test("what is set is asked for, and what is not is left to the model", async () => {
  const argv = [...talk, "--system", "You know every ship.", "--seed", "7", "--max-output-tokens", "9000"];
  const { exitCode, stderr } = await service.run([...argv, "-q"], { files });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(asked()).toMatchObject({
    systemInstruction: { parts: [{ text: "You know every ship." }] },
    generationConfig: { seed: 7, maxOutputTokens: 9_000 },
  });
  await service.run(talk, { files });
  expect(Object.keys(asked().generationConfig)).toEqual(["thinkingConfig"]);
  expect(asked().systemInstruction).toBeUndefined();
});

test("an answer that is longer than was asked for is incomplete", async () => {
  const { exitCode, stdout } = await service.run([...talk, "--max-output-tokens", "20"], { files });
  expect(exitCode).toBe(8);
  expect(dialogueTurns.join("\n").startsWith(stdout.trim())).toBe(true);
});

test("the estimate counts the system instruction, and no more than the longest answer", async () => {
  const estimate = async (...options: string[]) => {
    const { stdout } = await service.run([...talk, "--dry-run", "--json", ...options], { files });
    return JSON.parse(stdout).estimate;
  };
  const plain = await estimate();
  expect((await estimate("--system", "x".repeat(400))).input_tokens).toBe(plain.input_tokens + 100);
  expect((await estimate("--max-output-tokens", "10")).output_tokens).toBe(10);
});

test.each([
  ["gemini-3.8-flash", true],
  ["gemini-2.5-flash", false],
])("--temperature for %s is warned of: %s", async (model, isWarned) => {
  const { exitCode, stderr } = await service.run([...talk, "--temperature", "0.5", "-m", model], { files });
  expect(exitCode).toBe(0);
  expect(asked().generationConfig.temperature).toBe(0.5);
  expect(stderr.includes("warning: --temperature is deprecated")).toBe(isWarned);
});

test.each([
  ["--temperature", "3"],
  ["--seed", "-1"],
  ["--seed", "4294967296"],
  ["--max-output-tokens", "0"],
])("%s %s exits with 2", async (option, value) => {
  expect(await service.run([...talk, option, value], { files })).toMatchObject({ exitCode: 2 });
  expect(service.emulator.requests).toEqual([]);
});
