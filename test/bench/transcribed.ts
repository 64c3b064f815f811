import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Pace } from "../emulator/pace.ts";
import type { RemoteEmulator, Report } from "./emulators.ts";
import { gaudio, type Run, run } from "./run.ts";
import type { ToneRecording } from "./tones.ts";

/** A minute of audio in a second, after a while: what the service takes is not known here [?]. */
const usualPace: Pace = { realTime: 60, latencyMs: 300 };

export interface Bench {
  readonly emulator: RemoteEmulator;
  readonly directory: string;
}

export interface Task {
  readonly recording: ToneRecording;
  readonly flags: readonly string[];
}

export interface Transcribed extends Task {
  /** Null where patience ended, or gaudio failed. */
  readonly run: Run | null;
  readonly report: Report;
  /** Whom each word is said to be by; null for nobody. Nothing where gaudio failed. */
  readonly labels: readonly (string | null)[];
}

/** Transcribes a recording as if for the first time, and makes sure that no word of it is lost. */
export async function transcribe(
  { emulator, directory }: Bench,
  task: Task,
  pace: Pace | null = usualPace,
): Promise<Transcribed> {
  const { recording, flags } = task;
  const output = join(directory, "out.json");
  const argv = ["transcribe", recording.path, ...flags, "-q", "-o", output, "--overwrite"];
  const env = {
    GEMINI_API_KEY: "bench",
    GOOGLE_GEMINI_BASE_URL: emulator.url,
    TMPDIR: directory,
    // A state of its own: nothing of another run is known to this one.
    XDG_STATE_HOME: mkdtempSync(join(directory, "state-")),
  };
  await emulator.setPace(pace);
  const done = await run(process.execPath, [gaudio, ...argv], { env, patienceSeconds: 300 });
  const labels = done === null ? [] : labelsIn(recording, output);
  return { ...task, run: done, report: await emulator.report(), labels };
}

const documentSchema = z.object({
  text: z.string(),
  complete: z.boolean(),
  segments: z.array(z.object({ text: z.string(), speaker: z.string().nullable() })),
});

/** Speed counts for nothing where words are lost. */
function labelsIn({ path, words }: ToneRecording, output: string): (string | null)[] {
  const { text, complete, segments } = documentSchema.parse(JSON.parse(readFileSync(output, "utf8")));
  const said = text.split(/\s+/);
  const wrong = said.findIndex((word, index) => word !== words[index]);
  if (complete && said.length === words.length && wrong < 0) {
    return segments.flatMap((segment) => segment.text.split(/\s+/).map(() => segment.speaker));
  }
  throw new Error(`${path}: ${said.length} words of ${words.length}, other than they were from ${wrong} on`);
}
