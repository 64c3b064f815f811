import { describe, expect, test } from "vitest";
import { askedOf } from "../support/asked.ts";
import { fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { ways } from "../support/ways.ts";

const service = useEmulator();
const files = {
  "talk.mp3": fixture("dialogue.mp3"),
  "talk.wav": fixture("dialogue.wav"),
  "other.flac": fixture("dialogue.flac"),
};

/** What the model says next, each to one request. */
function says(route: "generate" | "interactions", ...texts: readonly string[]) {
  for (const text of texts) service.emulator.faults.add(route, { kind: "say", text });
}

function uploads() {
  return service.emulator.requests.filter(
    ({ url, method }) => method === "POST" && /upload\/v1beta\/files$/.test(url),
  );
}

describe.each(ways)("over $api", ({ api, route }) => {
  const ask = (...argv: readonly string[]) => service.run(["ask", "--api", api, ...argv], { files });

  test("a question is answered from the recording", async () => {
    says(route, "Until Thursday.");
    const { exitCode, stdout } = await ask("How long is it closed?", "talk.mp3");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "Until Thursday.\n" });
    const [{ parts } = { parts: [] }] = askedOf(service);
    expect(parts).toEqual(["inline", expect.stringContaining("\nHow long is it closed?\n")]);
  });

  test("several questions are put one by one about what was uploaded once", async () => {
    says(route, "Until Thursday.", "Anna and Ben.", "An anchor.");
    const questions = ["How long?", "Who speaks?", "What is found?"];
    const argv = questions.flatMap((question) => ["--question", question]);
    const { exitCode, stdout } = await ask(...argv, "talk.mp3");
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      "How long?\nUntil Thursday.\n\nWho speaks?\nAnna and Ben.\n\nWhat is found?\nAn anchor.\n",
    );
    expect(uploads()).toHaveLength(1);
    expect(askedOf(service).map(({ parts }) => parts[0])).toEqual(["file", "file", "file"]);
  });

  test("as JSON, each answer is apart, and what all of them used is added up", async () => {
    says(route, "Until Thursday.", "Anna and Ben.");
    const argv = ["--question", "How long?", "--question", "Who speaks?", "talk.mp3", "other.flac"];
    const document = JSON.parse((await ask(...argv, "-f", "json")).stdout);
    expect(document).toMatchObject({
      text: "How long?\nUntil Thursday.\n\nWho speaks?\nAnna and Ben.",
      answers: [
        { question: "How long?", text: "Until Thursday." },
        { question: "Who speaks?", text: "Anna and Ben." },
      ],
      sources: [{ path: "talk.mp3" }, { path: "other.flac" }],
      usage: { requests: 2 },
      complete: true,
    });
    expect(document.cost_usd).toBeGreaterThan(0);
    expect(askedOf(service)[1]?.parts.slice(0, 4)).toEqual(["Recording 1:", "file", "Recording 2:", "file"]);
  });

  test("an answer of a schema is checked, and printed as JSON", async () => {
    const schema = {
      type: "object",
      properties: { language: { $ref: "#/$defs/code" }, summary: { type: "string" } },
      required: ["language", "summary"],
      $defs: { code: { type: "string", enum: ["de", "en"] } },
    };
    const { exitCode, stdout } = await service.run(
      ["ask", "--api", api, "What is it about?", "talk.mp3", "--schema", "s.json"],
      { files: { ...files, "s.json": Buffer.from(JSON.stringify(schema)) } },
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ language: "en", summary: expect.stringContaining("21.1 seconds") });
    const { $defs: _, ...inlined } = {
      ...schema,
      properties: { ...schema.properties, language: schema.$defs.code },
    };
    expect(askedOf(service)[0]?.schema).toEqual(inlined);
  });

  test("an answer that is not of the schema exits with 8 and says where", async () => {
    says(route, '{"people":[{"age":"old"}]}');
    const age = { type: "object", properties: { age: { type: "integer" } }, required: ["age"] };
    const schema = { type: "object", properties: { people: { type: "array", items: age } } };
    const { exitCode, stdout, stderr } = await service.run(
      ["ask", "--api", api, "Who?", "talk.mp3", "--schema", "s.json", "-f", "json"],
      { files: { ...files, "s.json": Buffer.from(JSON.stringify(schema)) } },
    );
    expect(exitCode).toBe(8);
    expect(stderr).toContain("talk.mp3: the answer is not of the schema: at /people/0/age: ");
    expect(JSON.parse(stdout)).toMatchObject({
      answers: [{ value: { people: [{ age: "old" }] } }],
      complete: false,
    });
  });

  test("an answer points to times, told in the time of the whole recording", async () => {
    says(route, "Until Thursday [0:02-0:03.5], as Ben says [00:04].");
    const argv = ["How long?", "talk.wav", "--cite", "--start", "0:10"];
    says(route, "Until Thursday [0:02-0:03.5], as Ben says [00:04].");
    expect(await ask(...argv)).toMatchObject({
      exitCode: 0,
      stdout: "Until Thursday [00:12-00:14], as Ben says [00:14].\n",
    });
    expect(JSON.parse((await ask(...argv, "-f", "json")).stdout).answers).toEqual([
      {
        question: "How long?",
        text: "Until Thursday [00:12-00:14], as Ben says [00:14].",
        citations: [{ start: 12, end: 13.5 }, { start: 14 }],
      },
    ]);
  });

  test("times at which there is no recording are told, and the answer is not complete", async () => {
    says(route, "Until Thursday [12:34].", "Until Thursday [0:12], or Friday [9:59].");
    const { exitCode, stdout, stderr } = await ask("How long?", "talk.mp3", "--cite", "-f", "json");
    expect(exitCode).toBe(8);
    expect(stderr).toContain("the answer points to [9:59], which is not in the recording");
    expect(JSON.parse(stdout)).toMatchObject({
      answers: [{ citations: [{ start: 12 }] }],
      usage: { requests: 2 },
      complete: false,
    });
  });
});

test("what fails after the first answer is told, and what was answered before stays", async () => {
  says("generate", "Until Thursday.");
  service.emulator.faults.add("generate", { kind: "status", status: 403, body: '{"error":{"code":403}}' });
  const argv = ["ask", "--question", "How long?", "--question", "Who?", "--question", "Why?", "talk.mp3"];
  const { exitCode, stdout, stderr } = await service.run(argv, { files });
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: "How long?\nUntil Thursday.\n" });
  expect(stderr).toContain("warning: question 2: talk.mp3: ");
  expect(stderr).toContain("error: 2 of 3 questions were not answered");
});

test("one question that is blocked takes nothing from the others", async () => {
  service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
  says("generate", "Anna and Ben.");
  const argv = ["ask", "--question", "How long?", "--question", "Who?", "talk.mp3"];
  const { exitCode, stdout } = await service.run(argv, { files });
  expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: "Who?\nAnna and Ben.\n" });
  service.emulator.faults.add("generate", { kind: "block", reason: "SAFETY" });
  says("generate", "Anna and Ben.");
  expect(JSON.parse((await service.run([...argv, "--json"], { files })).stdout)).toMatchObject({
    answers: [{ text: "" }, { text: "Anna and Ben." }],
    warnings: [
      "question 1: talk.mp3: the service blocked the content (SAFETY)",
      "1 of 2 questions were not answered, or not in full",
    ],
    complete: false,
  });
});

test("the plan of several questions is about the recording once, and pays for it each time", async () => {
  const plan = async (...questions: readonly string[]) => {
    const argv = questions.flatMap((question) => ["--question", question]);
    return JSON.parse(
      (await service.run(["ask", ...argv, "talk.mp3", "--dry-run", "--json"], { files })).stdout,
    );
  };
  const [one, three] = [await plan("Who?"), await plan("Who?", "How?", "Why?")];
  expect(three).toMatchObject({ requests: 3, delivery: "upload", duration: one.duration });
  expect(three.sources).toHaveLength(1);
  expect(three.estimate.cost_usd).toBeGreaterThan(2.9 * one.estimate.cost_usd);
  expect(service.emulator.requests).toEqual([]);
});

test.each([
  ["no question", [], "missing required argument 'question'"],
  ["a question alone", ["Who?"], "missing required argument 'audio'"],
  ["an empty question", ["--question", " ", "talk.mp3"], "missing required argument 'question'"],
  [
    "a model that only transcribes",
    ["Who?", "talk.mp3", "-m", "gemini-3.5-transcribe"],
    "takes no instructions",
  ],
  ["times in JSON", ["Who?", "talk.mp3", "--cite", "--schema", "s.json"], "cannot be used with"],
])("%s exits with 2", async (_, argv, said) => {
  const { exitCode, stderr } = await service.run(["ask", ...argv], { files });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
});

test("escapes in an answer, in its JSON or in a question reach no terminal", async () => {
  const hostile = "\u001b[2J\u009b31m\u202egone\u0007";
  const asJson = String.raw`{"a":"\u001b[2J\u009b31m\u202egone","\u001b]0;x":1}`;
  says("generate", hostile, hostile, asJson);
  const schema = Buffer.from('{"type":"object"}');
  const runs = [
    ["--question", `Who\u001b[31m?`, "--question", "Why?", "talk.mp3"],
    ["Who?", "talk.mp3", "--schema", "s.json"],
  ];
  for (const argv of runs) {
    const { exitCode, stdout } = await service.run(["ask", ...argv], {
      files: { ...files, "s.json": schema },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("gone");
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
  }
});

test("a recording of silence is not asked about", async () => {
  const wav = fixture("dialogue.wav").slice();
  // Of eight bits, the middle is silence.
  wav.fill(0x80, 44);
  const argv = ["ask", "--question", "Who?", "--question", "Why?", "still.wav", "-f", "json"];
  const { exitCode, stdout } = await service.run(argv, { files: { "still.wav": wav } });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    answers: [{ text: "" }, { text: "" }],
    usage: { requests: 0 },
    warnings: [expect.stringContaining("digital silence")],
  });
  expect(askedOf(service)).toEqual([]);
});
