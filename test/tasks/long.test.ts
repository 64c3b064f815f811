import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
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
    expect(asked()).toBe(5);
  });

  test("plain text, too", async () => {
    const { exitCode, stdout } = await service.run(argv, { files });
    expect(exitCode).toBe(0);
    expect(stdout.trim().split(/\s+/)).toEqual(textsOf(talk.words));
  });

  test("a part that is blocked leaves the others, and is named", async () => {
    const { route } = ways.find((way) => way.api === api) ?? { route: "generate" };
    service.emulator.faults.add(route, { kind: "block", reason: "SAFETY" });
    const { exitCode, stdout } = await service.run([...argv, "-f", "json", "-j", "1"], { files });
    const { text, gaps, complete } = JSON.parse(stdout);
    expect({ exitCode, complete }).toEqual({ exitCode: 8, complete: false });
    expect(gaps).toEqual([
      { start: 0, end: expect.closeTo(42, 0), reason: expect.stringContaining("blocked") },
    ]);
    const missing = new Set(textsOf(talk.words.filter(({ end }) => end < 41)));
    const there = text.split(/\s+/);
    expect(there.filter((word: string) => missing.has(word))).toEqual([]);
    // The word at the edge may be cut in half: nobody else has heard it.
    expect(there.slice(1)).toEqual(textsOf(talk.words).slice(1 - there.length));
  });
});

test("a joint at which the parts do not agree is a gap, not a guess", async () => {
  const segments = [
    { start: "0:05", end: "1:05", language: "en", text: "Quite another talk, about boats and nets." },
  ];
  const said = JSON.stringify({ language: "en", segments });
  service.emulator.faults.add("generate", { kind: "say", text: said });
  const argv = ["transcribe", "talk.wav", ...cut, "-m", generalModel, "-f", "json", "-j", "1"];
  const { exitCode, stdout, stderr } = await service.run(argv, { files });
  const { gaps, complete } = JSON.parse(stdout);
  expect({ exitCode, complete }).toEqual({ exitCode: 8, complete: false });
  expect(gaps).toEqual([
    { start: expect.any(Number), end: expect.any(Number), reason: expect.stringContaining("agree") },
  ]);
  expect(stderr).toMatch(/error: talk\.wav: from 00:00:4\d to 00:01:1\d, the parts/);
});

test("all parts together stay below --max-cost when they are asked again", async () => {
  const argv = ["transcribe", "talk.wav", ...cut, "-j", "1"];
  const { stdout } = await service.run([...argv, "--dry-run", "--json"], { files });
  const cost: number = JSON.parse(stdout).estimate.cost_usd;
  service.emulator.faults.add("generate", { kind: "empty" }, 3);
  // Enough for one more of the five.
  const outcome = await service.run([...argv, "--max-cost", String(cost * 1.3)], { files });
  expect(outcome).toMatchObject({ exitCode: 8 });
  expect(asked()).toBe(6);
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
