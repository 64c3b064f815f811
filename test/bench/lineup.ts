import { generalModel, transcriptionModel } from "../support/ways.ts";
import { withEmulator } from "./emulators.ts";
import { bound, cell } from "./run.ts";
import { type ToneRecording, toneRecording } from "./tones.ts";
import { type Bench, type Transcribed, transcribe } from "./transcribed.ts";

const twoHours = 7_200;

/**
 * What it takes to know the speakers of a long recording again from one part to the next, and what it is worth:
 * beside the same without a line-up, against an emulator that takes its time.
 */
export async function benchLineUp(directory: string): Promise<void> {
  console.log("line-up           gaudio s        MB  requests     audio    labels  right words");
  const recording = await toneRecording(directory, { name: "three.mp3", seconds: twoHours, speakers: 3 });
  await withEmulator(async (emulator) => {
    const bench = { emulator, directory };
    for (const model of [transcriptionModel, generalModel]) await benchModel(bench, recording, model);
  });
}

async function benchModel(bench: Bench, recording: ToneRecording, model: string): Promise<void> {
  const flags = ["-m", model, "--diarize"];
  const without = await transcribe(bench, { recording, flags: [...flags, "--no-lineup"] });
  const lined = await transcribe(bench, { recording, flags });
  const name = model === transcriptionModel ? "2 h, 3 speakers" : "2 h, general";
  tell(name, lined);
  tell("  without it", without);
  const isBoth = lined.run !== null && without.run !== null;
  const audio = isBoth ? (lined.report.seconds - without.report.seconds) / recording.seconds : undefined;
  const seconds = isBoth ? (lined.run.seconds - without.run.seconds).toFixed(1) : "-";
  console.log(`  it takes ${seconds} s and ${percentOf(audio)} more audio`);
  bound("the audio that it adds, beside the recording's own", audio, 0.02);
  bound("the share of words under another speaker", 1 - rightShare(lined), 0);
  bound("how many questions were asked again", lined.report.again, 0);
}

function percentOf(share: number | undefined): string {
  return share === undefined ? "-" : `${(share * 100).toFixed(2)} %`;
}

function tell(name: string, transcribed: Transcribed): void {
  const { run: done, report, recording, labels } = transcribed;
  const cells = [
    cell(done?.seconds),
    cell(done?.residentMegabytes, 0),
    cell(done === null ? undefined : report.questions, 0),
    cell(done === null ? undefined : report.seconds / recording.seconds, 3),
    cell(done === null ? undefined : new Set(labels).size, 0),
    `   ${cell(done === null ? undefined : rightShare(transcribed), 3)}`,
  ];
  console.log(`${name.padEnd(17)}${cells.join(" ")}`);
}

/** The share of words under their speaker, where each label is one person and each person has one label at most. */
function rightShare({ labels, recording: { voices } }: Transcribed): number {
  const counts = new Map<string, number>();
  for (const [index, label] of labels.entries()) {
    const key = `${label} ${voices[index]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const known = [...new Set(labels)];
  const mostOf = (people: readonly number[], taken: readonly (string | null)[]): number => {
    const [person, ...others] = people;
    if (person === undefined) return 0;
    const free = known.filter((label) => !taken.includes(label));
    const shares = free.map(
      (label) => (counts.get(`${label} ${person}`) ?? 0) + mostOf(others, [...taken, label]),
    );
    // More people than labels: one has none.
    return Math.max(mostOf(others, taken), ...shares);
  };
  return mostOf([...new Set(voices)], []) / voices.length;
}
