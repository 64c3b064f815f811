import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useFolder } from "../support/child.ts";
import { projectRoot } from "../support/fixtures.ts";
import { readPlanFile } from "./plan-file.ts";

const folder = useFolder();

test("a plan of faults is read, each once if it does not say how often", () => {
  const plan = [
    { route: "upload.send", times: 2, fault: { kind: "reset", when: { at: "during", bytes: 5 } } },
    { route: "generate", fault: { kind: "slow", pauseMs: 10 } },
    { route: "interactions", fault: { kind: "loop", keep: 100, unit: "you know", times: 50 } },
  ];
  expect(readPlanFile(JSON.stringify(plan))).toEqual([
    plan[0],
    { ...plan[1], times: 1 },
    { ...plan[2], times: 1 },
  ]);
});

const fine = { route: "generate", fault: { kind: "hang" } };

test.each<readonly [string, unknown, RegExp]>([
  [
    "an unknown kind",
    { ...fine, fault: { kind: "explode" } },
    /entry 2 .*"explode".*fault\.kind.*Kinds: .*hang/s,
  ],
  [
    "an unknown route",
    { ...fine, route: "files.put" },
    /entry 2 .*"files\.put".*route.*Routes: .*files\.get/s,
  ],
  ["a field that is missing", { ...fine, fault: { kind: "stall" } }, /entry 2 .*fault\.keep/s],
  ["a field too many", { ...fine, fault: { kind: "hang", ms: 5 } }, /entry 2 .*"ms"/s],
  ["a slowness of nothing", { ...fine, fault: { kind: "slow" } }, /entry 2 .*bytesPerSecond or pauseMs/s],
  ["a loop of nothing", { ...fine, fault: { kind: "loop", keep: 0, unit: "", times: 1 } }, /entry 2 .*unit/s],
  ["a clock that stands", { ...fine, fault: { kind: "drift", factor: 0 } }, /entry 2 .*factor/s],
  ["another style", { ...fine, fault: { kind: "labels", style: "dash" } }, /entry 2 .*style/s],
  ["never", { ...fine, times: 0 }, /entry 2 .*times/s],
  [
    "a condition that says nothing",
    { ...fine, route: "generate", when: {} },
    /entry 2 .*longerThan, shorterThan, lineUp, says/s,
  ],
  [
    "a condition where no audio is",
    { ...fine, route: "files.get", when: { longerThan: 5 } },
    /entry 2 .*generate and inter/s,
  ],
])("%s is refused, by the entry's number and content", (_, entry, message) => {
  expect(() => readPlanFile(JSON.stringify([fine, entry]))).toThrow(message);
});

test.each([["{"], ["{}"]])("%s is no plan", (text) => {
  expect(() => readPlanFile(text)).toThrow(/plan of faults/);
});

test("the emulator does not start with a plan that it cannot read", () => {
  const path = join(folder.path, "plan.json");
  writeFileSync(path, JSON.stringify([{ route: "generate", fault: { kind: "explode" } }]));
  const main = join(projectRoot, "dist", "test", "emulator", "main.js");
  const { status, stderr } = spawnSync(process.execPath, [main, "--faults", path], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toContain(`${path}: entry 1 of the plan, {"route":"generate","fault":{"kind":"explode"}}`);
});
