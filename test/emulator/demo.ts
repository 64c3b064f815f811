import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../support/fixtures.ts";
import { startEmulator } from "./server.ts";

/** Runs the real gaudio on a fixture, with the emulator in Google's place, and shows what it prints. */
const key = "demo-key";
const emulator = await startEmulator({ key });
try {
  console.log("$ gaudio transcribe fixtures/dialogue.mp3 --diarize");
  const exitCode = await runGaudio(["transcribe", "fixtures/dialogue.mp3", "--diarize"]);
  console.log(`
No recording left this machine: an emulator of the Gemini API answered, which knows this dialogue by heart.
With a key of your own (https://aistudio.google.com/apikey), the service itself answers:

  export GEMINI_API_KEY=...
  npx gaudio transcribe fixtures/dialogue.mp3 --diarize`);
  process.exitCode = exitCode;
} finally {
  await emulator.close();
}

function runGaudio(argv: readonly string[]): Promise<number> {
  const gaudio = spawn(
    process.execPath,
    [join(projectRoot, "dist", "bin", "gaudio.js"), ...argv, "--quiet"],
    {
      cwd: projectRoot,
      stdio: "inherit",
      env: { ...process.env, GEMINI_API_KEY: key, GOOGLE_GEMINI_BASE_URL: emulator.url },
    },
  );
  return new Promise((resolve, reject) => {
    gaudio.on("error", reject);
    gaudio.on("close", (code) => resolve(code ?? 1));
  });
}
