import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Pace } from "../emulator/pace.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";
import { type RemoteEmulator, type Report, withEmulator } from "./emulators.ts";
import { bound, cell, gaudio, type Run, run } from "./run.ts";
import { type ToneRecording, toneRecording } from "./tones.ts";

/** A minute of audio in a second, after a while: what the service takes is not known here [?]. */
const usualPace: Pace = { realTime: 60, latencyMs: 300 };

const twoHours = 7_200;
const longest = 34_200;

/**
 * How long recordings take that are cut into parts, against an emulator that takes its time: beside what the
 * slowest part takes, and beside one request about all of it.
 */
export async function benchLong(directory: string): Promise<void> {
  console.log("long              gaudio s  slowest s transfer s    ratio        MB  requests     audio");
  const mp3 = await toneRecording(directory, { name: "two.mp3", seconds: twoHours });
  const wav = await toneRecording(directory, { name: "two.wav", seconds: twoHours });
  const nine = await toneRecording(directory, { name: "nine.mp3", seconds: longest });
  await withEmulator(async (emulator) => {
    const bench = { emulator, directory };
    const general = ["-m", generalModel];
    const dedicated = ["-m", transcriptionModel];
    await benchParts(bench, "2 h MP3", { recording: mp3, flags: dedicated });
    await benchParts(bench, "2 h WAV", { recording: wav, flags: dedicated });
    const parts = await benchParts(bench, "2 h MP3, general", { recording: mp3, flags: general });
    const one = await transcribe(bench, { recording: mp3, flags: [...general, "--chunk", "2:00:00"] });
    tell("  in one request", one, null);
    const faster = (one.run?.seconds ?? Number.NaN) / (parts.run?.seconds ?? Number.NaN);
    console.log(`  ${faster.toFixed(1)} x as fast in parts as in one request`);
    bound("the time in parts, beside that of one request", 1 / faster, 1 / 5);
    const hours = await transcribe(bench, { recording: nine, flags: dedicated });
    tell("9.5 h MP3", hours, null);
    bound("its memory in MB", hours.run?.residentMegabytes, 250);
    boundAudio(hours);
  });
}

interface Bench {
  readonly emulator: RemoteEmulator;
  readonly directory: string;
}

interface Task {
  readonly recording: ToneRecording;
  readonly flags: readonly string[];
}

interface Transcribed extends Task {
  readonly run: Run | null;
  readonly report: Report;
}

/** What is answered at once the second time is to start, to cut, to send and to join. */
async function benchParts(bench: Bench, name: string, task: Task): Promise<Transcribed> {
  const paced = await transcribe(bench, task);
  const { run: transfer } = await transcribe(bench, task, null);
  tell(name, paced, transfer);
  bound("its time without the transfer, beside the slowest part's", ratioOf(paced, transfer), 1.3);
  boundAudio(paced);
  return paced;
}

async function transcribe(
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
  if (done !== null) assertWhole(recording, output);
  return { ...task, run: done, report: await emulator.report() };
}

const documentSchema = z.object({ text: z.string(), complete: z.boolean() });

/** Speed counts for nothing where words are lost. */
function assertWhole({ path, words }: ToneRecording, output: string): void {
  const { text, complete } = documentSchema.parse(JSON.parse(readFileSync(output, "utf8")));
  const said = text.split(/\s+/);
  const wrong = said.findIndex((word, index) => word !== words[index]);
  if (complete && said.length === words.length && wrong < 0) return;
  throw new Error(`${path}: ${said.length} words of ${words.length}, other than they were from ${wrong} on`);
}

function boundAudio({ report, recording }: Transcribed): void {
  bound("the audio asked about, beside the recording's own", report.seconds / recording.seconds, 1.06);
  bound("how many questions were asked again", report.again, 0);
}

function ratioOf({ run: done, report }: Transcribed, transfer: Run | null): number | undefined {
  if (done === null || transfer === null) return undefined;
  return (done.seconds - transfer.seconds) / report.slowestSeconds;
}

function tell(name: string, transcribed: Transcribed, transfer: Run | null): void {
  const { run: done, report, recording } = transcribed;
  const cells = [
    cell(done?.seconds),
    cell(report.slowestSeconds),
    cell(transfer?.seconds),
    cell(ratioOf(transcribed, transfer)),
    cell(done?.residentMegabytes, 0),
    cell(report.questions, 0),
    cell(report.seconds / recording.seconds, 3),
  ];
  console.log(`${name.padEnd(17)}${cells.join(" ")}`);
}
