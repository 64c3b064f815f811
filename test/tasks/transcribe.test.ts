import { describe, expect, test } from "vitest";
import type { Fault, Route } from "../emulator/faults.ts";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { startEmulator } from "../emulator/server.ts";
import { dialogueRecordings, dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { type Encoding, textsOf, toneEncodings, toneWav } from "../support/tone.ts";

const service = useEmulator();
const interview = { "interview.wav": fixture("dialogue.wav") };

/** The routes that were used, in order, without ids. */
const routes = () =>
  service.emulator.requests.map(
    ({ method, url }) => `${method} ${url.replace(/\?.*/, "").replace(/gaudio-[0-9a-f]{32}/, "ID")}`,
  );

describe.each(dialogueRecordings)("%s", (name) => {
  test.each(["inline", "upload"])("is transcribed whole, delivered by %s", async (delivery) => {
    const files = { recording: fixture(name) };
    const { exitCode, stdout } = await service.run(["transcribe", "recording", "--delivery", delivery], {
      files,
    });
    expect(stdout).toBe(`${dialogueTurns.join("\n")}\n`);
    expect(exitCode).toBe(0);
  });
});

describe.skipIf(!hasFfmpeg)("two minutes of tone speech (needs ffmpeg)", async () => {
  const tones = hasFfmpeg ? await toneEncodings({ seconds: 120, speakers: 3 }) : null;
  test.each(["wav", "mp3", "aiff", "aac", "ogg", "opus", "flac"] satisfies Encoding[])(
    "every word of %s comes out once, in order, inline and by upload",
    async (encoding) => {
      if (tones === null) throw new Error("no tone recordings");
      const files = { recording: tones.bytes[encoding] };
      for (const delivery of ["inline", "upload"]) {
        const { exitCode, stdout } = await service.run(["transcribe", "recording", "--delivery", delivery], {
          files,
        });
        expect(stdout.split(/\s+/).filter((word) => word !== "")).toEqual(textsOf(tones.words));
        expect(exitCode).toBe(0);
      }
    },
  );
});

describe("speakers and times", () => {
  test("--diarize prints turns", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "--diarize"], { files: interview });
    const [first, second, third, fourth] = dialogueTurns;
    expect(stdout).toBe(
      `Speaker 1: ${first}\nSpeaker 2: ${second}\nSpeaker 1: ${third}\nSpeaker 2: ${fourth}\n`,
    );
  });

  test("--timestamps segment prints when each segment begins", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "--timestamps", "segment"], {
      files: interview,
    });
    expect(stdout.split("\n").map((line) => line.slice(0, 10))).toEqual([
      "[00:00:00]",
      "[00:00:05]",
      "[00:00:12]",
      "[00:00:15]",
      "",
    ]);
  });

  test("of a tone recording with overlapping talk, each word stands once, under its speaker, at its time", async () => {
    const { bytes, words } = toneWav({ seconds: 240, speakers: 8, overlap: 0.3 });
    const { stdout } = await service.run(["transcribe", "talk.wav", "--diarize", "-f", "json"], {
      files: { "talk.wav": bytes },
    });
    const { segments, speakers } = JSON.parse(stdout);
    const heard = new Map<string, { speaker: string; start: number; end: number }>();
    for (const { text, speaker, start, end } of segments) {
      for (const word of text.split(" ")) {
        expect(heard.has(word), `${word} twice`).toBe(false);
        heard.set(word, { speaker, start, end });
      }
    }
    expect([...heard.keys()].toSorted()).toEqual(textsOf(words).toSorted());
    const labels = new Map<number, string>();
    for (const { text, speaker, start, end } of words) {
      const found = heard.get(text);
      labels.set(speaker, labels.get(speaker) ?? found?.speaker ?? "");
      expect(found?.speaker).toBe(labels.get(speaker));
      expect(found?.start).toBeLessThan(start + 0.1);
      expect(found?.end).toBeGreaterThan(end - 0.1);
    }
    expect(new Set(labels.values()).size).toBe(8);
    expect(speakers).toHaveLength(8);
  });
});

describe("the document", () => {
  test("tells what was heard, how, and at which cost", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "--diarize", "--json"], {
      files: interview,
      now: Date.parse("2026-11-20"),
    });
    expect(JSON.parse(stdout)).toMatchObject({
      text: dialogueTurns.join(" "),
      language: "en",
      duration: 21.139,
      speakers: [
        { id: "SPEAKER_00", name: null },
        { id: "SPEAKER_01", name: null },
      ],
      source: {
        path: "interview.wav",
        mime_type: "audio/wav",
        codec: "pcm",
        bytes: fixture("dialogue.wav").length,
        duration: 21.139,
      },
      model: "gemini-3.8-flash",
      usage: { audio_tokens: 529, requests: 1 },
      cost_usd: expect.any(Number),
      warnings: [],
      complete: true,
    });
  });

  test("--timestamps none leaves the times null", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "--json", "--timestamps", "none"], {
      files: interview,
    });
    expect(JSON.parse(stdout).segments[0]).toEqual({
      id: 0,
      start: null,
      end: null,
      text: dialogueTurns[0],
      speaker: null,
    });
  });
});

test("what is asked carries the language and the user's words, and the audio comes first", async () => {
  await service.run(["transcribe", "interview.wav", "-l", "en-gb", "-p", "Spell it dredger."], {
    files: interview,
  });
  const { contents, generationConfig } = JSON.parse(service.emulator.requests[0]?.body ?? "");
  expect(contents[0].parts[0].inlineData.mimeType).toBe("audio/wav");
  expect(contents[0].parts[1].text).toMatch(/en-GB.*Spell it dredger\.$/s);
  expect(generationConfig).toEqual({ thinkingConfig: { thinkingLevel: "LOW" } });
});

describe("delivery", () => {
  test("an upload is waited for, used and deleted", async () => {
    await service.run(["transcribe", "interview.wav", "--delivery", "upload"], { files: interview });
    expect(routes().filter((route) => route !== "GET /v1beta/files/ID")).toEqual([
      "POST /upload/v1beta/files",
      "POST /upload/v1beta/files",
      "POST /v1beta/models/gemini-3.8-flash:streamGenerateContent",
      "DELETE /v1beta/files/ID",
    ]);
    expect(routes()).toContain("GET /v1beta/files/ID");
  });

  test("a recording just below the limit fits into one request, and one just above is uploaded", async () => {
    const header = fixture("dialogue.wav").slice(0, 44);
    for (const [sizeBytes, requests] of [
      [14_990_000, 1],
      [20_000_000, 4],
    ] as const) {
      const bytes = new Uint8Array(sizeBytes).fill(129);
      bytes.set(header);
      const view = new DataView(bytes.buffer);
      view.setUint32(4, sizeBytes - 8, true);
      view.setUint32(40, sizeBytes - 44, true);
      const before = service.emulator.requests.length;
      await service.run(["transcribe", "long.wav"], { files: { "long.wav": bytes } });
      const sent = service.emulator.requests
        .slice(before)
        .filter(({ method, url }) => method !== "GET" || !url.includes("files/"));
      expect(sent.length).toBe(requests);
    }
  });

  test("--delivery inline above the limit exits with 9, and nothing is sent", async () => {
    const head = fixture("dialogue.wav").slice(0, 44);
    new DataView(head.buffer).setUint32(40, 30_000_000, true);
    const files = { "long.wav": { head, sizeBytes: 30_000_044 } };
    expect(await service.run(["transcribe", "long.wav", "--delivery", "inline"], { files })).toMatchObject({
      exitCode: 9,
    });
    expect(routes()).toEqual([]);
  });
});

describe("the cap of 9.5 hours", () => {
  function hours(count: number) {
    const head = fixture("dialogue.wav").slice(0, 44);
    const dataBytes = count * 3_600 * 8_000;
    new DataView(head.buffer).setUint32(40, dataBytes, true);
    return { "long.wav": { head, sizeBytes: dataBytes + 44 } };
  }

  test("10 hours exit with 9, naming the length and the cap; nothing is sent", async () => {
    const { exitCode, stdout, stderr } = await service.run(["transcribe", "long.wav"], { files: hours(10) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: "" });
    expect(stderr).toContain("error: long.wav: 10:00:00 of audio; Gemini takes 9.5 hours");
    expect(routes()).toEqual([]);
  });

  test("9.4 hours are planned as an upload", async () => {
    const { exitCode, stdout } = await service.run(["transcribe", "long.wav", "--dry-run", "--json"], {
      files: hours(9.4),
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ delivery: "upload", duration: 33_840, tokens: 1_082_880 });
  });
});

describe("--dry-run", () => {
  test.each(["text", "json"])("prints the plan as %s, needs no key and sends nothing", async (format) => {
    const { exitCode, stdout, stderr } = await service.run(
      ["transcribe", "interview.wav", "--dry-run", "-f", format],
      {
        files: interview,
        env: { GEMINI_API_KEY: "" },
      },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const part of ["gemini-3.8-flash", "inline", "21.139", "677"]) expect(stdout).toContain(part);
    expect(stdout).toMatch(/0\.00\d+/);
    expect(routes()).toEqual([]);
  });
});

describe("an answer that is not whole is never a success", () => {
  const json = ["transcribe", "interview.wav", "--diarize", "--json"];
  const text = ["transcribe", "interview.wav"];

  test.each([
    ["MAX_TOKENS", 8],
    ["SAFETY", 8],
    ["RECITATION", 8],
    ["LANGUAGE", 8],
    ["OTHER", 8],
  ])("finish reason %s exits with %i, and the segments that were closed are there", async (reason, code) => {
    service.emulator.faults.add("generate", { kind: "finish", reason, keep: 400 });
    const { exitCode, stdout, stderr } = await service.run(json, { files: interview });
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(code);
    expect(document.complete).toBe(false);
    expect(document.warnings).toHaveLength(1);
    expect(document.segments.map((segment: { text: string }) => segment.text)).toEqual(
      dialogueTurns.slice(0, 2),
    );
    expect(JSON.parse(stderr.trim().split("\n").at(-1) ?? "").error).toMatchObject({
      code: "incomplete",
      exit: 8,
    });
  });

  test("plain text that was cut is printed as far as it came", async () => {
    service.emulator.faults.add("generate", { kind: "finish", reason: "MAX_TOKENS", keep: 100 });
    const { exitCode, stdout } = await service.run(text, { files: interview });
    expect(exitCode).toBe(8);
    expect(stdout).toBe(`${dialogueTurns.join("\n").slice(0, 100).trim()}\n`);
  });

  test.each([["SAFETY"], ["PROHIBITED_CONTENT"], ["OTHER"]])(
    "a prompt blocked for %s exits with 7 and prints nothing",
    async (reason) => {
      for (const argv of [json, text]) {
        service.emulator.faults.add("generate", { kind: "block", reason });
        const { exitCode, stdout, stderr } = await service.run(argv, { files: interview });
        expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
        expect(stderr).toContain(reason);
      }
    },
  );

  test("blocked before the first word is 7 by the finish reason too", async () => {
    service.emulator.faults.add("generate", { kind: "finish", reason: "SAFETY", keep: 0 });
    expect(await service.run(text, { files: interview })).toMatchObject({ exitCode: 7, stdout: "" });
  });

  test("an empty answer exits with 8; as JSON it says so", async () => {
    service.emulator.faults.add("generate", { kind: "say", text: "" }, 2);
    expect(await service.run(text, { files: interview })).toMatchObject({ exitCode: 8, stdout: "" });
    const { exitCode, stdout } = await service.run(json, { files: interview });
    expect(exitCode).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ text: "", segments: [], complete: false });
  });

  test("JSON that does not parse exits with 8", async () => {
    service.emulator.faults.add("generate", { kind: "say", text: "I am sorry, I cannot." });
    expect(await service.run(json, { files: interview })).toMatchObject({ exitCode: 8 });
  });

  test("an answer in another form than was asked for is kept as it is, and exits with 8", async () => {
    service.emulator.faults.add("generate", { kind: "say", text: "```json\nHello there.\n```" }, 2);
    const asJson = await service.run(json, { files: interview });
    expect(asJson.stderr).toContain("cannot be read to its end");
    expect(JSON.parse(asJson.stdout)).toMatchObject({ text: "```json\nHello there.\n```", complete: false });
    const asText = await service.run(["transcribe", "interview.wav", "--diarize"], { files: interview });
    expect(asText).toMatchObject({ exitCode: 8, stdout: "```json\nHello there.\n```\n" });
  });

  test("an answer without a finish reason, and one whose connection is cut, exit with 8", async () => {
    service.emulator.faults.add("generate", { kind: "silent-end", keep: 100 });
    expect(await service.run([...text, "--retries=0"], { files: interview })).toMatchObject({ exitCode: 8 });
    service.emulator.faults.add("generate", { kind: "disconnect", keep: 100 });
    const { exitCode, stdout } = await service.run([...text, "--retries=0"], { files: interview });
    expect(exitCode).toBe(8);
    expect(dialogueTurns.join("\n").startsWith(stdout.trim())).toBe(true);
    expect(stdout.length).toBeGreaterThan(50);
  });

  test("in a file, it takes the place of the one that was asked for, and replaces none", async () => {
    service.emulator.faults.add("generate", { kind: "finish", reason: "MAX_TOKENS", keep: 400 }, 2);
    const files = { ...interview };
    const first = await service.run([...json, "-o", "out.json"], { files });
    expect(first).toMatchObject({ exitCode: 8, stdout: "" });
    expect(first.files.text("out.json")).toBeNull();
    expect(JSON.parse(first.files.text("out.partial.json") ?? "")).toMatchObject({ complete: false });
    const again = await service.run([...json, "-o", "out.json"], {
      files: { ...files, "out.partial.json": Buffer.from("earlier") },
    });
    expect(again.files.text("out.partial.json")).toBe("earlier");
    expect(again.files.text("out.partial-2.json")).toContain('"complete": false');
  });
});

describe("failures of the service", () => {
  const unavailable = JSON.stringify({
    error: { code: 503, status: "UNAVAILABLE", message: "The model is overloaded." },
  });

  test.each<readonly [Route]>([["upload.start"], ["upload.send"], ["generate"]])(
    "503 at %s exits with 6 in the service's words, and leaves no file",
    async (route) => {
      service.emulator.faults.add(route, { kind: "status", status: 503, body: unavailable });
      const { exitCode, stdout, stderr } = await service.run(
        ["transcribe", "interview.wav", "--delivery", "upload", "--retries", "0"],
        { files: interview },
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: "" });
      expect(stderr).toContain("The model is overloaded. (503)");
    },
  );

  test.each<readonly [Route]>([["upload.start"], ["upload.send"], ["generate"]])(
    "silence at %s exits with 6 after --timeout",
    async (route) => {
      service.emulator.faults.add(route, { kind: "hang" });
      const { exitCode, stderr } = await service.run(
        ["transcribe", "interview.wav", "--delivery", "upload", "--timeout", "0.2", "--retries", "0"],
        { files: interview },
      );
      expect(exitCode).toBe(6);
      expect(stderr).toContain("silent for 0.2 s");
    },
  );

  test.each([
    ["is cut", { kind: "disconnect", keep: 0 }],
    ["is no JSON", { kind: "status", status: 200, body: "<html>hello</html>" }],
    ["is a file that makes no sense", { kind: "status", status: 200, body: '{"file":{"name":7}}' }],
    ["never comes", { kind: "lost-answer" }],
  ] satisfies [string, Fault][])(
    "an answer to an upload that %s exits with 6, names the recording, and leaves no file",
    async (_, fault) => {
      service.emulator.faults.add("upload.send", fault);
      const argv = ["transcribe", "interview.wav", "--delivery=upload", "--timeout=0.5", "--retries=0"];
      const { exitCode, stderr } = await service.run(argv, { files: interview });
      expect(exitCode).toBe(6);
      expect(stderr).toMatch(/error: interview\.wav: /);
    },
  );

  test("a reader of stdout that is slower than --timeout loses nothing", async () => {
    const { exitCode, stdout } = await service.run(["transcribe", "interview.wav", "--timeout", "0.3"], {
      files: interview,
      stdoutDelayMs: 450,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${dialogueTurns.join("\n")}\n` });
  });

  test("a file that the service cannot read exits with 6", async () => {
    service.emulator.faults.add("files.get", { kind: "file-failed" });
    const { exitCode, stderr } = await service.run(["transcribe", "interview.wav", "--delivery", "upload"], {
      files: interview,
    });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("could not be processed");
  });

  test("a delete that fails is a warning that names what is left; the transcript stands", async () => {
    service.emulator.faults.add("files.delete", { kind: "status", status: 503, body: unavailable });
    const { exitCode, stdout, stderr } = await service.run(
      ["transcribe", "interview.wav", "--delivery", "upload"],
      { files: interview },
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain(dialogueTurns[0]);
    expect(stderr).toMatch(/warning: files\/gaudio-[0-9a-f]+ is still on the service/);
    await deleteLeftFiles();
  });

  test("a refused key exits with 4, an unknown model with 2", async () => {
    const env = { GEMINI_API_KEY: "wrong" };
    expect(await service.run(["transcribe", "interview.wav"], { files: interview, env })).toMatchObject({
      exitCode: 4,
    });
    const unknown = await service.run(["transcribe", "interview.wav", "-m", "gemini-9"], {
      files: interview,
    });
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stderr).toContain("hint: check the model's name; gaudio knows gemini-3.8-flash");
  });

  test("nothing listening exits with 6", async () => {
    const gone = await startEmulator({ key: "any" });
    await gone.close();
    const env = { GOOGLE_GEMINI_BASE_URL: gone.url };
    const { exitCode, stderr } = await service.run(["transcribe", "interview.wav"], {
      files: interview,
      env,
    });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("ECONNREFUSED");
  });
});

describe("checks come in this order, before anything is sent", () => {
  const gone = { files: {}, env: { GEMINI_API_KEY: "" } };

  test("usage before inputs", async () => {
    expect(await service.run(["transcribe", "gone.mp3", "-m", "gemini-3.5-transcribe"], gone)).toMatchObject({
      exitCode: 2,
    });
  });

  test("inputs before the key", async () => {
    const { exitCode, stderr } = await service.run(["transcribe", "gone.mp3"], gone);
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error: gone.mp3: no such file");
  });

  test("the key before limits", async () => {
    const files = { "long.wav": { head: longHead(), sizeBytes: 400_000_044 } };
    expect(
      await service.run(["transcribe", "long.wav"], { files, env: { GEMINI_API_KEY: "" } }),
    ).toMatchObject({ exitCode: 4 });
    expect(await service.run(["transcribe", "long.wav"], { files })).toMatchObject({ exitCode: 9 });
  });

  function longHead(): Uint8Array {
    const head = fixture("dialogue.wav").slice(0, 44);
    new DataView(head.buffer).setUint32(40, 400_000_000, true);
    return head;
  }
});

describe("stdin", () => {
  test("`-` is read, and its copy removed", async () => {
    const { exitCode, stdout, files } = await service.run(["transcribe", "-", "--json"], {
      stdin: fixture("dialogue.mp3"),
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).source.path).toBe("-");
    expect([...files.entries.keys()]).toEqual([]);
  });

  test("a terminal exits with 2, nothing at all with 5", async () => {
    expect(await service.run(["transcribe", "-"])).toMatchObject({ exitCode: 2 });
    const { exitCode, stderr } = await service.run(["transcribe", "-"], { stdin: new Uint8Array(0) });
    expect(exitCode).toBe(5);
    expect(stderr).toContain("error: stdin: the file is empty");
  });
});

describe("--output", () => {
  const argv = ["transcribe", "interview.wav", "-o", "out.txt"];

  test("writes the whole result under its name, and nothing to stdout", async () => {
    const { exitCode, stdout, files } = await service.run(argv, { files: interview });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(files.text("out.txt")).toBe(`${dialogueTurns.join("\n")}\n`);
    expect([...files.entries.keys()].toSorted()).toEqual(["interview.wav", "out.txt"]);
  });

  test("a file that is there exits with 10 and nothing is sent; --overwrite replaces it", async () => {
    const files = { ...interview, "out.txt": Buffer.from("mine") };
    const refused = await service.run(argv, { files });
    expect(refused).toMatchObject({ exitCode: 10 });
    expect(refused.files.text("out.txt")).toBe("mine");
    expect(routes()).toEqual([]);
    const replaced = await service.run([...argv, "--overwrite"], { files });
    expect(replaced.files.text("out.txt")).toContain(dialogueTurns[0]);
  });

  test.each([
    ["a folder that takes no files", { readOnly: ["."] }],
    ["a directory", { files: { ...interview, "out.txt": "directory" as const } }],
  ])("%s exits with 10, and nothing is sent", async (_, circumstances) => {
    expect(await service.run(argv, { files: interview, ...circumstances })).toMatchObject({ exitCode: 10 });
    expect(routes()).toEqual([]);
  });

  test("the recording itself is never replaced", async () => {
    const { exitCode, files } = await service.run(
      ["transcribe", "interview.wav", "-o", "interview.wav", "--overwrite"],
      { files: interview },
    );
    expect(exitCode).toBe(2);
    expect(files.entries.get("interview.wav")).toBe(interview["interview.wav"]);
  });

  test("a device is written directly", async () => {
    const { files } = await service.run(argv, { files: { ...interview, "out.txt": "special" } });
    expect(files.appended).toEqual([`${dialogueTurns.join("\n")}\n`]);
  });

  test("`-` is stdout", async () => {
    const { stdout } = await service.run(["transcribe", "interview.wav", "-o", "-"], { files: interview });
    expect(stdout).toContain(dialogueTurns[0]);
  });
});

describe("what is said on stderr", () => {
  test("progress is plain lines; -q leaves it out; -v names the model, the address and the cost", async () => {
    const normal = await service.run(["transcribe", "interview.wav"], { files: interview });
    expect(normal.stderr).toBe("asking gemini-3.8-flash\n");
    const quiet = await service.run(["transcribe", "interview.wav", "-q"], { files: interview });
    expect(quiet.stderr).toBe("");
    const verbose = await service.run(["transcribe", "interview.wav", "-v"], { files: interview });
    expect(verbose.stderr).toMatch(
      /gemini-3\.8-flash, inline, 0:00:22 of audio, http:\/\/127\.0\.0\.1:\d+\n.*tokens in, \d+ out, \$0\.0/s,
    );
  });

  test("--debug shows requests without the key, and of a failure where it happened", async () => {
    const { stderr } = await service.run(["transcribe", "interview.wav", "--debug"], { files: interview });
    expect(stderr).toMatch(/debug: POST http.*streamGenerateContent 200 after \d+ ms/);
    const failed = await service.run(["transcribe", "gone.mp3", "--debug"], { files: interview });
    expect(failed.stderr).toMatch(/ at .*open\.ts/);
    expect(failed.stderr + stderr).not.toContain("sentinel");
  });

  test("control characters in a name or an answer reach no terminal", async () => {
    const name = "bad\u001b[2J\nname.mp3";
    const { stderr } = await service.run(["transcribe", name]);
    expect(stderr).toContain("bad\\e[2J\\nname.mp3: no such file");
    service.emulator.faults.add("generate", { kind: "say", text: "a\u001b[2Jb\u0007c\u009bd\r\ne" });
    const { stdout } = await service.run(["transcribe", "interview.wav"], { files: interview });
    expect(stdout).toBe("a[2Jbcd\ne\n");
  });
});

async function deleteLeftFiles(): Promise<void> {
  for (const name of service.emulator.fileNames()) {
    await fetch(`${service.emulator.url}/v1beta/${name}`, {
      method: "DELETE",
      headers: { "x-goog-api-key": "AQ.sentinel-key-0123456789" },
    });
  }
}
