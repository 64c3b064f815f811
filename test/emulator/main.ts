import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { hasFfmpeg } from "./hearing/ffmpeg.ts";
import { readPlanFile } from "./plan-file.ts";
import { startEmulator } from "./server.ts";

/**
 * Runs the emulator until Ctrl-C, for trying gaudio by hand: `npm run emulator -- --port 8787 --faults plan.json`.
 * With `--pace 60`, models take a second for each minute of audio, and `--latency` milliseconds before it.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    key: { type: "string", default: "emulator-key" },
    faults: { type: "string" },
    pace: { type: "string" },
    latency: { type: "string", default: "300" },
  },
});
const planned = values.faults === undefined ? [] : readPlan(values.faults);
const pace =
  values.pace === undefined
    ? null
    : { realTime: readNumber("pace", values.pace), latencyMs: readNumber("latency", values.latency) };
const emulator = await startEmulator({ key: values.key, port: Number(values.port), pace });
emulator.faults.addAll(planned);
console.log(`The emulator plays the Gemini API. In another shell:

  export GOOGLE_GEMINI_BASE_URL=${emulator.url} GEMINI_API_KEY=${values.key}
  npx gaudio transcribe fixtures/dialogue.mp3

It hears the project's fixtures and tone speech (npm run tone)${hasFfmpeg ? "" : "; without ffmpeg, only in WAV"}.`);
process.on("SIGINT", () => void emulator.close());
process.on("SIGTERM", () => void emulator.close());

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  console.error(`--${name} ${text}: give a number above 0`);
  process.exit(2);
}

function readPlan(path: string) {
  try {
    return readPlanFile(readFileSync(path, "utf8"));
  } catch (thrown) {
    console.error(`${path}: ${thrown instanceof Error ? thrown.message : thrown}`);
    process.exit(2);
  }
}
