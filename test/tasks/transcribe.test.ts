import { describe, expect, test } from "vitest";
import { hasFfmpeg } from "../emulator/hearing/ffmpeg.ts";
import { dialogueRecordings, dialogueTurns, fixture } from "../support/fixtures.ts";
import { useEmulator } from "../support/service.ts";
import { type Encoding, textsOf, toneEncodings, toneWav } from "../support/tone.ts";
import { generalModel } from "../support/ways.ts";

const service = useEmulator({ model: generalModel });
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
      language: "en",
      translation: null,
      emotion: null,
      words: null,
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
      // A high rate makes it short: the emulator listens to all of it.
      view.setUint32(24, 96_000, true);
      view.setUint32(28, 96_000, true);
      const before = service.emulator.requests.length;
      await service.run(["transcribe", "long.wav", "--compress", "never"], {
        files: { "long.wav": bytes },
      });
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
    const argv = ["transcribe", "long.wav", "--delivery", "inline", "-m", "gemini-3.8-flash"];
    expect(await service.run([...argv, "--chunk", "2:00:00"], { files })).toMatchObject({ exitCode: 9 });
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
    const { exitCode, stdout } = await service.run(["summarize", "long.wav", "--dry-run", "--json"], {
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

describe("what is said on stderr", () => {
  test("progress is plain lines; -q leaves it out; -v names the model, the address and the cost", async () => {
    const normal = await service.run(["transcribe", "interview.wav"], { files: interview });
    expect(normal.stderr).toBe("asking gemini-3.8-flash\n");
    const quiet = await service.run(["transcribe", "interview.wav", "-q"], { files: interview });
    expect(quiet.stderr).toBe("");
    const verbose = await service.run(["transcribe", "interview.wav", "-v"], { files: interview });
    expect(verbose.stderr).toMatch(
      /gemini-3\.8-flash: it was named\n.*inline, 0:00:22 of audio, http:\/\/127\.0\.0\.1:\d+\n.*tokens in, \d+ out, \$0\.0\d+, \d+\.\d s\n$/s,
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
