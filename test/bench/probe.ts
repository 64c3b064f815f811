import { execFileSync, spawn } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { probe } from "../../src/audio/probe.ts";
import { SystemFiles } from "../../src/system/files.ts";
import { fixturePath, projectRoot } from "../support/fixtures.ts";
import { memoryWorld } from "../support/memory-world.ts";

/**
 * How fast long recordings are measured: `npm run bench`. Needs ffmpeg, to make the files and to compare.
 * All figures are of one run on one machine; what counts are their ratios.
 */
const seconds = 34_200;
const patienceSeconds = 30;
const directory = mkdtempSync(join(tmpdir(), "gaudio-bench-"));
const gaudio = join(projectRoot, "dist", "bin", "gaudio.js");

const repeat = (name: string, ...options: string[]) => {
  const path = join(directory, name);
  const input = ["-v", "error", "-stream_loop", "-1", "-i", fixturePath(`dialogue.${name.split(".")[1]}`)];
  execFileSync("ffmpeg", [...input, "-t", String(seconds), "-c", "copy", ...options, path]);
  return path;
};

/** 500 MB of MP3 at a changing bit rate, without a header that tells its length. */
async function variable(): Promise<string> {
  const pieces = ["8", "2"].map((quality) => {
    const path = join(directory, `q${quality}.mp3`);
    const encoding = ["-ar", "44100", "-ac", "2", "-q:a", quality, "-write_xing", "0", "-id3v2_version", "0"];
    execFileSync("ffmpeg", ["-v", "error", "-i", fixturePath("dialogue.wav"), ...encoding, path]);
    return path;
  });
  const path = join(directory, "variable.mp3");
  while (!statSync(path, { throwIfNoEntry: false }) || statSync(path).size < 500_000_000) {
    for (const piece of pieces)
      await pipeline(createReadStream(piece), createWriteStream(path, { flags: "a" }));
  }
  return path;
}

function huge(): string {
  const path = join(directory, "huge.wav");
  writeFileSync(path, readFileSync(fixturePath("dialogue.wav")).subarray(0, 44));
  truncateSync(path, 1_000_000_000);
  return path;
}

interface Run {
  readonly seconds: number;
  readonly residentMegabytes: number;
}

/** Runs a command to its end, or to the end of patience; null then. */
function run(command: string, argv: readonly string[]): Promise<Run | null> {
  const started = performance.now();
  const child = spawn(command, argv, { stdio: "ignore", timeout: patienceSeconds * 1_000 });
  let residentMegabytes = 0;
  const poll = setInterval(() => {
    const status = readStatus(child.pid);
    residentMegabytes = Math.max(residentMegabytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_000);
  }, 3);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(poll);
      resolve(code === 0 ? { seconds: (performance.now() - started) / 1_000, residentMegabytes } : null);
    });
  });
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
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

async function bench(name: string, path: string): Promise<void> {
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
  const cell = (value: number | undefined) =>
    (value === undefined ? `> ${patienceSeconds}` : value.toFixed(2)).padStart(8);
  const megabytes = (statSync(path).size / 1e6).toFixed(0);
  const cells = [
    cell(own?.seconds),
    cell(own?.residentMegabytes),
    cell(scan / bare),
    cell(ffprobe?.seconds),
    cell(library?.seconds),
  ];
  if ((own?.seconds ?? patienceSeconds) > 1 || (own?.residentMegabytes ?? 0) > 100) process.exitCode = 1;
  console.log(`${name.padEnd(22)}${megabytes.padStart(6)} ${cells.join(" ")}`);
}

try {
  const files: readonly (readonly [string, string])[] = [
    ["9.5 h MP3", repeat("long.mp3")],
    ["9.5 h ADTS", repeat("long.aac")],
    ["9.5 h Ogg Vorbis", repeat("long.ogg")],
    ["9.5 h Ogg Opus", repeat("long.opus")],
    ["9.5 h FLAC", repeat("long.flac")],
    ["9.5 h M4A", repeat("long.m4a")],
    ["9.5 h WebM", repeat("long.webm")],
    ["500 MB VBR MP3", await variable()],
    ["1 GB WAV", huge()],
  ];
  console.log("                          MB  gaudio s     MB  x reading  ffprobe s  music-metadata s");
  for (const [name, path] of files) await bench(name, path);
} finally {
  rmSync(directory, { recursive: true });
}
