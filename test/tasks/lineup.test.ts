import { describe, expect, test } from "vitest";
import { useEmulator } from "../support/service.ts";
import { textsOf, toneWav } from "../support/tone.ts";
import { generalModel, transcriptionModel } from "../support/ways.ts";

const service = useEmulator();
const talk = toneWav({ seconds: 280, speakers: 3, seed: 4 });
/** How many parts it is cut into. */
const parts = 3;
const files = { "talk.wav": talk.bytes };
const argv = ["transcribe", "talk.wav", "--chunk", "1:40", "--overlap", "5", "--diarize"];
const env = { XDG_STATE_HOME: "/state" };

const asked = () => service.emulator.questions.length;

interface Said {
  readonly text: string;
  readonly speaker: string;
  readonly uncertain?: true;
}

/** How many words are under each label, for each true speaker. */
function labelsOf(segments: readonly Said[]): (readonly [speaker: number, label: string])[] {
  const speakerOf = new Map(talk.words.map(({ text, speaker }) => [text, speaker]));
  const pairs = segments.flatMap(({ text, speaker }) =>
    text.split(" ").map((word) => `${speakerOf.get(word) ?? -1} ${speaker}`),
  );
  return [...new Set(pairs)].map((pair) => {
    const [speaker = "", label = ""] = pair.split(" ");
    return [Number(speaker), label] as const;
  });
}

test.each([
  { model: transcriptionModel, api: "generate" },
  { model: generalModel, api: "interactions" },
])("one label a person, by $model and $api", async ({ model, api }) => {
  const asking = [...argv, "-m", model, "--api", api, "-f", "json"];
  const { exitCode, stdout, stderr } = await service.run(asking, { files });
  expect(exitCode, stderr).toBe(0);
  const { segments, speakers, warnings, usage } = JSON.parse(stdout);
  expect(segments.flatMap(({ text }: Said) => text.split(" "))).toEqual(textsOf(talk.words));
  expect(labelsOf(segments)).toHaveLength(3);
  expect(speakers).toHaveLength(3);
  expect(warnings).toEqual([]);
  expect(usage.requests).toBe(asked());
  const [clips] = service.emulator.questions.slice(-1);
  expect(usage.lineup).toMatchObject({ requests: 1, cost_usd: expect.any(Number) });
  expect(usage.lineup.clips).toBeGreaterThanOrEqual(6);
  expect(usage.lineup.duration).toBeCloseTo(clips?.seconds ?? 0, 0);
});

describe("the line-up", () => {
  test("is asked once, of little audio, and told of with -v", async () => {
    const { stderr, stdout } = await service.run([...argv, "-v"], { files });
    const clips = service.emulator.questions.at(-1);
    expect(asked()).toBe(parts + 1);
    expect(clips?.seconds).toBeLessThanOrEqual(60);
    const told = /line-up: (\d+) clips of \d+ voices, ([\d.]+) s, [\d.]+ % of the recording/.exec(stderr);
    expect(Number(told?.[1])).toBeGreaterThanOrEqual(3);
    expect(Number(told?.[2])).toBeCloseTo(clips?.seconds ?? 0, 0);
    expect(stderr).toMatch(/line-up: 1 request, \$0\.00\d+/);
    expect(stderr).toContain("nothing is printed before the line-up");
    expect(stdout).toMatch(/^Speaker 1: /);
  });

  test("is left out with --no-lineup: the overlaps alone tell", async () => {
    const { exitCode, stderr } = await service.run([...argv, "--no-lineup", "-v"], { files });
    expect({ exitCode, asked: asked() }).toEqual({ exitCode: 0, asked: parts });
    expect(stderr).not.toContain("line-up");
    expect(stderr).toContain("could not be followed");
  });

  test("is planned by --dry-run, besides the parts", async () => {
    const planning = [...argv, "--dry-run"];
    const json = await service.run([...planning, "--json"], { files });
    expect(JSON.parse(json.stdout)).toMatchObject({
      requests: parts,
      lineup: { clips: 20, duration: 60, cost_usd: 0.005 },
    });
    const text = await service.run(planning, { files });
    expect(text.stdout).toContain("line-up       besides, up to 20 clips, 0:01:00, $0.005");
    const without = await service.run([...planning, "--json", "--no-lineup"], { files });
    expect(JSON.parse(without.stdout)).not.toHaveProperty("lineup");
  });

  test.each(["0", "21", "much", "-1"])("of %s percent is none", async (percent) => {
    const { exitCode, stderr } = await service.run([...argv, "--lineup", percent], { files });
    expect({ exitCode, asked: asked() }).toEqual({ exitCode: 2, asked: 0 });
    expect(stderr).toContain("It must be a number of percent, more than 0 and 20 at most.");
  });

  test("is kept like every answer", async () => {
    const one = await service.run([...argv, "-f", "json"], { files, env });
    const paid = asked();
    const left = Object.fromEntries(one.files.entries);
    const two = await service.run([...argv, "-f", "json"], { files: left, env, processId: 2_000 });
    expect(asked()).toBe(paid);
    expect(two.stdout).toBe(one.stdout);
    expect(two.stderr).toContain(`${paid} answers of an earlier run used`);
  });

  test("is not asked where --max-cost leaves no room for it, with a warning", async () => {
    const { stdout } = await service.run([...argv, "--dry-run", "--json"], { files });
    const cost: number = JSON.parse(stdout).estimate.cost_usd;
    const outcome = await service.run([...argv, "--max-cost", String(cost * 1.01)], { files });
    expect({ exitCode: outcome.exitCode, asked: asked() }).toEqual({ exitCode: 0, asked: parts });
    expect(outcome.stderr).toMatch(/no line-up of the speakers: .*--max-cost leaves no room/);
  });

  test("that fails takes nothing from the transcript, and is asked again in the next run", async () => {
    const asking = [...argv, "-f", "json"];
    const voted = await service.run([...asking, "--no-lineup"], { files, env });
    const again = (before: typeof voted) =>
      service.run(asking, { files: Object.fromEntries(before.files.entries), env, processId: 2_000 });
    service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
    const failed = await again(voted);
    const { segments, warnings, usage } = JSON.parse(failed.stdout);
    expect({ exitCode: failed.exitCode, asked: asked() }, failed.stderr).toEqual({
      exitCode: 0,
      asked: parts + 1,
    });
    expect(segments).toEqual(JSON.parse(voted.stdout).segments);
    expect(warnings[0]).toMatch(/^talk\.wav: no line-up of the speakers: .* where parts overlap$/);
    expect(usage.requests).toBe(parts + 1);
    const right = await again(failed);
    expect(asked()).toBe(parts + 2);
    expect(JSON.parse(right.stdout).warnings).toEqual([]);
  });

  test("that breaks off tells what it told, with a warning, and is asked again in the next run", async () => {
    const asking = [...argv, "-f", "json"];
    const voted = await service.run([...asking, "--no-lineup"], { files, env });
    const again = (before: typeof voted) =>
      service.run(asking, { files: Object.fromEntries(before.files.entries), env, processId: 2_000 });
    const when = { lineUp: true } as const;
    service.emulator.faults.add(
      "generate",
      { kind: "finish", reason: "MAX_TOKENS", keep: 600 },
      { times: 2, when },
    );
    const broken = await again(voted);
    const { warnings, speakers } = JSON.parse(broken.stdout);
    expect(broken.exitCode, broken.stderr).toBe(0);
    expect(speakers.length).toBeGreaterThanOrEqual(3);
    expect(warnings[0]).toMatch(/^talk\.wav: no line-up of the speakers: /);
    service.emulator.faults.clear();
    const paid = asked();
    const right = await again(broken);
    expect(asked()).toBeGreaterThan(paid);
    expect(JSON.parse(right.stdout).warnings).toEqual([]);
  });

  test("finds no more people than there are, and they are named once", async () => {
    const names = ["--speakers", "3", "--speaker-names", "Ann,Ben,Cleo", "-f", "json"];
    const { stdout } = await service.run([...argv, ...names], { files });
    const { speakers, segments } = JSON.parse(stdout);
    expect(speakers.map(({ name }: { name: string }) => name)).toEqual(["Ann", "Ben", "Cleo"]);
    expect(labelsOf(segments)).toHaveLength(3);
  });
});

test("a recording in one part needs none", async () => {
  const { stderr } = await service.run(["transcribe", "talk.wav", "--diarize", "-v"], { files });
  expect(asked()).toBe(1);
  expect(stderr).not.toContain("line-up");
});
