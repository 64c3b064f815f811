import { describe, expect, test } from "vitest";
import { keepAnswer } from "../../src/journal/answers.ts";
import { answer, answersIn, idOf, now, pathOf } from "../journal/kept.ts";
import { type Circumstances, memoryWorld, runInMemory } from "../support/memory-world.ts";

const env = { XDG_STATE_HOME: "/state" };
const digestOf = (recording: string) => recording.repeat(16);

/** Runs a command on a journal in which there is an answer of each of some recordings, called 0, 1, 2 ... */
async function runJournal(argv: readonly string[], names: readonly string[], more: Circumstances = {}) {
  const { world, files } = memoryWorld([], { now, env });
  for (const [index, recording] of names.entries()) {
    await keepAnswer(world, idOf(String(index), "a"), { ...answer, recording });
  }
  const entries = Object.fromEntries(files.entries);
  return runInMemory(["journal", ...argv], { now, env, files: entries, ...more });
}

describe("gaudio journal list", () => {
  test("shows of which recordings answers are kept", async () => {
    const { exitCode, stdout, stderr } = await runJournal(["list"], ["two words.mp3", "b.wav"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [head, ...lines] = stdout.split("\n");
    expect(head).toMatch(/^DIGEST {12}ANSWERS {2}BYTES {2}NEWEST {16}RECORDING$/);
    expect(lines).toEqual([
      expect.stringMatching(/^0{16} {2}1 {8}\d{3,} {4}2026-11-20T12:00:00Z {2}two words\.mp3$/),
      expect.stringMatching(/^1{16} {2}1 {8}\d{3,} {4}2026-11-20T12:00:00Z {2}b\.wav$/),
      "",
    ]);
  });

  test("as JSON too", async () => {
    const { stdout, files } = await runJournal(["list", "--json"], ["b.wav"]);
    const bytes = Buffer.byteLength(files.text(pathOf(idOf("0", "a"))) ?? "");
    expect(JSON.parse(stdout)).toEqual({
      recordings: [
        { name: "b.wav", digest: digestOf("0"), answers: 1, bytes, newest: "2026-11-20T12:00:00.000Z" },
      ],
    });
  });

  test("obeys no character of a name", async () => {
    const hostile = "a\u001b[2J\nb\u009bc.mp3";
    expect((await runJournal(["list"], [hostile])).stdout).toMatch(/ {2}a\\e\[2J\\nb\\x9bc\.mp3\n$/);
    const { stdout } = await runJournal(["list", "--json"], [hostile]);
    expect(["\u001b", "\u009b"].filter((character) => stdout.includes(character))).toEqual([]);
    expect(JSON.parse(stdout).recordings[0].name).toBe(hostile);
  });

  test("prints nothing where nothing is kept, or can be", async () => {
    expect(await runJournal(["list"], [])).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
    expect(await runJournal(["list"], ["b.wav"], { env: {} })).toMatchObject({ exitCode: 0, stdout: "" });
    const { stdout } = await runJournal(["list", "--json"], []);
    expect(JSON.parse(stdout)).toEqual({ recordings: [] });
  });
});

describe("gaudio journal clear", () => {
  test("removes all, and tells how much that frees", async () => {
    const before = await runJournal(["list", "--json"], ["a.mp3", "b.wav"]);
    const listed: { bytes: number }[] = JSON.parse(before.stdout).recordings;
    const bytes = listed.reduce((sum, recording) => sum + recording.bytes, 0);
    const { exitCode, stdout, stderr, files } = await runJournal(["clear"], ["a.mp3", "b.wav"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(`recordings    2\nanswers       2\nbytes freed   ${bytes}\n`);
    expect(answersIn(files)).toEqual([]);
  });

  test.each([
    ["its name", ["a.mp3"], ["0"]],
    ["a name that several have", ["b.wav"], ["1", "2"]],
    ["a name as it is", ["\u001b.mp3"], ["3"]],
    ["a name as it is shown", ["\\e.mp3"], ["3"]],
    ["its digest", [digestOf("1")], ["1"]],
    ["both", ["a.mp3", digestOf("0"), digestOf("2")], ["0", "2"]],
  ])("removes what is called by %s, and leaves the rest", async (_name, argv, cleared) => {
    const names = ["a.mp3", "b.wav", "b.wav", "\u001b.mp3"];
    const { exitCode, stdout, files } = await runJournal(["clear", "--json", ...argv], names);
    expect(exitCode).toBe(0);
    const { recordings, answers } = JSON.parse(stdout);
    expect(answers).toBe(cleared.length);
    expect(recordings.map(({ digest }: { digest: string }) => digest)).toEqual(cleared.map(digestOf));
    const left = ["0", "1", "2", "3"].filter((one) => !cleared.includes(one));
    expect(answersIn(files)).toEqual(left.map((one) => pathOf(idOf(one, "a"))));
  });

  test.each(["c.flac", ""])(
    "of a recording %j that is not there, nothing is removed: exit 2",
    async (name) => {
      const { exitCode, stdout, stderr, files } = await runJournal(["clear", "a.mp3", name], ["a.mp3"]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toBe(
        `error: ${name}: no answers are kept of a recording of that name or digest\n\nhint: gaudio journal list shows what is kept\n`,
      );
      expect(answersIn(files)).toHaveLength(1);
    },
  );

  test("where nothing is kept, clearing all is done at once", async () => {
    const { exitCode, stdout } = await runJournal(["clear"], []);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: "recordings    0\nanswers       0\nbytes freed   0\n",
    });
  });

  test("what cannot be removed is not told as removed: exit 10", async () => {
    const readOnly = [`/state/gaudio/answers/${digestOf("0")}`];
    const { exitCode, stdout, stderr } = await runJournal(["clear"], ["a.mp3"], { readOnly });
    expect({ exitCode, stdout }).toEqual({ exitCode: 10, stdout: "" });
    expect(stderr).toContain("error: the kept answers cannot be removed: the file system is read-only");
    expect(stderr).toContain("/state/gaudio/answers");
  });
});
