import { expect, test } from "vitest";
import { dialogueTurns } from "./support/fixtures.ts";
import { readmeWithHelp } from "./support/write-readme.ts";

const { written, wanted } = await readmeWithHelp();

test("the README shows each command's help as it is (npm run readme writes it)", () => {
  expect(written.match(/<!-- help: /g)).toHaveLength(17);
  expect(written).toBe(wanted);
});

test("the README's first example is what the demo prints", () => {
  const [first, second, third, fourth] = dialogueTurns;
  expect(written).toContain(
    `Speaker 1: ${first}\nSpeaker 2: ${second}\nSpeaker 1: ${third}\nSpeaker 2: ${fourth}\n`,
  );
});
