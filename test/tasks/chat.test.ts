import { describe, expect, test } from "vitest";
import type { Route } from "../emulator/faults.ts";
import { askedOf } from "../support/asked.ts";
import { fixture } from "../support/fixtures.ts";
import type { Circumstances } from "../support/memory-world.ts";
import { useEmulator } from "../support/service.ts";
import { ways } from "../support/ways.ts";

const service = useEmulator();
const files = { "talk.mp3": fixture("dialogue.mp3"), "other.flac": fixture("dialogue.flac") };

function says(route: Route, ...texts: readonly string[]) {
  for (const text of texts) service.emulator.faults.add(route, { kind: "say", text });
}

function chat(argv: readonly string[], circumstances: Circumstances) {
  return service.run(["chat", "talk.mp3", ...argv], { files, ...circumstances });
}

const asLines = (...lines: readonly string[]) => ({ stdin: Buffer.from(lines.join("\n")) });

function uploadsBegun(): number {
  return service.emulator.requests.filter(({ url }) => url.endsWith("/upload/v1beta/files")).length;
}

describe.each(ways)("over $api", ({ api, route }) => {
  test("ten turns upload the recording once, and each is sent all that was said before", async () => {
    const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
    says(route, ...numbers.map((number) => `Answer ${number}.`));
    const typed = numbers.map((number) => `Question ${number}?`);
    const { exitCode, stdout } = await chat(["--api", api], { typed });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `${numbers.map((number) => `Answer ${number}.`).join("\n\n")}\n`,
    });
    expect(uploadsBegun()).toBe(1);
    const asked = askedOf(service);
    expect(asked).toHaveLength(10);
    for (const [index, { parts, turns, body }] of asked.entries()) {
      expect(parts[0]).toBe("file");
      expect(turns[0]?.text).toMatch(/\nThe first question:\nQuestion 1\?$/);
      const since = numbers.slice(0, index).flatMap((number) => [
        { role: "model", text: `Answer ${number}.` },
        { role: "user", text: `Question ${number + 1}?` },
      ]);
      expect(turns.slice(1)).toEqual(since);
      expect(body).not.toContain("previous_interaction_id");
    }
    expect(service.emulator.storedInteractions()).toEqual([]);
  });

  test("a question that fails does not end the chat, and is not remembered", async () => {
    says(route, "Ann.");
    service.emulator.faults.add(route, { kind: "block", reason: "SAFETY" });
    says(route, "Ben.");
    const { exitCode, stdout, stderr } = await chat(["--api", api], {
      typed: ["Who?", "What?", "Who else?"],
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Ann.\n\nBen.\n" });
    expect(stderr).toContain("warning: talk.mp3: the service blocked the content (");
    const texts = askedOf(service)[2]
      ?.turns.slice(1)
      .map(({ text }) => text);
    expect(texts).toEqual(["Ann.", "Who else?"]);
  });

  test("Ctrl-C cancels the answer, and the chat goes on from what was said of it", async () => {
    service.emulator.faults.add(route, { kind: "stall", keep: 30 });
    says(route, "Ben.");
    const { exitCode, stdout } = await chat(["--api", api], {
      typed: ["Who?", "Who else?"],
      interruptAt: "Good",
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Good morning[^\n]*\n\nBen\.\n$/);
    const turns = askedOf(service)[1]?.turns ?? [];
    expect(turns[1]).toEqual({ role: "model", text: stdout.split("\n")[0] });
  });
});

describe("from stdin", () => {
  test("each line is a question", async () => {
    says("generate", "Ann.", "Ben.");
    const { exitCode, stdout } = await chat([], asLines("Who?", "", "  Who else?\r", ""));
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Ann.\n\nBen.\n" });
    expect(askedOf(service)[1]?.turns.at(-1)).toEqual({ role: "user", text: "Who else?" });
  });

  test("the exit code tells of what failed, and the others are answered", async () => {
    service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
    says("generate", "Ben.");
    const some = await chat([], asLines("Who?", "Who else?"));
    expect(some).toMatchObject({ exitCode: 8, stdout: "Ben.\n" });
    service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
    expect(await chat([], asLines("Who?"))).toMatchObject({ exitCode: 7, stdout: "" });
  });

  test("no question is asked of nothing", async () => {
    expect(await chat([], asLines(""))).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await chat([], asLines("/nonsense"))).toMatchObject({ exitCode: 2, stdout: "" });
    expect(askedOf(service)).toEqual([]);
  });
});

test("the cost so far is told on demand, and what else there is", async () => {
  says("generate", "Ann.");
  const { stdout, stderr } = await chat(["-q"], {
    typed: ["/cost", "Who?", "/cost", "/help", "/tools", "/quit"],
  });
  expect(stdout).toBe("Ann.\n");
  expect(stderr).toMatch(
    /^0 answers, 0 tokens in, 0 out, \$0 \(.*\)\n1 answer, \d+ tokens in, \d+ out, \$0\.0\d+ \(/,
  );
  expect(stderr).toContain("/quit  end");
  expect(stderr).toContain("warning: talk.mp3: unknown command /tools; /help lists");
});

test("--max-cost bounds all turns together", async () => {
  says("generate", "Ann.");
  const dry = await service.run(["chat", "talk.mp3", "--dry-run", "--max-cost", "1"], { files });
  const cost = Number(/about \$([\d.]+)/.exec(dry.stdout)?.[1]);
  const { exitCode, stderr } = await chat(["--max-cost", `${cost * 1.1}`], { typed: ["Who?", "Who else?"] });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("and --max-cost is");
  expect(askedOf(service)).toHaveLength(1);
});

test("escapes in an answer reach no terminal", async () => {
  says("generate", "\u001b]0;mine\u0007\u009b2JAnn\u202e.\r");
  const { stdout } = await chat([], { typed: ["Who?"] });
  expect(stdout).toBe("]0;mine2JAnn.\n");
});

test("several recordings are named by their order", async () => {
  says("generate", "Ann.");
  await service.run(["chat", "talk.mp3", "other.flac"], { files, typed: ["Who?"] });
  expect(askedOf(service)[0]?.parts.slice(0, 4)).toEqual(["Recording 1:", "file", "Recording 2:", "file"]);
});

test("stdin cannot be both the recording and the questions", async () => {
  expect(await service.run(["chat", "-"], { stdin: fixture("dialogue.mp3") })).toMatchObject({ exitCode: 2 });
});
