import { generalModel, transcriptionModel } from "../support/ways.ts";
import { withEmulator } from "./emulators.ts";
import { bound, cell, type Run } from "./run.ts";
import { toneRecording } from "./tones.ts";
import { type Bench, type Task, type Transcribed, transcribe } from "./transcribed.ts";

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

/** What is answered at once the second time is to start, to cut, to send and to join. */
async function benchParts(bench: Bench, name: string, task: Task): Promise<Transcribed> {
  const paced = await transcribe(bench, task);
  const { run: transfer } = await transcribe(bench, task, null);
  tell(name, paced, transfer);
  bound("its time without the transfer, beside the slowest part's", ratioOf(paced, transfer), 1.3);
  boundAudio(paced);
  return paced;
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
