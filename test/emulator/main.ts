import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { hasFfmpeg } from "./hearing/ffmpeg.ts";
import { readPlanFile } from "./plan-file.ts";
import { startEmulator } from "./server.ts";

/** Runs the emulator until Ctrl-C, for trying gaudio by hand: `npm run emulator -- --port 8787 --faults plan.json`. */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    key: { type: "string", default: "emulator-key" },
    faults: { type: "string" },
  },
});
const planned = values.faults === undefined ? [] : readPlan(values.faults);
const emulator = await startEmulator({ key: values.key, port: Number(values.port) });
for (const { route, fault, times } of planned) emulator.faults.add(route, fault, times);
console.log(`The emulator plays the Gemini API. In another shell:

  export GOOGLE_GEMINI_BASE_URL=${emulator.url} GEMINI_API_KEY=${values.key}
  npx gaudio transcribe fixtures/dialogue.mp3

It hears the project's fixtures and tone speech (npm run tone)${hasFfmpeg ? "" : "; without ffmpeg, only in WAV"}.`);
process.on("SIGINT", () => void emulator.close());
process.on("SIGTERM", () => void emulator.close());

function readPlan(path: string) {
  try {
    return readPlanFile(readFileSync(path, "utf8"));
  } catch (thrown) {
    console.error(`${path}: ${thrown instanceof Error ? thrown.message : thrown}`);
    process.exit(2);
  }
}
