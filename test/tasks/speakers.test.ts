import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hear } from "../emulator/hearing/hear.ts";
import { outcomeOf, spawnGaudio, useFolder } from "../support/child.ts";
import { convert } from "../support/ffmpeg.ts";
import { fixture, fixturePath } from "../support/fixtures.ts";
import { type Circumstances, type Outcome, runInMemory } from "../support/memory-world.ts";
import { wavOfSamples } from "../support/samples.ts";
import { toneWav } from "../support/tone.ts";

const script: readonly { speaker: string; start: number; end: number; text: string }[] = JSON.parse(
  readFileSync(fixturePath("dialogue.script.json"), "utf8"),
);

/** A transcript of the dialogue as whisperX writes it. */
const talk = transcriptOf(script);
const wav = fixture("dialogue.wav");

function transcriptOf(segments: readonly object[]): Uint8Array {
  return Buffer.from(JSON.stringify({ segments }));
}

/** A transcript of gaudio's own. */
function ownTranscript(facts: object = {}): Uint8Array {
  const usage = Object.fromEntries(
    ["input", "audio", "output", "thought", "cached", "total"].map((kind) => [`${kind}_tokens`, 1]),
  );
  const [first] = script;
  const segments = [{ ...first, speaker: "SPEAKER_00" }];
  const source = { path: "talk.wav", bytes: 1, duration: 21.139, sent_bytes: 1 };
  const document = {
    ...{ text: "all", model: "gemini-3.5-transcribe", cost_usd: null, warnings: [], complete: true },
    ...{ segments, speakers: [{ id: "SPEAKER_00", name: null }], source },
    ...{ usage: { ...usage, requests: 1 }, ...facts },
  };
  return Buffer.from(JSON.stringify(document));
}

const files = { "talk.json": talk, "talk.wav": wav };
const argv = ["speakers", "talk.json", "talk.wav", "--sample-dir", "voices"];

function run(more: readonly string[] = [], circumstances: Circumstances = {}): Promise<Outcome> {
  return runInMemory([...argv, ...more], { ...circumstances, files: { ...files, ...circumstances.files } });
}

function clipsIn({ files: { entries } }: Outcome): string[] {
  return [...entries.keys()].filter((path) => !(path in files));
}

test("prints who speaks, and in which file and when that can be heard", async () => {
  const outcome = await run(["-q"]);
  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(outcome.stdout).toBe(
    [
      "SPEAKER     FROM      TO        FILE                   NAME",
      "SPEAKER_00  00:00:00  00:00:05  voices/SPEAKER_00.wav  Anna",
      "SPEAKER_01  00:00:05  00:00:11  voices/SPEAKER_01.wav  Ben",
      "",
    ].join("\n"),
  );
  expect(clipsIn(outcome)).toEqual(["voices/SPEAKER_00.wav", "voices/SPEAKER_01.wav"]);
});

test("tells of one step, and of nothing that is sent", async () => {
  expect((await run(["-v"])).stderr).toBe("cutting clips of talk.wav\n");
});

test("the same as JSON", async () => {
  const { stdout } = await run(["--json"]);
  expect(JSON.parse(stdout)).toEqual({
    speakers: [
      { id: "SPEAKER_00", name: "Anna", file: "voices/SPEAKER_00.wav", start: 0, end: 5.276 },
      { id: "SPEAKER_01", name: "Ben", file: "voices/SPEAKER_01.wav", start: 5.876, end: 11.57 },
    ],
    warnings: [],
  });
});

test.each([
  ["wav", "wav"],
  ["aiff", "aiff"],
  ["mp3", "mp3"],
  ["aac", "aac"],
  ["ogg", "ogg"],
  ["opus", "ogg"],
  ["flac", "flac"],
  ["m4a", "aac"],
  ["webm", "ogg"],
])("of %s, the clips are copied as %s, and as long as they are told to be", async (type, extension) => {
  const outcome = await run([], { files: { "talk.wav": fixture(`dialogue.${type}`) } });
  const paths = ["00", "01"].map((id) => `voices/SPEAKER_${id}.${extension}`);
  expect(clipsIn(outcome)).toEqual(paths);
  const clips = Object.fromEntries(outcome.files.entries);
  const { stdout } = await runInMemory(["probe", ...paths, "--json"], { files: clips });
  const told: { duration: number; warnings: string[] }[] = JSON.parse(stdout).files;
  expect(told.flatMap(({ warnings }) => warnings)).toEqual([]);
  for (const [index, length] of [5.276, 5.694].entries()) {
    expect(told[index]?.duration).toBeGreaterThan(length - 0.01);
    expect(told[index]?.duration).toBeLessThan(length + 0.4);
  }
});

test("what cannot be copied is made FLAC by ffmpeg, and refused without it", async () => {
  const alac = { files: { "talk.wav": convert(wav, ["-c:a", "alac"], "talk.m4a") } };
  const outcome = await run([], { ...alac, hasPrograms: true });
  expect(clipsIn(outcome)).toEqual(["voices/SPEAKER_00.flac", "voices/SPEAKER_01.flac"]);
  const without = await run([], alac);
  expect(without).toMatchObject({ exitCode: 5, stdout: "" });
  expect(without.stderr).toContain("ffmpeg");
});

test("the folder is made, and a clip that is there is not replaced unasked: exit 10", async () => {
  const there = { "voices/SPEAKER_01.wav": Buffer.from("precious") };
  const kept = await run([], { files: there });
  expect(kept).toMatchObject({ exitCode: 10, stdout: "" });
  expect(kept.stderr).toContain("error: voices/SPEAKER_01.wav: cannot be written: it exists already");
  expect(kept.stderr).toContain("--overwrite");
  expect(kept.files.text("voices/SPEAKER_01.wav")).toBe("precious");
  expect(clipsIn(kept)).toEqual(["voices/SPEAKER_01.wav"]);
  const replaced = await run(["--overwrite"], { files: there });
  expect(replaced.exitCode).toBe(0);
  expect(replaced.files.text("voices/SPEAKER_01.wav")).toMatch(/^RIFF/);
});

test.each<readonly [string, Circumstances, string]>([
  ["takes no files", { readOnly: ["voices"] }, "the file system is read-only"],
  ["is a file", { files: { voices: Buffer.from("a file") } }, "voices: cannot be written: it is no folder"],
])("a folder that %s: exit 10, and nothing is written", async (_name, circumstances, message) => {
  const outcome = await run([], circumstances);
  expect(outcome).toMatchObject({ exitCode: 10, stdout: "" });
  expect(outcome.stderr).toContain(message);
  expect(clipsIn(outcome).filter((path) => path.includes("/"))).toEqual([]);
});

test("no clip takes the place of the recording itself: exit 2", async () => {
  const circumstances = { files: { "talk.json": talk, "voices/SPEAKER_00.wav": wav } };
  const names = ["speakers", "talk.json", "voices/SPEAKER_00.wav", "--sample-dir", "voices", "--overwrite"];
  const { exitCode, stderr, files: left } = await runInMemory(names, circumstances);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("would replace the recording itself");
  expect(left.entries.get("voices/SPEAKER_00.wav")).toBe(wav);
});

test("who is never heard alone is named, and has no clip", async () => {
  const segments = [...script, { speaker: "Cy", start: 11.7, end: 12.1, text: "Yes." }];
  const circumstances = { files: { "talk.json": transcriptOf(segments) } };
  const { exitCode, stdout, stderr } = await run([], circumstances);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^SPEAKER_02 {2}- {9}- {9}- {22}Cy$/m);
  const warning = "SPEAKER_02 (Cy) has no clip: nobody hears them alone for a second";
  expect(stderr).toContain(`warning: ${warning}`);
  const asJson = JSON.parse((await run(["--json"], circumstances)).stdout);
  expect(asJson.speakers[2]).toEqual({ id: "SPEAKER_02", name: "Cy", file: null, start: null, end: null });
  expect(asJson.warnings).toEqual([warning]);
});

test.each([
  ["times", script.map(({ speaker, text }) => ({ speaker, text })), "it has no times"],
  ["speakers", script.map(({ start, end, text }) => ({ start, end, text })), "it has no speakers"],
  ["either", script.map(({ text }) => ({ text })), "it has no times and no speakers"],
])("a transcript without %s: exit 2, and how to get one", async (_name, segments, message) => {
  const outcome = await run([], { files: { "talk.json": transcriptOf(segments) } });
  expect(outcome).toMatchObject({ exitCode: 2, stdout: "" });
  expect(outcome.stderr).toBe(
    `error: talk.json: ${message}\n\nhint: transcribe the recording with --diarize --timestamps segment\n`,
  );
  expect(clipsIn(outcome)).toEqual([]);
});

describe("a transcript of another recording", () => {
  test("in which somebody speaks after the end: exit 2", async () => {
    const segments = [...script, { speaker: "Cy", start: 40, end: 45, text: "Late." }];
    const outcome = await run([], { files: { "talk.json": transcriptOf(segments) } });
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" });
    expect(outcome.stderr).toContain(
      "error: talk.json: somebody speaks in it after the end of talk.wav, 0:00:22\n",
    );
    expect(outcome.stderr).toContain("hint: name the recording that the transcript is of");
    expect(clipsIn(outcome)).toEqual([]);
  });

  test("of another length is warned of", async () => {
    const source = { path: "other.wav", bytes: 1, duration: 60, sent_bytes: 1 };
    const { exitCode, stderr } = await run([], { files: { "talk.json": ownTranscript({ source }) } });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "warning: talk.json is of a recording of 0:01:00, and talk.wav is 0:00:22 long: the clips may be of anybody",
    );
    expect((await run(["-q"], { files: { "talk.json": ownTranscript() } })).stderr).toBe("");
  });

  test("in which nothing is to be heard is warned of", async () => {
    const silence = wavOfSamples([new Float32Array(22 * 8_000)], 8_000);
    const { exitCode, stderr } = await run([], { files: { "talk.wav": silence } });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "warning: SPEAKER_00 (Anna): the clip is silent: is this the recording that the transcript is of?",
    );
  });

  test("may end a little late", async () => {
    const segments = script.map((one, index) => (index === 3 ? { ...one, end: 23 } : one));
    const { exitCode, stdout } = await run(["--json"], { files: { "talk.json": transcriptOf(segments) } });
    expect({ exitCode, ben: JSON.parse(stdout).speakers[1].start }).toEqual({ exitCode: 0, ben: 15.637 });
  });
});

test("no character of a name or an id is obeyed, and no file's name is made of one", async () => {
  const id = "../../\u001b[2Jetc/passwd\u0000";
  const segments = [{ start: 0, end: 5, text: "Hello.", speaker: id }];
  const speakers = [{ id, name: "Ann\u001b[31m\nBen\u009b" }];
  const circumstances = { files: { "talk.json": ownTranscript({ segments, speakers }) } };
  const outcome = await run([], circumstances);
  expect(outcome.exitCode).toBe(0);
  expect(clipsIn(outcome)).toEqual(["voices/SPEAKER_00.wav"]);
  expect(outcome.stdout.split("\n")).toHaveLength(3);
  const { stdout } = await run(["--json"], { ...circumstances });
  for (const text of [outcome.stdout, outcome.stderr, stdout])
    expect(["\u001b", "\u009b", "\u0000"].filter((character) => text.includes(character))).toEqual([]);
});

test("of nobody, nothing is printed", async () => {
  const outcome = await run(["-q"], {
    files: { "talk.json": ownTranscript({ segments: [], speakers: [] }) },
  });
  expect(outcome).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
});

test.each<readonly [string, readonly string[], number, string]>([
  ["no folder", argv.slice(0, 3), 2, "--sample-dir"],
  ["an empty name of one", [...argv.slice(0, 4), ""], 2, '--sample-dir "" names no folder'],
  ["no recording", ["speakers", "talk.json", "--sample-dir", "voices"], 2, "missing required argument"],
  ["stdin for both", ["speakers", "-", "-", "--sample-dir", "voices"], 2, "stdin can be read only once"],
  ["an upload", ["speakers", "talk.json", "files/abc", "--sample-dir", "v"], 2, "speakers reads local files"],
  ["no transcript", ["speakers", "talk.wav", "talk.wav", "--sample-dir", "v"], 5, "talk.wav: "],
  ["no audio", ["speakers", "talk.json", "talk.json", "--sample-dir", "v"], 5, "not a recording"],
  ["a file that is not there", ["speakers", "talk.json", "b.wav", "--sample-dir", "v"], 5, "no such file"],
])("%s is an error of its own", async (_name, wrong, exitCode, message) => {
  const outcome = await runInMemory(wrong, { files });
  expect(outcome).toMatchObject({ exitCode, stdout: "" });
  expect(outcome.stderr).toContain(message);
  expect(clipsIn(outcome)).toEqual([]);
});

test("the transcript may come by stdin", async () => {
  const { exitCode, stdout } = await runInMemory(["speakers", "-", ...argv.slice(2)], { files, stdin: talk });
  expect({ exitCode, lines: stdout.split("\n").length }).toEqual({ exitCode: 0, lines: 4 });
});

describe("a process of its own", () => {
  const folder = useFolder();

  test("cuts clips in which one voice alone is heard, and names given by ear are rendered", async () => {
    const { bytes, words } = toneWav({ seconds: 60, speakers: 3, seed: 11 });
    const [recording, transcript] = [join(folder.path, "talk.wav"), join(folder.path, "talk.json")];
    writeFileSync(recording, bytes);
    const segments = words.map(({ text, start, end, speaker }) => ({
      text,
      start,
      end,
      speaker: `Voice ${speaker}`,
    }));
    writeFileSync(transcript, transcriptOf(segments));
    const voices = join(folder.path, "by", "voice");
    const env = { TMPDIR: folder.path };
    const sampling = ["speakers", transcript, recording, "--sample-dir", voices];
    expect(await outcomeOf(spawnGaudio([...sampling, "-q"], env))).toMatchObject({ code: 0, stderr: "" });
    const names = readdirSync(voices).toSorted();
    expect(names).toEqual(["SPEAKER_00.wav", "SPEAKER_01.wav", "SPEAKER_02.wav"]);
    const order = [...new Set(words.map(({ speaker }) => speaker))];
    for (const [index, name] of names.entries()) {
      const path = join(voices, name);
      const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
      const heard = await hear({ path, mimeType: "audio/wav", digest });
      expect(heard.seconds).toBeLessThanOrEqual(8);
      expect(heard.seconds).toBeGreaterThan(4);
      expect(new Set(heard.words.map(({ voice }) => voice))).toEqual(new Set([`voice ${order[index]}`]));
    }
    expect(folder.temporaryLeft()).toEqual([]);
    expect(await outcomeOf(spawnGaudio(sampling, env))).toMatchObject({ code: 10, stdout: "" });
    const naming = ["render", transcript, "-f", "text", "--speaker-names", "Ann,Ben,Cy"];
    const { stdout } = await outcomeOf(spawnGaudio(naming, env));
    expect(stdout).toMatch(/^\[00:00:00\] Ann: w00000$/m);
  });
});
