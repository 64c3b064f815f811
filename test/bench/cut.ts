import { join } from "node:path";
import { projectRoot } from "../support/fixtures.ts";
import { repeated, seconds, studio } from "./recordings.ts";
import { bound, cell, type Run, run } from "./run.ts";

const script = join(projectRoot, "dist", "test", "bench", "cut-main.js");

/** How fast recordings are cut and made smaller, beside ffmpeg. */
export async function benchCut(directory: string): Promise<void> {
  console.log("cut                               gaudio s        MB  ffmpeg s     ratio");
  const mp3 = repeated(directory, "mp3");
  const pieces = await cutHere(mp3, { from: 0, to: seconds, count: 20 });
  tell("9.5 h MP3 into 20", pieces, null);
  bound("its time in seconds", pieces?.seconds, 2);
  bound("its memory in MB", pieces?.residentMegabytes, 100);
  for (const extension of ["m4a", "opus", "ogg", "flac"]) {
    const path = repeated(directory, extension);
    const own = await cutHere(path, { from: 16_000, to: 17_800, count: 1 });
    const part = ["-ss", "16000", "-t", "1800"];
    const target = join(directory, `part.${extension}`);
    const other = await run("ffmpeg", ["-v", "error", "-y", ...part, "-i", path, "-c", "copy", target]);
    tell(`half an hour of 9.5 h ${extension}`, own, other);
    bound("its ratio to ffmpeg", ratioOf(own, other), 6);
    bound("its memory in MB", own?.residentMegabytes, 200);
  }
  const { path, seconds: length } = studio(directory);
  const own = await run(process.execPath, [script, "encode", path, "0", String(length), "1"]);
  const output = ["-ac", "1", "-ar", "16000", "-sample_fmt", "s16", join(directory, "studio.flac")];
  tell("1 GB of WAV to FLAC", own, await run("ffmpeg", ["-v", "error", "-y", "-i", path, ...output]));
  console.log(`  ${(length / (own?.seconds ?? Number.NaN)).toFixed(0)} x real time`);
  bound("its time in seconds, at 250 x real time", own?.seconds, length / 250);
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function cutHere(path: string, { from, to, count }: Part): Promise<Run | null> {
  return run(process.execPath, [script, "cut", path, String(from), String(to), String(count)]);
}

function ratioOf(own: Run | null, other: Run | null): number | undefined {
  return own === null || other === null ? undefined : own.seconds / other.seconds;
}

function tell(name: string, own: Run | null, other: Run | null): void {
  const figures = [cell(own?.seconds), cell(own?.residentMegabytes, 0)];
  const compared = other === null ? [] : [cell(other.seconds), cell(ratioOf(own, other))];
  console.log(`${name.padEnd(33)}${[...figures, ...compared].join(" ")}`);
}
