import { expect, test } from "vitest";
import { wantsColor, wantsSpinner } from "../../src/cli/color.ts";
import { memoryWorld } from "../support/memory-world.ts";

const world = (env: Record<string, string>, isTerminal = true) => memoryWorld([], { env, isTerminal }).world;

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "1", TERM: "dumb" }, true, true],
  [{ CLICOLOR: "0" }, true, false],
  [{ TERM: "dumb" }, true, false],
])("with %j on a terminal (%s), stderr is coloured: %s", (env, isTerminal, isColored) => {
  expect(wantsColor(world(env, isTerminal), true)).toBe(isColored);
});

test("--no-color wins over all", () => {
  expect(wantsColor(world({ FORCE_COLOR: "1" }), false)).toBe(false);
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ CI: "true" }, true, false],
  [{ TERM: "dumb" }, true, false],
])("with %j on a terminal (%s), a spinner is drawn: %s", (env, isTerminal, isDrawn) => {
  expect(wantsSpinner(world(env, isTerminal))).toBe(isDrawn);
});
