import { Failure } from "../failure.ts";
import type { ProgramEnd, World } from "../world.ts";
import type { ContainerKey } from "./containers.ts";
import type { Sound } from "./decode/sound.ts";
import type { Range } from "./piece.ts";
import { plausibleRate, unknownWalk, type Walk } from "./walk/walk.ts";

/** ffmpeg's demuxers of a container. No other may open a file: some of them read what a file names. */
const demuxers: Readonly<Record<ContainerKey, string>> = {
  wav: "wav",
  rf64: "wav",
  aiff: "aiff",
  mp3: "mp3",
  freeFormat: "mp3",
  adts: "aac",
  ogg: "ogg",
  flac: "flac",
  m4a: "mov",
  mp4: "mov",
  mov: "mov",
  threeGp: "mov",
  mpegTs: "mpegts",
  webm: "matroska",
  matroska: "matroska",
  w64: "w64",
  au: "au",
  caf: "caf",
  amr: "amr",
  wma: "asf",
  wmv: "asf",
  avi: "avi",
  flv: "flv",
  ape: "ape",
  wavpack: "wv",
  musepack: "mpc,mpc8",
  dsf: "dsf",
  voc: "voc",
  ac3: "ac3,eac3",
  mpegPs: "mpeg",
};

/** A recording as ffmpeg is told of it. */
export interface FfmpegInput {
  readonly file: string;
  readonly key: ContainerKey;
  /** Which of its audio tracks, from 0. */
  readonly track: number;
}

type FfmpegWorld = Pick<World, "programs" | "signal" | "files">;

/** Whether ffmpeg is there. */
export function hasFfmpeg({ programs }: Pick<World, "programs">): Promise<boolean> {
  return programs.has("ffmpeg");
}

/** What can be said of a recording that only ffmpeg decodes, where there is none. */
export function needsFfmpeg(name: string, format: string): Failure {
  return new Failure(
    "input",
    `${name}: this is ${format}, which takes ffmpeg to decode, and that is not installed`,
    {
      hint: "install it (apt install ffmpeg, brew install ffmpeg), then run the command again",
      file: name,
    },
  );
}

/** Decoding ten hours takes ffmpeg a minute or two here; a damaged file may keep it busy for ever. */
function limitMs(sizeBytes: number): number {
  return 60_000 + sizeBytes / 1_000;
}

/** The rate at which samples are counted, and listened to. */
const countingRate = 8_000;

/** Measures a recording by decoding all of it. Null when nothing of it can be decoded. */
export async function measureByDecoding(world: FfmpegWorld, input: FfmpegInput): Promise<Walk | null> {
  let samples = 0;
  const { said } = await decodeWithFfmpeg(world, input, {
    filters: byTime,
    onSound: ({ channels: [first] }) => {
      samples += first?.length ?? 0;
      return true;
    },
  });
  if (samples === 0) return null;
  const duration = samples / countingRate;
  return { ...unknownWalk, ...factsIn(said, input.track), duration, durationFrom: "decode" };
}

interface Following {
  /** Given what was decoded, until it answers false. */
  readonly onSound: (sound: Sound) => boolean;
  /** Absent for as long as a file of its size may take. */
  readonly timeoutMs?: number;
  readonly filters?: readonly string[];
}

/** Times are counted from the first sample on, as everywhere in gaudio; what is missing becomes silence. */
const byTime = ["asetpts=PTS-STARTPTS", "aresample=async=1:first_pts=0"];

/** Decodes a recording to two channels at 8 kHz; `onSound` is given them until it answers false. */
export async function decodeWithFfmpeg(
  { programs, files, signal }: FfmpegWorld,
  input: FfmpegInput,
  { onSound, timeoutMs, filters = [] }: Following,
): Promise<ProgramEnd> {
  const sizeBytes = (await files.status(input.file))?.sizeBytes ?? 0;
  const filtered = filters.length === 0 ? [] : ["-af", filters.join(",")];
  const output = [...filtered, "-ac", "2", "-ar", String(countingRate), "-f", "s16le", "pipe:1"];
  let rest: Uint8Array = new Uint8Array(0);
  return programs.run("ffmpeg", [...inputArguments(input), ...output], {
    timeoutMs: timeoutMs ?? limitMs(sizeBytes),
    signal,
    onOutput: (bytes) => {
      const all = Buffer.concat([rest, bytes]);
      rest = all.subarray(all.length - (all.length % 4));
      return onSound(soundOf(all));
    },
  });
}

/** Two channels of 16 bits, little-endian, as far as the last whole pair. */
function soundOf(bytes: Buffer): Sound {
  const left = new Float32Array(Math.floor(bytes.length / 4));
  const right = new Float32Array(left.length);
  for (let index = 0; index < left.length; index += 1) {
    left[index] = bytes.readInt16LE(4 * index) / 32_768;
    right[index] = bytes.readInt16LE(4 * index + 2) / 32_768;
  }
  return { channels: [left, right], sampleRate: countingRate };
}

export interface FfmpegEncoding {
  readonly input: FfmpegInput;
  /** In the recording's own time. */
  readonly range: Range;
  /** Which channel, from 0; null to mix all of them. */
  readonly channel: number | null;
  /** `opus` is smaller, and loses some more. */
  readonly codec: "flac" | "opus";
  readonly target: string;
}

/** How the small encodings are made: what the service makes use of, and no more. */
const encodings = {
  flac: ["-ar", "16000", "-sample_fmt", "s16", "-c:a", "flac", "-f", "flac"],
  opus: ["-ar", "16000", "-c:a", "libopus", "-b:a", "24k", "-application", "audio", "-f", "ogg"],
} as const;

/** Decodes a range and writes it, one channel at 16 kHz, into a new private file. Says whether that worked. */
export async function encodeWithFfmpeg(world: FfmpegWorld, encoding: FfmpegEncoding): Promise<boolean> {
  const { input, range, channel, codec, target } = encoding;
  // ffmpeg keeps the permissions of a file that is there.
  await (await world.files.openNew(target)).close();
  const filters = [
    ...byTime,
    `atrim=start=${range.start.toFixed(6)}:end=${range.end.toFixed(6)}`,
    ...(channel === null ? [] : [`pan=mono|c0=c${channel}`]),
  ];
  const argv = [...inputArguments(input), "-af", filters.join(","), "-ac", "1", ...encodings[codec]];
  const sizeBytes = (await world.files.status(input.file))?.sizeBytes ?? 0;
  const limits = { timeoutMs: limitMs(sizeBytes) * 4, signal: world.signal };
  const { exitCode } = await world.programs.run("ffmpeg", [...argv, "-y", `file:${target}`], limits);
  return exitCode === 0;
}

function inputArguments({ file, key, track }: FfmpegInput): string[] {
  return [
    ...["-hide_banner", "-nostdin", "-nostats", "-v", "info"],
    ...["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxers[key], "-i", `file:${file}`],
    ...["-map", `0:a:${track}`, "-vn", "-sn", "-dn", "-map_metadata", "-1"],
  ];
}

const channelCounts: Readonly<Record<string, number>> = { mono: 1, stereo: 2, "5.1": 6, "7.1": 8 };

/** What ffmpeg says of a track: `Stream #0:1[0x2](und): Audio: wmav2 (a[1][0][0] / 0x0161), 44100 Hz, stereo, fltp`. */
function factsIn(said: string, track: number): Pick<Walk, "codec" | "channels" | "sampleRate" | "hasVideo"> {
  const input = said.slice(0, said.indexOf("Stream mapping:"));
  const lines = [...input.matchAll(/^ {2}Stream #0:\d+[^ ]*: (Audio|Video): (\w+)([^\n]*)$/gm)];
  const [, , codec = null, rest = ""] = lines.filter(([, kind]) => kind === "Audio")[track] ?? [];
  const [, rate, layout = ""] = /, (\d+) Hz, ([^,\n]+)/.exec(rest) ?? [];
  const counted = /^(\d+) channels/.exec(layout)?.[1];
  return {
    codec,
    channels:
      counted === undefined ? (channelCounts[layout.replace(/\(.*/, "").trim()] ?? null) : Number(counted),
    sampleRate: rate === undefined ? null : plausibleRate(Number(rate)),
    hasVideo: lines.some(([, kind]) => kind === "Video"),
  };
}
