import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import type { Fault } from "../emulator/faults.ts";
import { fixture } from "../support/fixtures.ts";
import { memoryWorld } from "../support/memory-world.ts";
import { sentinelKey, useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel, ways } from "../support/ways.ts";

const service = useEmulator();
const talk = toneWav({ seconds: 240, speakers: 2, seed: 11 });
const files = { "talk.wav": talk.bytes };
/** What two parts share is long enough to hear everybody in it. */
const cut = ["--chunk", "1:20", "--overlap", "30"];

const both = ways.flatMap((way) => [transcriptionModel, generalModel].map((model) => ({ ...way, model })));

interface Said {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
}

const asked = () =>
  service.emulator.requests.filter(({ url }) => /enerateContent|interactions/.test(url)).length;

describe.each(both)("a long recording in parts, by $model and $api", ({ model, api }) => {
  const argv = ["transcribe", "talk.wav", ...cut, "-m", model, "--api", api];

  test("every word comes out once, in order, at its time, under its speaker", async () => {
    const { exitCode, stdout, stderr } = await service.run([...argv, "--diarize", "-f", "json"], { files });
    const { segments, speakers, complete, gaps, warnings } = JSON.parse(stdout);
    expect({ exitCode, complete, gaps, warnings }, stderr).toEqual({
      exitCode: 0,
      complete: true,
      gaps: [],
      warnings: [],
    });
    const said: Said[] = segments;
    expect(said.flatMap(({ text }) => text.split(" "))).toEqual(textsOf(talk.words));
    expect(speakers).toHaveLength(2);
    const byText = new Map(talk.words.map((word) => [word.text, word]));
    const labels = new Map<number, string>();
    for (const { text, start, speaker } of said) {
      const word = byText.get(text.split(" ")[0] ?? "");
      expect(Math.abs(start - (word?.start ?? -9))).toBeLessThan(model === transcriptionModel ? 0.3 : 2);
      for (const one of text.split(" ")) {
        const who = byText.get(one)?.speaker ?? -1;
        labels.set(who, labels.get(who) ?? speaker);
        expect(speaker).toBe(labels.get(who));
      }
    }
    expect(new Set(labels.values()).size).toBe(2);
    // The parts, and the line-up of their speakers.
    expect(asked()).toBe(6);
  });

  test("plain text, too", async () => {
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(stdout.trim().split(/\s+/)).toEqual(textsOf(talk.words));
  });
});

describe.each([transcriptionModel, generalModel])("what goes wrong with a part, by %s", (model) => {
  const argv = ["transcribe", "talk.wav", ...cut, "-m", model];

  test("a passage that is blocked costs no more than the minute around it", async () => {
    const [from, to] = [
      talk.words.findIndex(({ start }) => start > 120),
      talk.words.findIndex(({ start }) => start > 122),
    ];
    service.emulator.faults.add(
      "generate",
      { kind: "block", reason: "SAFETY" },
      { times: "always", when: { says: [from, to] } },
    );
    const { exitCode, stdout, stderr } = await service.run([...argv, "-f", "json"], { files });
    const { segments, gaps, complete } = JSON.parse(stdout);
    expect({ exitCode, complete }, stderr).toEqual({ exitCode: 8, complete: false });
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) expect(gap.reason).toContain("blocked");
    const [start, end] = [gaps[0].start, gaps.at(-1).end];
    expect(start).toBeLessThan(122);
    expect(end).toBeGreaterThan(120);
    expect(end - start).toBeLessThanOrEqual(60);
    const there = segments.flatMap(({ text }: Said) => text.split(" "));
    // A word at the edge may be cut in half: nobody else has heard it.
    const outside = talk.words.filter((word) => word.end < start - 2 || word.start > end + 2);
    expect(there.filter((word: string) => textsOf(outside).includes(word))).toEqual(textsOf(outside));
  });

  test.each<Fault>([
    { kind: "drop", which: { by: "time", from: 20, to: 40 } },
    { kind: "early", share: 0.5 },
    { kind: "double", seconds: 4 },
    { kind: "spell", seconds: 30 },
    { kind: "empty" },
    { kind: "loop", keep: 600, times: 200 },
    { kind: "finish", reason: "MAX_TOKENS", keep: 900 },
  ])("every word is there in spite of %j", async (fault) => {
    // One part in the middle has it: nobody else could tell what its very beginning and end should be.
    const middle = talk.words.findIndex(({ start }) => start > 120);
    service.emulator.faults.add("generate", fault, { times: 1, when: { says: [middle, middle] } });
    const { exitCode, stdout, stderr } = await service.run([...argv, "-f", "json"], { files });
    const { segments, gaps, complete } = JSON.parse(stdout);
    expect({ exitCode, complete, gaps }, stderr).toEqual({ exitCode: 0, complete: true, gaps: [] });
    // However it is spelt, a word is known by its number.
    const numbersOf = (texts: readonly string[]) => texts.map((text) => text.replace(/\D/g, ""));
    const there = segments.flatMap(({ text }: Said) => text.split(" "));
    expect(numbersOf(there)).toEqual(numbersOf(textsOf(talk.words)));
  });
});

describe("a recording in one part", () => {
  const argv = ["transcribe", "talk.wav", "-f", "json"];

  test.each([transcriptionModel, generalModel])(
    "what %s leaves out is asked about by itself",
    async (model) => {
      service.emulator.faults.add("generate", { kind: "drop", which: { by: "time", from: 100, to: 130 } });
      const { exitCode, stdout, stderr } = await service.run([...argv, "-m", model], { files });
      expect(exitCode, stderr).toBe(0);
      expect(JSON.parse(stdout).text.split(" ")).toEqual(textsOf(talk.words));
      expect(asked()).toBe(2);
    },
  );

  test("what is left out while it is printed comes in its place", async () => {
    service.emulator.faults.add("generate", { kind: "drop", which: { by: "time", from: 100, to: 130 } });
    const printing = ["transcribe", "talk.wav", "-m", generalModel, "--timestamps", "segment"];
    const { exitCode, stdout, stderr } = await service.run(printing, { files });
    expect(exitCode, stderr).toBe(0);
    expect(stdout.match(/w\d+/g)).toEqual(textsOf(talk.words));
  });

  test("silence is proven here, and not asked about again", async () => {
    const quiet = toneWav({ seconds: 300, speakers: 1, seed: 3, silences: [[60, 200]] });
    const { exitCode, stdout } = await service.run(argv.with(1, "quiet.wav"), {
      files: { "quiet.wav": quiet.bytes },
    });
    expect({ exitCode, complete: JSON.parse(stdout).complete }).toEqual({ exitCode: 0, complete: true });
    expect(asked()).toBe(1);
  });

  test("music without words is asked about once more, and then known to be none", async () => {
    const music = toneWav({ seconds: 120, speakers: 1, seed: 3, silences: [[60, 100]] });
    const samples = new Int16Array(music.bytes.buffer.slice(music.bytes.byteOffset + 44));
    for (let at = 70 * 16_000; at < 90 * 16_000; at += 1) samples[at] = 4_000 * Math.sin(at / 7);
    const bytes = Buffer.concat([music.bytes.subarray(0, 44), Buffer.from(samples.buffer)]);
    const { exitCode, stdout } = await service.run(argv.with(1, "music.wav"), {
      files: { "music.wav": bytes },
    });
    expect({ exitCode, gaps: JSON.parse(stdout).gaps }).toEqual({ exitCode: 0, gaps: [] });
    expect(asked()).toBe(2);
  });

  test("a second answer that breaks off before what is known to be said confirms nothing", async () => {
    const { faults } = service.emulator;
    faults.add("generate", { kind: "drop", which: { by: "time", from: 100, to: 130 } });
    // Of the hole's own audio, some 46 s, only what was known before it.
    faults.add("generate", { kind: "early", share: 0.15 }, { times: 1, when: { shorterThan: 100 } });
    const healed = await service.run(argv, { files });
    expect(healed.exitCode, healed.stderr).toBe(0);
    expect(JSON.parse(healed.stdout).text.split(" ")).toEqual(textsOf(talk.words));
    expect(healed.stderr).toContain("broke off where something is said, and was asked again");
    expect(asked()).toBe(3);
    faults.add("generate", { kind: "drop", which: { by: "time", from: 100, to: 130 } });
    faults.add("generate", { kind: "early", share: 0.15 }, { times: 2, when: { shorterThan: 100 } });
    const lost = await service.run(argv, { files });
    const { gaps } = JSON.parse(lost.stdout);
    expect({ exitCode: lost.exitCode, gaps: gaps.length }, lost.stderr).toEqual({ exitCode: 8, gaps: 1 });
    expect(gaps[0].start).toBeCloseTo(100, -1);
    expect(gaps[0].end).toBeCloseTo(130, -1);
  });

  test("what may not be asked about again is a gap", async () => {
    service.emulator.faults.add("generate", { kind: "drop", which: { by: "time", from: 20, to: 200 } });
    const { exitCode, stdout, stderr } = await service.run(argv, { files });
    const { gaps, complete } = JSON.parse(stdout);
    expect({ exitCode, complete }).toEqual({ exitCode: 8, complete: false });
    expect(gaps[0].start).toBeCloseTo(20, -1);
    expect(gaps.at(-1).end).toBeCloseTo(200, -1);
    expect(stderr).toContain("something sounds there");
    expect(asked()).toBe(1);
  });
});

test("a joint at which the parts do not agree is asked about by itself", async () => {
  const segments = [
    { start: "0:00", end: "1:20", language: "en", text: "Quite another talk, about boats and nets." },
  ];
  const said = JSON.stringify({ language: "en", segments });
  service.emulator.faults.add("generate", { kind: "say", text: said });
  const argv = ["transcribe", "talk.wav", ...cut, "-m", generalModel, "-f", "json", "-j", "1"];
  const { exitCode, stdout, stderr } = await service.run(argv, { files });
  const { gaps, complete } = JSON.parse(stdout);
  // What the first part says is another talk: whatever is asked about the joint agrees with one side alone.
  expect({ exitCode, complete }).toEqual({ exitCode: 8, complete: false });
  expect(gaps).toEqual([
    { start: expect.any(Number), end: expect.any(Number), reason: expect.stringContaining("agree") },
  ]);
  expect(asked()).toBe(6);
  expect(stderr).toMatch(/error: talk\.wav: from 00:00:\d\d to 00:01:\d\d, the parts/);
});

test("the gap of a joint near the beginning begins with the recording", async () => {
  const text = JSON.stringify({ language: "en", segments: [{ start: "0:00", end: "0:05", text: "Boats." }] });
  service.emulator.faults.add("generate", { kind: "say", text });
  const argv = ["transcribe", "a.mp3", "-m", generalModel, "--timestamps", "segment", "-f", "json"];
  const { exitCode, stdout } = await service.run(argv, { files: { "a.mp3": fixture("dialogue.mp3") } });
  const { gaps } = JSON.parse(stdout);
  expect({ exitCode, gaps }).toEqual({
    exitCode: 8,
    gaps: [{ start: 0, end: expect.any(Number), reason: expect.stringContaining("agree") }],
  });
});

test("all parts together stay below --max-cost when they are asked again", async () => {
  const argv = ["transcribe", "talk.wav", ...cut, "-j", "1"];
  const { stdout } = await service.run([...argv, "--dry-run", "--json"], { files });
  const cost: number = JSON.parse(stdout).estimate.cost_usd;
  service.emulator.faults.add("generate", { kind: "empty" }, 3);
  // Enough for the halves of one more of the five.
  const outcome = await service.run([...argv, "--max-cost", String(cost * 1.3)], { files });
  expect(outcome).toMatchObject({ exitCode: 8 });
  expect(asked()).toBe(7);
});

test("text grows on stdout while later parts are still asked about", async () => {
  const last = talk.words.length - 1;
  service.emulator.faults.add("generate", { kind: "hang" }, { times: 1, when: { says: [last, last] } });
  const stop = new AbortController();
  const { world, texts } = memoryWorld(["transcribe", "talk.wav", ...cut], {
    files,
    fetch: (input, init) => fetch(input, init),
    env: { GEMINI_API_KEY: sentinelKey, GOOGLE_GEMINI_BASE_URL: service.emulator.url },
    signal: stop.signal,
  });
  const ended = run(world);
  const words = () => texts.stdout.join("").match(/w\d{5}/g) ?? [];
  await expect.poll(() => words().length, { timeout: 20_000 }).toBeGreaterThan(talk.words.length / 2);
  expect(words()).toEqual(textsOf(talk.words).slice(0, words().length));
  await expect.poll(() => service.emulator.faults.left, { timeout: 20_000 }).toBe(0);
  stop.abort();
  expect(await ended).not.toBe(0);
});

test("what fits into one request is asked about in one", async () => {
  expect(await service.run(["transcribe", "talk.wav"], { files })).toMatchObject({ exitCode: 0 });
  expect(asked()).toBe(1);
});

test("a dry run tells how many requests there will be, and what they cost together", async () => {
  const plan = async (...options: readonly string[]) => {
    const { stdout } = await service.run(["transcribe", "talk.wav", "--dry-run", "--json", ...options], {
      files,
    });
    return JSON.parse(stdout);
  };
  const [one, parts] = [await plan(), await plan(...cut)];
  expect({ one: one.requests, parts: parts.requests }).toEqual({ one: 1, parts: 5 });
  expect(parts.duration).toBeCloseTo(240 + 4 * 30, 3);
  expect(parts.estimate.cost_usd / one.estimate.cost_usd).toBeCloseTo(1.5, 1);
});

test("subtitles of parts are those of the whole", async () => {
  const whole = await service.run(["transcribe", "talk.wav", "-f", "srt"], { files });
  const parts = await service.run(["transcribe", "talk.wav", "-f", "srt", ...cut], { files });
  const wordsOf = (srt: string) => srt.match(/w\d{5}/g);
  expect(wordsOf(parts.stdout)).toEqual(wordsOf(whole.stdout));
});

test("what there is to say of the recording is said once", async () => {
  const argv = ["transcribe", "talk.wav", ...cut, "--end", "9:00"];
  const { exitCode, stderr } = await service.run(argv, { files });
  expect(exitCode).toBe(0);
  expect(stderr.match(/--end is past its end/g)).toHaveLength(1);
});

test("parts in which nobody speaks are not asked about", async () => {
  const quiet = toneWav({ seconds: 240, speakers: 1, seed: 3, silences: [[20, 200]] });
  const argv = ["transcribe", "quiet.wav", ...cut, "-f", "json"];
  const { exitCode, stdout } = await service.run(argv, { files: { "quiet.wav": quiet.bytes } });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).text.split(/\s+/)).toEqual(textsOf(quiet.words));
  expect(asked()).toBe(2);
});

test("a recording over the cap of one prompt is taken whole with --chunk", async () => {
  const head = talk.bytes.slice(0, 44);
  const dataBytes = 10 * 3_600 * 32_000;
  new DataView(head.buffer, head.byteOffset).setUint32(40, dataBytes, true);
  const long = { "long.wav": { head, sizeBytes: dataBytes + 44 } };
  const argv = ["transcribe", "long.wav", "--dry-run", "--json"];
  const refused = await service.run([...argv, "-m", generalModel], { files: long });
  expect(refused).toMatchObject({ exitCode: 9 });
  expect(refused.stderr).toContain("--chunk");
  const { exitCode, stdout } = await service.run([...argv, "--chunk", "20:00"], { files: long });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).requests).toBe(31);
});
