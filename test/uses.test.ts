import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Asked, askedOf } from "./support/asked.ts";
import { dialogueTurns, fixture, projectRoot } from "./support/fixtures.ts";
import type { Outcome } from "./support/memory-world.ts";
import { putFile } from "./support/put-file.ts";
import { useEmulator } from "./support/service.ts";
import { toneWav } from "./support/tone.ts";
import { type Way, ways } from "./support/ways.ts";

const service = useEmulator({ leavesFiles: true });
const transcript = `${dialogueTurns.join("\n")}\n`;
const tones = toneWav({ seconds: 30, speakers: 2, seed: 9 });

const schema = { type: "object", properties: { summary: { type: "string" } }, required: ["summary"] };
const questions = "Who speaks?\nOf what?\n";
const files = {
  "forest.mp3": fixture("dialogue.mp3"),
  "meeting.mp3": fixture("dialogue.mp3"),
  "monday.mp3": fixture("dialogue.mp3"),
  "talk.mp3": fixture("dialogue.mp3"),
  "talk.wav": tones.bytes,
  "tuesday.flac": fixture("dialogue.flac"),
  "schema.json": Buffer.from(JSON.stringify(schema)),
};

/** What came of a use. */
interface Seen extends Outcome {
  /** The document, of what was asked for as JSON. */
  readonly document: () => Readonly<Record<string, unknown>>;
  /** What models were asked. */
  readonly asked: readonly Asked[];
  /** How many recordings were uploaded. */
  readonly uploads: number;
  /** The addresses of all requests. */
  readonly urls: readonly string[];
}

/** A use of the README's table: what the model says, where that matters, and what has to come of it. */
interface Use {
  readonly says?: readonly string[];
  /** Where one way alone is meant. */
  readonly api?: Way["api"];
  readonly check: (seen: Seen) => void;
}

/** What the README's table lists, by its own words. */
const uses: Readonly<Record<string, Use>> = {
  "describe a recording": {
    says: ["Two voices."],
    check: ({ stdout, asked }) => {
      expect(stdout).toBe("Two voices.\n");
      expect(asked[0]?.parts.at(-1)).toMatch(/^Describe this recording/);
    },
  },
  "summarize it": { check: ({ stdout }) => expect(stdout).toMatch(/^The recording: 21\.1 seconds/) },
  "answer a question about it": {
    says: ["Anna and Ben."],
    check: ({ stdout, asked }) => {
      expect(stdout).toBe("Anna and Ben.\n");
      expect(asked[0]?.parts.at(-1)).toContain("\nWho speaks?\n");
    },
  },
  "transcribe it": {
    check: ({ stdout }) => expect(stdout.split(/\s+/)).toEqual(transcript.split(/\s+/)),
  },
  "translate it": {
    check: ({ document }) =>
      expect(document()["segments"]).toEqual(
        dialogueTurns.map((text) => expect.objectContaining({ text, translation: `${text} (translated)` })),
      ),
  },
  "tell speakers apart": {
    check: ({ stdout }) =>
      expect(stdout).toBe(
        `${dialogueTurns.map((text, index) => `Speaker ${(index % 2) + 1}: ${text}`).join("\n")}\n`,
      ),
  },
  "tell emotions": {
    check: ({ document }) =>
      expect(document()["segments"]).toContainEqual(expect.objectContaining({ emotion: "happy" })),
  },
  "refer to a part of it": {
    check: ({ document }) => {
      const within = tones.words.filter(({ start, end }) => start > 5.5 && end < 14.5);
      const { text, segments } = z
        .object({ text: z.string(), segments: z.array(z.object({ start: z.number(), end: z.number() })) })
        .parse(document());
      expect(within.length).toBeGreaterThan(5);
      for (const word of within) expect(text.split(" ")).toContain(word.text);
      expect(segments.every(({ start, end }) => start >= 5 && end <= 15)).toBe(true);
      expect(text.split(" ").length).toBeLessThan(tones.words.length / 2);
    },
  },
  "several files in one prompt": {
    check: ({ stdout, asked }) => {
      expect(stdout).toMatch(/^Recording 1: .*\nRecording 2: /);
      expect(asked).toHaveLength(1);
    },
  },
  "a video on YouTube": {
    check: ({ stdout, asked, uploads }) => {
      expect(stdout).toMatch(/^The recording: 21\.1 seconds/);
      expect(asked[0]?.body).toContain('"https://www.youtube.com/watch?v=harbour-001"');
      expect(uploads).toBe(0);
    },
  },
  "audio within the request": {
    check: ({ asked, uploads }) => {
      expect(asked[0]?.parts[0]).toBe("inline");
      expect(uploads).toBe(0);
    },
  },
  "audio that is uploaded first": {
    check: ({ asked, uploads }) => {
      expect(asked[0]?.parts[0]).toBe("file");
      expect(uploads).toBe(1);
      expect(service.emulator.fileNames()).toEqual(["files/abc-123"]);
    },
  },
  "use an upload again": {
    check: ({ asked, uploads }) => {
      expect(asked[0]?.parts[0]).toBe("file");
      expect(uploads).toBe(0);
      expect(service.emulator.fileNames()).toEqual(["files/abc-123"]);
    },
  },
  // No model is asked, and the Interactions API counts nothing.
  "count tokens": {
    api: "generate",
    check: ({ stdout, urls }) => {
      expect(stdout).toContain("counted     529 tokens");
      expect(urls).toEqual(["/v1beta/models/gemini-3.8-flash:countTokens"]);
    },
  },
  generateContent: {
    api: "generate",
    check: ({ urls }) =>
      expect(urls.filter((url) => /enerateContent|interactions/.test(url))).toHaveLength(1),
  },
  Interactions: {
    api: "interactions",
    check: ({ asked, urls }) => {
      expect(urls.filter((url) => url.includes("enerateContent"))).toEqual([]);
      expect(asked[0]?.body).toContain('"store":false');
    },
  },
  "structured output": {
    check: ({ stdout, asked }) => {
      expect(JSON.parse(stdout)).toEqual({ summary: expect.stringContaining("21.1 seconds") });
      expect(asked[0]?.schema).toEqual(schema);
    },
  },
  "an answer as it arrives": {
    check: ({ stdout, asked, urls }) => {
      expect(stdout).toBe(transcript);
      expect(`${urls.join(" ")} ${asked[0]?.body}`).toMatch(/streamGenerateContent|"stream":true/);
    },
  },
  "a conversation": {
    says: ["Anna.", "The harbour."],
    check: ({ stdout, asked, uploads }) => {
      expect(stdout).toBe("Anna.\n\nThe harbour.\n");
      expect(asked[1]?.turns.map(({ role }) => role)).toEqual(["user", "model", "user"]);
      expect(uploads).toBe(1);
    },
  },
  "a system instruction": {
    check: ({ asked }) =>
      expect(asked[0]?.body).toMatch(/[sS]ystem_?[iI]nstruction":.*You speak to sailors\./),
  },
};

/** The rows of the README's table. */
const rows = tableOf(readFileSync(join(projectRoot, "README.md"), "utf8"));

function tableOf(readme: string) {
  const table = /<!-- uses -->\n\n((?:\|.*\n)+)/.exec(readme)?.[1] ?? "";
  return [...table.matchAll(/^\| (.+?) +\| `gaudio (.+)` +\|$/gm)].map(([, use = "", command = ""]) => ({
    use,
    command,
  }));
}

test("every use of the README's table is tested, and no other", () => {
  expect(rows.map(({ use }) => use)).toEqual(Object.keys(uses));
});

describe.each(rows)("$use: gaudio $command", ({ use, command }) => {
  const { says = [], api: only, check }: Use = uses[use] ?? { check: () => expect.unreachable(use) };
  const [words = "", from] = command.split(" < ");
  const argv = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

  test.each(ways.filter(({ api }) => only === undefined || api === only))(
    "over $api",
    async ({ api, route }) => {
      await putFile({ url: service.emulator.url, id: "abc-123", bytes: fixture("dialogue.mp3") });
      const before = service.emulator.requests.length;
      for (const text of says) service.emulator.faults.add(route, { kind: "say", text });
      const outcome = await service.run([...argv, ...(only === undefined ? ["--api", api] : [])], {
        files,
        ...(from === "questions.txt" && { stdin: Buffer.from(questions) }),
      });
      expect(outcome).toMatchObject({ exitCode: 0 });
      const urls = service.emulator.requests.slice(before).map(({ url }) => url);
      const asked = askedOf(service);
      check({
        ...outcome,
        document: () => JSON.parse(outcome.stdout),
        asked,
        uploads: urls.filter((url) => url.endsWith("/upload/v1beta/files")).length,
        urls,
      });
    },
  );
});
