import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturePath, projectRoot } from "../support/fixtures.ts";
import { studio } from "./recordings.ts";
import { bound, cell, gaudio, type Run, run } from "./run.ts";
import { withSink } from "./sinks.ts";

const script = join(projectRoot, "dist", "test", "bench", "inline-main.js");
const flags = ["--delivery", "inline", "--compress", "never"];
const rounds = 3;

/**
 * What it costs to send 14 MB of audio within a request, beside a recording of seconds: how
 * much memory, and for how long nothing else is done, not even Ctrl-C heard.
 */
export async function benchInline(directory: string): Promise<void> {
  console.log("inline                gaudio s        MB    more MB  blocked ms");
  const small = fixturePath("dialogue.wav");
  const { path } = studio(directory, 79);
  await withSink({ latencyMs: 0 }, async (url) => {
    const env = { GEMINI_API_KEY: "sink", GOOGLE_GEMINI_BASE_URL: url };
    const transcribe = (file: string) =>
      run(process.execPath, [gaudio, "transcribe", ...flags, file], { env });
    const least = await leanest(() => transcribe(small));
    const most = await leanest(() => transcribe(path));
    const more = (most?.residentMegabytes ?? Number.NaN) - (least?.residentMegabytes ?? Number.NaN);
    const figure = join(directory, "blocked");
    let blocked = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round += 1) {
      await run(process.execPath, [script, figure, small, path, ...flags], { env });
      blocked = Math.min(blocked, Number(readFileSync(figure, "utf8")));
    }
    const cells = [cell(most?.seconds), cell(most?.residentMegabytes, 0), cell(more, 0), cell(blocked)];
    console.log(`${"14 MB of WAV".padEnd(20)}${cells.join(" ")}`);
    bound("its memory in MB", most?.residentMegabytes, 110);
    bound("the longest time of nothing else, in ms", blocked, 30);
  });
}

/** The one of several that took least memory: garbage is collected when it pleases. */
async function leanest(measure: () => Promise<Run | null>): Promise<Run | null> {
  const runs: (Run | null)[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await measure());
  const ended = runs.filter((one) => one !== null);
  return ended.toSorted((one, other) => one.residentMegabytes - other.residentMegabytes)[0] ?? null;
}
