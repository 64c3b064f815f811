import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { probe } from "../../src/audio/probe.ts";
import { SystemFiles } from "../../src/system/files.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { huge, repeated, variable } from "./recordings.ts";
import { bound, cell, gaudio, run } from "./run.ts";

/** How fast long recordings are measured, beside ffprobe, music-metadata and a bare loop of reads. */
export async function benchProbe(directory: string): Promise<void> {
  const files: readonly (readonly [string, string])[] = [
    ["9.5 h MP3", repeated(directory, "mp3")],
    ["9.5 h ADTS", repeated(directory, "aac")],
    ["9.5 h Ogg Vorbis", repeated(directory, "ogg")],
    ["9.5 h Ogg Opus", repeated(directory, "opus")],
    ["9.5 h FLAC", repeated(directory, "flac")],
    ["9.5 h M4A", repeated(directory, "m4a")],
    ["9.5 h WebM", repeated(directory, "webm")],
    ["500 MB VBR MP3", await variable(directory)],
    ["1 GB WAV", huge(directory)],
  ];
  console.log("probe                     MB  gaudio s        MB x reading ffprobe s music-metadata s");
  for (const [name, path] of files) await benchOne(name, path);
}

async function benchOne(name: string, path: string): Promise<void> {
  const bare = await best(readBare, path);
  const scan = await best(probeHere, path);
  const own = await run(process.execPath, [gaudio, "probe", path]);
  const ffprobe = await run("ffprobe", [
    "-v",
    "error",
    "-count_packets",
    "-show_entries",
    "stream=duration",
    path,
  ]);
  const script = `import("music-metadata").then((library) => library.parseFile(${JSON.stringify(path)}, { duration: true }))`;
  const library = await run(process.execPath, ["-e", script]);
  const megabytes = (statSync(path).size / 1e6).toFixed(0);
  const cells = [
    cell(own?.seconds),
    cell(own?.residentMegabytes),
    cell(scan / bare),
    cell(ffprobe?.seconds),
    cell(library?.seconds),
  ];
  console.log(`${name.padEnd(22)}${megabytes.padStart(6)} ${cells.join(" ")}`);
  bound("gaudio's time in seconds", own?.seconds, 1);
  bound("gaudio's memory in MB", own?.residentMegabytes, 100);
}

/** A bare loop of large reads over a file, in seconds. */
async function readBare(path: string): Promise<number> {
  const started = performance.now();
  const handle = await open(path);
  const buffer = Buffer.alloc(1 << 20);
  while ((await handle.read(buffer)).bytesRead > 0);
  await handle.close();
  return (performance.now() - started) / 1_000;
}

/** The best of five: the first ones still compile. */
async function best(measure: (path: string) => Promise<number>, path: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < 5; count += 1) least = Math.min(least, await measure(path));
  return least;
}

async function probeHere(path: string): Promise<number> {
  const started = performance.now();
  await probe({ ...memoryWorld([]).world, files: new SystemFiles() }, { path, file: path });
  return (performance.now() - started) / 1_000;
}
