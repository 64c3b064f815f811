import { writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { run } from "../../src/cli/run.ts";
import { createSystemWorld } from "../../src/system/world.ts";

/**
 * Runs `gaudio transcribe` on a small recording and on the one that counts, in one process, and writes how
 * long the second run kept the event loop busy at most, in milliseconds:
 * `node inline-main.js FIGURE SMALL LARGE FLAGS...`. The first run loads what there is to load.
 */
const [figure = "", small = "", large = "", ...flags] = process.argv.slice(2);
const transcribe = (path: string) =>
  run({ ...createSystemWorld(process, new AbortController()), argv: ["transcribe", ...flags, path] });

await transcribe(small);
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.exitCode = await transcribe(large);
delays.disable();
writeFileSync(figure, String(delays.max / 1e6));
