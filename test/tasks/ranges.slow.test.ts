import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { makeConversation } from "../emulator/tone/conversation.ts";
import { writeWav } from "../emulator/tone/wav.ts";
import { fixture } from "../support/fixtures.ts";
import type { Circumstances } from "../support/memory-world.ts";
import { useEmulator } from "../support/service.ts";

const service = useEmulator();
const seconds = 60;
const words = makeConversation({ seconds, speakers: 2, seed: 4 });

/** How ffmpeg makes each kind of file; what Gemini does not take has to be copied into what it does. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "a.wav": ["-c:a", "pcm_s24le", "-ac", "2"],
  "b.wav": ["-rf64", "always"],
  "c.aiff": ["-c:a", "pcm_s16be"],
  "d.mp3": ["-b:a", "48k"],
  "e.aac": ["-b:a", "48k"],
  "f.ogg": ["-c:a", "libvorbis"],
  "g.opus": ["-c:a", "libopus", "-b:a", "32k"],
  "h.flac": ["-c:a", "flac"],
  "i.m4a": ["-c:a", "aac"],
  "j.mov": ["-c:a", "pcm_s16le"],
  "k.mp4": [
    "-f",
    "lavfi",
    "-i",
    `testsrc=size=64x64:rate=5:duration=${seconds}`,
    "-c:v",
    "mpeg4",
    "-c:a",
    "aac",
  ],
  "l.ts": ["-c:a", "aac"],
  "m.webm": ["-c:a", "libopus", "-b:a", "32k"],
  "n.mkv": ["-c:a", "libvorbis"],
  "o.mka": ["-c:a", "flac"],
  "p.mkv": ["-c:a", "libmp3lame", "-b:a", "48k"],
};

/** What only ffmpeg decodes. */
const decoded: Readonly<Record<string, readonly string[]>> = {
  "a.wma": ["-c:a", "wmav2", "-b:a", "64k"],
  "b.caf": ["-c:a", "pcm_s16le"],
  "c.avi": ["-c:a", "mp3", "-b:a", "48k"],
  "d.flv": ["-c:a", "aac"],
  "e.m4a": ["-c:a", "alac"],
  "f.spx": ["-c:a", "libspeex", "-b:a", "32k", "-f", "ogg"],
  "g.wav": ["-c:a", "adpcm_ms"],
  "h.au": ["-c:a", "pcm_s16be"],
  "i.w64": ["-c:a", "pcm_s16le"],
  "j.wv": ["-c:a", "wavpack"],
  "k.mkv": ["-c:a", "ac3"],
  "l.ogg": ["-c:a", "flac", "-f", "ogg"],
};

/** The beginning, a middle, the end, and all of it. */
const ranges: readonly (readonly [start: number, end: number, options: readonly string[]])[] = [
  [0, 20, ["--end", "20"]],
  [23.3, 41.7, ["--start", "23.3", "--end", "0:41.7"]],
  [45, seconds, ["--start", "0m45s"]],
  [0, seconds, []],
];

interface Heard {
  readonly segments: readonly { readonly text: string; readonly start: number }[];
  readonly warnings: readonly string[];
}

async function encodeAll(
  kinds: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, Uint8Array>> {
  const directory = mkdtempSync(join(tmpdir(), "gaudio-ranges-"));
  try {
    const source = join(directory, "source.wav");
    await writeWav(source, { words, seconds, sampleRate: 16_000 });
    const entries = Object.entries(kinds).map(([name, options]): [string, Uint8Array] => {
      execFileSync("ffmpeg", ["-v", "error", "-i", source, ...options, join(directory, name)]);
      return [name, new Uint8Array(readFileSync(join(directory, name)))];
    });
    return Object.fromEntries(entries);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Each word of a range comes out once, at its time in the whole. */
async function expectWords(
  name: string,
  [start, end, options]: (typeof ranges)[number],
  circumstances: Circumstances,
): Promise<void> {
  const { exitCode, stdout } = await service.run(["transcribe", name, "--json", ...options], circumstances);
  expect(exitCode).toBe(0);
  const { segments, warnings }: Heard = JSON.parse(stdout);
  const heard = segments.flatMap(({ text }) => text.split(" ")).filter((word) => word.startsWith("w"));
  const inside = words
    .filter((word) => word.start >= start + 0.1 && word.end <= end - 0.1)
    .map(({ text }) => text);
  const touched = words
    .filter((word) => word.end > start - 0.3 && word.start < end + 0.3)
    .map(({ text }) => text);
  expect(new Set(heard).size).toBe(heard.length);
  expect(inside.filter((word) => !heard.includes(word))).toEqual([]);
  expect(heard.filter((word) => !touched.includes(word))).toEqual([]);
  expect(warnings).toEqual([]);
  for (const segment of segments) {
    const first = words.find(({ text }) => text === segment.text.split(" ")[0]);
    if (first !== undefined) expect(Math.abs(segment.start - first.start)).toBeLessThan(0.1);
  }
}

describe.skipIf(!hasFfmpeg)("ranges of any container (needs ffmpeg)", async () => {
  const files = hasFfmpeg ? await encodeAll(kinds) : {};

  test.each(Object.keys(kinds))("%s: each word comes out once, at its time in the whole", async (name) => {
    for (const range of ranges) await expectWords(name, range, { files });
  });

  test.each(["--compress=never", "--compress=always"])("%s: the same words", async (compress) => {
    for (const name of ["a.wav", "c.aiff", "d.mp3", "h.flac", "i.m4a", "j.mov"]) {
      for (const hasPrograms of [false, true]) {
        await expectWords(name, [23.3, 41.7, ["--start", "23.3", "--end", "41.7", compress]], {
          files,
          hasPrograms,
        });
      }
    }
  });
});

describe.skipIf(!hasFfmpeg)("ranges of what only ffmpeg decodes (needs ffmpeg)", async () => {
  const files = hasFfmpeg ? await encodeAll(decoded) : {};

  test.each(Object.keys(decoded))("%s: each word comes out once, at its time in the whole", async (name) => {
    for (const range of ranges.slice(2, 4)) await expectWords(name, range, { files, hasPrograms: true });
  });

  test.each(Object.keys(decoded))("%s: without ffmpeg, exit 5 names the codec and ffmpeg", async (name) => {
    const { exitCode, stderr } = await service.run(["transcribe", name], { files });
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/^error: .*, which takes ffmpeg to decode, and that is not installed$/m);
    expect(stderr).toContain("hint: install it (apt install ffmpeg");
    expect(service.emulator.requests).toEqual([]);
  });
});

describe.skipIf(!hasFfmpeg)("--track (needs ffmpeg)", async () => {
  const { "two.mkv": two = new Uint8Array(0) } = hasFfmpeg
    ? await encodeAll({
        "two.mkv": [
          "-f",
          "lavfi",
          "-i",
          "anullsrc=d=60",
          "-map",
          "1:a",
          "-map",
          "0:a",
          "-c:a",
          "libopus",
          "-b:a",
          "32k",
        ],
      })
    : {};
  const files = { "two.mkv": two };

  test("chooses among the audio tracks of a video", async () => {
    await expectWords("two.mkv", [10, 30, ["--start", "10", "--end", "30", "--track", "2"]], { files });
    const { stdout, stderr } = await service.run(["transcribe", "two.mkv", "--json"], { files });
    expect(JSON.parse(stdout)).toMatchObject({ text: "", complete: true, source: { sent_as: null } });
    expect(stderr).toContain("warning: two.mkv: it holds 2 audio streams; the first one counts");
    expect(stderr).toContain("warning: two.mkv: it is digital silence, nothing of it was sent");
  });

  test.each([
    ["two.mkv", "3", "it has 2 audio tracks to choose from"],
    ["talk.mp3", "2", "it has one audio track to choose from"],
  ])("%s has no track %s", async (name, track, message) => {
    const { exitCode, stderr } = await service.run(["transcribe", name, "--track", track], {
      files: { ...files, "talk.mp3": fixture("dialogue.mp3") },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${name}: ${message}`);
  });
});
